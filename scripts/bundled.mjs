import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root, SetupError } from "./node.mjs";

/**
 * @typedef {{ name: string, version: string, licence: string, text: string, sha512: string }} BundledPackage `text` is its licence; `sha512` is that of its archive, hex.
 * @typedef {Record<string, { inputs: Record<string, unknown> }>} Metafiles what esbuild tells of each build, by its name.
 */

/** Licences that may be bundled: all want to be named, and none asks for more. */
const FINE = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "ISC", "MIT", "(MIT OR Apache-2.0)"]);
/** Some packages leave their licence out of the archive; the words of MIT are the same for all but their owner. */
const MIT = readFileSync(join(root, "LICENSE"), "utf8").replace(/^Copyright.*$/m, "");

/**
 * The packages that esbuild took files of, in the order of their names.
 * @param {Metafiles} metafiles @returns {BundledPackage[]}
 */
export function bundledPackages(metafiles) {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const inputs = Object.values(metafiles).flatMap((build) => Object.keys(build.inputs));
  const folders = new Set(
    inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replace(/^[^/]*:/, ""))?.[0] ?? []),
  );
  return [...folders].sort().map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const locked = lock[folder];
    if (locked?.version !== version || !locked.integrity?.startsWith("sha512-")) {
      throw new SetupError(`${folder} is not the package that package-lock.json names. Run npm ci.`);
    }
    if (!FINE.has(license)) {
      throw new SetupError(
        `${name} has the licence ${license}, which is not known to be fine to bundle. Look at it, then add it to scripts/bundled.mjs.`,
      );
    }
    const sha512 = Buffer.from(locked.integrity.slice("sha512-".length), "base64").toString("hex");
    return { name, version, licence: license, text: licenceText(join(root, folder)) ?? `Copyright (c) ${ownerOf(author)}\n${MIT}`, sha512 };
  });
}

/** @param {string} folder */
function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(?:-mit)?(?:\.(?:md|txt))?$/i.test(name));
  return file === undefined ? null : readFileSync(join(folder, file), "utf8");
}

/** @param {string | { name?: string } | undefined} author */
function ownerOf(author) {
  return (typeof author === "string" ? author.replace(/\s*[<(].*$/, "") : author?.name) ?? "its authors";
}

/** Names, versions and licences of others' work, as their licences ask. @param {readonly BundledPackage[]} packages */
export function licencesText(packages) {
  const parts = packages.map(
    ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text.replaceAll("\r\n", "\n").trim()}\n`,
  );
  return `MLOps Workbench holds parts of these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/**
 * A bill of materials of the extension (CycloneDX 1.7, JSON): what is bundled and nothing else. The same packages give the same text.
 * @param {readonly BundledPackage[]} packages @param {{ name: string, version: string, publisher: string }} extension
 */
export function sbomText(packages, { name, version, publisher }) {
  const components = packages.map((one) => {
    const purl = `pkg:npm/${one.name.replace("@", "%40")}@${one.version}`;
    const licenses = /[ (]/.test(one.licence)
      ? [{ expression: one.licence.replace(/^\((.*)\)$/, "$1") }]
      : [{ license: { id: one.licence } }];
    return {
      type: "library",
      "bom-ref": purl,
      name: one.name,
      version: one.version,
      hashes: [{ alg: "SHA-512", content: one.sha512 }],
      licenses,
      purl,
    };
  });
  const own = { type: "application", "bom-ref": "extension", name, version, publisher, licenses: [{ license: { id: "MIT" } }] };
  const dependencies = [{ ref: "extension", dependsOn: components.map((one) => one["bom-ref"]) }];
  const bom = { version: 1, metadata: { component: own }, components, dependencies };
  const hash = createHash("sha256").update(JSON.stringify(bom)).digest("hex");
  // Version 8 of RFC 9562: what the bits mean is for the maker to say.
  const serialNumber = `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  const head = { $schema: "http://cyclonedx.org/schema/bom-1.7.schema.json", bomFormat: "CycloneDX", specVersion: "1.7", serialNumber };
  return `${JSON.stringify({ ...head, ...bom }, undefined, 1)}\n`;
}

/** Writes the licences beside what is packed, and the bill of materials beside the package. Needs a build. */
export function writeBundled() {
  const metafile = join(root, "out", "metafiles.json");
  if (!existsSync(metafile)) {
    throw new SetupError("There is no build yet. Run npm run build.");
  }
  const packages = bundledPackages(JSON.parse(readFileSync(metafile, "utf8")));
  writeFileSync(join(root, "dist", "third-party-licenses.txt"), licencesText(packages));
  writeFileSync(join(root, "out", "sbom.cdx.json"), sbomText(packages, JSON.parse(readFileSync(join(root, "package.json"), "utf8"))));
}
