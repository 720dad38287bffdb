import { spawn } from "node:child_process";
import { join } from "node:path";

import { ensureDependencies, ensureHarness, findNode, root, runMain, SetupError } from "./node.mjs";

/**
 * `npm run soak [-- MINUTES]`: follows a workspace in which runs, rows of a database and data never stop arriving, with the reader, the tree, the
 * overview and checks of monitoring, for an hour unless it is said. Ends with 1 where memory after collection, open files or timers of the last
 * quarter are more than those of the first. Linux only, because it counts open files there.
 */
await runMain(async () => {
  if (process.platform !== "linux") {
    throw new SetupError("The soak counts open files in /proc, which only Linux has.");
  }
  ensureDependencies();
  ensureHarness();
  const { build } = await import("esbuild");
  const outdir = join(root, "out", "soak");
  const banner = { js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);' };
  /** @type {import("esbuild").BuildOptions} */
  const common = { bundle: true, platform: "node", target: "node22", logLevel: "warning", define: { __VERSION__: '"soak"' } };
  await build({ ...common, entryPoints: [join(root, "src", "worker.ts")], outfile: join(outdir, "worker.cjs"), format: "cjs" });
  await build({
    ...common,
    entryPoints: [join(root, "test", "soak", "soakMain.ts")],
    outfile: join(outdir, "soakMain.mjs"),
    format: "esm",
    banner,
  });
  const flags = ["--expose-gc", "--enable-source-maps", "--disable-warning=ExperimentalWarning"];
  const child = spawn(findNode(), [...flags, join(outdir, "soakMain.mjs"), ...process.argv.slice(2)], { stdio: "inherit", cwd: root });
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
});
