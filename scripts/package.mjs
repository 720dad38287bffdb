import { mkdirSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";

import { writeBundled } from "./bundled.mjs";
import { ensureDependencies, ensureNode, root, runMain, SetupError } from "./node.mjs";
import { runNode, runTool } from "./tool.mjs";
import { readZipDirectory } from "./zip.mjs";

/** The packaged extension, the same file on every platform. */
export const vsixFile = join(root, "out", "mlops-workbench.vsix");

/** Bytes. A third is the one-file command line, which the editor copies into repositories whose CI lints, gates and retrains. */
const limit = 2_600_000;

/** What the package may hold; anything else is a file that only developers need. */
const allowed =
  /^extension\/(package(\.nls(\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt|dist\/.+\.([cm]?js|css)|dist\/third-party-licenses\.txt|media\/.+|l10n\/.+\.json|schemas\/.+\.json|docs\/rules\/.+\.md)$/;

/**
 * Builds for production and packs one VSIX that holds only what a user needs, and writes out/sbom.cdx.json, what is bundled in it. Returns a sentence with its size.
 * @param {{ repository: string, ref: string } | null} address where pictures and links of the README are, which are relative; null leaves them so.
 */
export async function packageExtension(address = null) {
  await run("The build", () => runNode(["esbuild.mjs", "--production"]));
  writeBundled();
  mkdirSync(join(root, "out"), { recursive: true });
  rmSync(vsixFile, { force: true });
  const links =
    address === null
      ? ["--no-rewrite-relative-links"]
      : ["--baseContentUrl", `${address.repository}/blob/${address.ref}`, "--baseImagesUrl", `${address.repository}/raw/${address.ref}`];
  const args = ["package", "--no-dependencies", "--allow-missing-repository", ...links, "--out", vsixFile];
  await run("Packaging", () => runTool("@vscode/vsce", args, { bin: "vsce" }));

  const files = readZipDirectory(vsixFile);
  const foreign = files.filter(({ name }) => !allowed.test(name) && !["extension.vsixmanifest", "[Content_Types].xml"].includes(name));
  if (foreign.length > 0) {
    throw new SetupError(`The package holds files that users do not need:\n${foreign.map(({ name }) => `  ${name}`).join("\n")}`);
  }
  const size = statSync(vsixFile).size;
  const text = `${relative(root, vsixFile)}: ${files.length} files, ${Math.round(size / 1000)} kB`;
  if (size >= limit) {
    throw new SetupError(`${text}; the limit is ${limit / 1000} kB.`);
  }
  return { text, files };
}

/** @param {string} what @param {() => Promise<{ code: number, output: string }>} work */
async function run(what, work) {
  const { code, output } = await work();
  if (code !== 0) {
    throw new SetupError(`${what} failed.\n${output.trim()}`);
  }
}

if (process.argv[1] === import.meta.filename) {
  await runMain(async () => {
    ensureDependencies();
    ensureNode();
    const { repository, ref } = parseArgs({ options: { repository: { type: "string" }, ref: { type: "string" } } }).values;
    if ((repository === undefined) !== (ref === undefined)) {
      throw new SetupError("--repository and --ref belong together: an address, and a tag or commit there.");
    }
    const { text, files } = await packageExtension(repository === undefined || ref === undefined ? null : { repository, ref });
    for (const { name, size } of files) {
      process.stdout.write(`${String(size).padStart(9)}  ${name}\n`);
    }
    process.stdout.write(`${text}\n`);
  });
}
