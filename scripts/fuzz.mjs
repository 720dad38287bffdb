import { spawn } from "node:child_process";
import { join } from "node:path";

import { ensureDependencies, ensureHarness, findNode, root, runMain } from "./node.mjs";

/**
 * `npm run fuzz`: feeds every reader of foreign bytes with damaged inputs; each may only return or refuse in the product's own words, and none
 * may hang. Prints the seed, what each reader got, and for each find the input and a line to run it again; ends with 1 where there is one.
 *
 *   --inputs N        in all (1,000,000)
 *   --seed N          another one each time unless it is said
 *   --target NAME     only this reader; may be said again. --list names them
 *   --from INDEX      begin with this input of the reader, with --inputs 1 for one alone
 *   --patience N      seconds after which an input counts as one without an end (15)
 */
await runMain(async () => {
  ensureDependencies();
  ensureHarness();
  const { build } = await import("esbuild");
  await build({
    entryPoints: ["fuzzMain", "fuzzWorker"].map((name) => join(root, "test", "fuzz", `${name}.ts`)),
    outdir: join(root, "out", "fuzz"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    sourcemap: "inline",
    // Packages in CommonJS ask for Node's modules by `require`.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  const program = join(root, "out", "fuzz", "fuzzMain.mjs");
  const child = spawn(findNode(), ["--enable-source-maps", "--disable-warning=ExperimentalWarning", program, ...process.argv.slice(2)], {
    stdio: "inherit",
    cwd: root,
  });
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
});
