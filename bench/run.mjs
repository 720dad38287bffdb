import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { findNode, root, runMain } from "../scripts/node.mjs";

/**
 * Builds the benchmarks and runs them: npm run bench [-- --only sqlite,file,large,activation] [--json FILE] [--quick] [--keep].
 * They compare with the real MLflow: MLOPS_VENV_3 names a Python environment that has mlflow==3.17.2 (default .venvs/mlflow3).
 */
await runMain(async () => {
  const outdir = join(root, "out", "bench");
  await build({
    entryPoints: [fileURLToPath(new URL("./main.ts", import.meta.url))],
    outdir,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    logLevel: "warning",
  });
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
  const child = spawn(findNode(), ["--disable-warning=ExperimentalWarning", join(outdir, "main.js"), ...process.argv.slice(2)], {
    stdio: "inherit",
    cwd: root,
  });
  // Ctrl-C reaches the child as well; this process only waits for it to clean up.
  process.on("SIGINT", () => undefined);
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
});
