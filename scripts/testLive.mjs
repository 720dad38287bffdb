import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { ensureDependencies, ensureHarness, root, runMain, SetupError } from "./node.mjs";
import { ensureVenv } from "./pythonVenv.mjs";
import { runTool } from "./tool.mjs";

/**
 * `npm run test:live`: our stores against the real MLflow 2.22.5 and 3.17.2, what our fixes write against the real DVC, Airflow and
 * other tools of pipelines, and our figures of drift against the real Evidently and scipy. Ends with `N passed, N failed`; a machine without
 * Python fails, it does not skip.
 *
 *   --grep TEXT          only tests whose name holds TEXT
 *   FILE…                only these test files
 *   MLOPS_VENV_2=FOLDER  a virtual environment with MLflow 2.22.5 to use in place of one under .venvs/; MLOPS_VENV_3,
 *                        MLOPS_VENV_PIPELINES, MLOPS_VENV_DRIFT and MLOPS_VENV_RAY likewise
 */
const { values, positionals } = parseArgs({ options: { grep: { type: "string" } }, allowPositionals: true });

// What serves a model in MLflow 2 calls something that Starlette 1 no longer has, which it does not declare.
const versions = [
  {
    ...{ major: "2", version: "2.22.5", packages: ["mlflow==2.22.5", "sqlalchemy<2.1", "flask-wtf", "starlette<1"] },
    serves: "import fastapi; assert hasattr(fastapi.FastAPI, 'route')",
  },
  { major: "3", version: "3.17.2", packages: ["mlflow==3.17.2", "flask-wtf"], serves: "import fastapi" },
];

/** Tools whose files are linted. They agree on one environment, which takes uv a quarter of a minute and pip five. */
const pipelineTools = [
  "dvc==3.67.1",
  "kfp==2.16.1",
  "hera==7.1.0",
  "kedro==1.7.0",
  "kedro-datasets[pandas-csvdataset]==9.6.0",
  "prefect==3.9.1",
  "zenml==0.98.0",
  "azure-ai-ml==1.35.2",
  "databricks-bundles==1.22.1",
  "apache-airflow==3.2.2",
];

/** Whose drift we compute. Evidently does not import with pandas 3, and NannyML does not declare that it needs statsmodels. */
const driftTools = [
  "evidently==0.7.23",
  "pandas<3",
  "nannyml==0.13.1",
  "statsmodels",
  "river==0.26.1",
  "scipy==1.17.1",
  "pyarrow",
  "huggingface-hub==2.4.0",
];

/** The cluster that trainings are submitted to and models are served by; it has an environment of its own, since it does not agree with the others. */
const rayTools = ["ray[default,serve]==2.60.0"];

await runMain(async () => {
  try {
    return await main();
  } catch (error) {
    // What could not run counts as failed, so that a caller who reads the last line only is not misled.
    process.stdout.write(`${error instanceof SetupError ? error.message : String(error)}\n0 passed, 1 failed\n`);
    return 1;
  }
});

async function main() {
  await phase("install", () => {
    ensureHarness();
    ensureDependencies();
  });
  for (const { major, version, packages, serves } of versions) {
    await phase(`MLflow ${version}`, () => {
      const probe = `import flask_wtf, mlflow; assert mlflow.__version__ == "${version}", f"This is MLflow {mlflow.__version__}."; ${serves}`;
      const override = process.env[`MLOPS_VENV_${major}`];
      process.env[`MLOPS_VENV_${major}`] = ensureVenv({
        name: `mlflow${major}`,
        override: override === "" ? undefined : override,
        packages,
        probe,
      });
    });
  }
  await phase("tools of pipelines", () => {
    const override = process.env["MLOPS_VENV_PIPELINES"];
    process.env["MLOPS_VENV_PIPELINES"] = ensureVenv({
      name: "pipelines",
      override: override === "" ? undefined : override,
      packages: pipelineTools,
      probe: "import airflow, azure.ai.ml, databricks.bundles, dvc, hera, kedro_datasets, kfp, pandas, prefect, zenml",
    });
  });
  // Both would tell their makers about each run.
  process.env["DO_NOT_TRACK"] = "1";
  process.env["NML_DISABLE_USAGE_LOGGING"] = "1";
  await phase("tools of drift", () => {
    const override = process.env["MLOPS_VENV_DRIFT"];
    process.env["MLOPS_VENV_DRIFT"] = ensureVenv({
      name: "drift",
      override: override === "" ? undefined : override,
      packages: driftTools,
      probe:
        "import evidently, nannyml, pandas, pyarrow, river, scipy; assert scipy.__version__ == '1.17.1' and evidently.__version__ == '0.7.23'",
    });
  });
  await phase("Ray", () => {
    const override = process.env["MLOPS_VENV_RAY"];
    process.env["MLOPS_VENV_RAY"] = ensureVenv({
      name: "ray",
      override: override === "" ? undefined : override,
      packages: rayTools,
      probe: "import aiohttp, ray, ray.job_submission, ray.serve; assert ray.__version__ == '2.60.0'",
    });
  });
  const file = join(root, "out", "test", "live.json");
  mkdirSync(join(root, "out", "test"), { recursive: true });
  rmSync(file, { force: true });
  const filter = values.grep === undefined ? [] : ["--testNamePattern", values.grep.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")];
  const config = ["--config", "vitest.live.config.mts"];
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { code, output } = await phase("live tests", () => runTool("vitest", ["run", ...config, ...reporters, ...filter, ...positionals]));
  process.stdout.write(`${output.trim()}\n`);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  const passed = report.numPassedTests;
  // A skipped test has failed, unless the caller asked for some tests only.
  const skipped = values.grep === undefined ? report.numPendingTests : 0;
  // A file that cannot be loaded, or an error outside of a test, shows in the exit code only.
  const failed = Math.max(report.numFailedTests + skipped, code === 0 && passed > 0 ? 0 : 1);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** Prints a phase's name and time. @template T @param {string} name @param {() => T | Promise<T>} run */
async function phase(name, run) {
  const started = Date.now();
  process.stdout.write(`== ${name}\n`);
  const result = await run();
  process.stdout.write(`   ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  return result;
}
