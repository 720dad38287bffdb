import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { build } from "esbuild";

import { ensureHarness, findNode, root, runMain } from "../scripts/node.mjs";
import { packageExtension } from "../scripts/package.mjs";
import { harnessStaysOutside } from "../test/harness/bundle.mjs";

/** The benchmarks that need the packaged extension in a VS Code. */
const panels = ["compare", "curves", "manyRuns", "spike", "retrainView", "overviewWindow"];

/**
 * Builds the benchmarks and runs them: npm run bench [-- --only NAMES][--json FILE] [--quick] [--keep].
 * They compare with the real MLflow: MLOPS_VENV_3 names a Python environment that has mlflow==3.17.2 (default .venvs/mlflow3).
 * Drift is compared with the real Evidently of the environment that MLOPS_VENV_DRIFT names (default .venvs/drift), on data that it writes.
 * NAMES, with commas: sqlite, file, large, activation, keystrokes, products, gate, cost, report, compliancePage, overview, drift, driftGrowth, driftCancel, driftPage, retrainOverhead (needs dist/), retrainPlan (beside the real DVC of MLOPS_VENV_PIPELINES), and those in a VS Code: compare, curves, manyRuns, spike, retrainView, overviewWindow. The latter
 * need a VS Code and a browser, which the harness of the tests brings, and package the extension as users get it.
 */
await runMain(async () => {
  const outdir = join(root, "out", "bench");
  await build({
    entryPoints: [fileURLToPath(new URL("./main.ts", import.meta.url))],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    // They cannot be bundled: parts of the one are asked for by names that are put together when it runs, the other is a program.
    external: ["yaml-language-server", "esbuild"],
    // Packages in CommonJS ask for Node's modules by `require`.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    plugins: [harnessStaysOutside],
    logLevel: "warning",
  });
  const { values } = parseArgs({ options: { only: { type: "string" } }, strict: false });
  const wanted = typeof values.only === "string" ? values.only.split(",") : panels;
  if (panels.some((name) => wanted.includes(name))) {
    ensureHarness();
    await packageExtension();
  }
  // The extension's own bundles are measured as they are shipped; where they are missing, only the reader is built.
  const worker = join(root, "dist", "worker.js");
  if (!existsSync(worker)) {
    await build({
      entryPoints: [join(root, "src", "worker.ts")],
      outfile: worker,
      bundle: true,
      platform: "node",
      format: "cjs",
      minify: true,
    });
  }
  const child = spawn(findNode(), ["--disable-warning=ExperimentalWarning", join(outdir, "main.mjs"), ...process.argv.slice(2)], {
    stdio: "inherit",
    cwd: root,
  });
  // Ctrl-C reaches the child as well; this process only waits for it to clean up.
  process.on("SIGINT", () => undefined);
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
});
