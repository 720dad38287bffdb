import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { activationBench } from "./activationBench";
import { compareBench } from "./compare/compareBench";
import { comparedRuns, longRuns, spikedRuns } from "./compare/comparedData";
import { hundredRuns } from "./compare/hundredRuns";
import { longCurves } from "./compare/longCurves";
import { manyRuns } from "./compare/manyRuns";
import { spike } from "./compare/spike";
import { costBench } from "./cost/costBench";
import { driftBench, driftGrowth } from "./drift/driftBench";
import { driftPageBench } from "./drift/driftPage";
import { hugeCancel } from "./drift/hugeCancel";
import { type Figure, isMet, printFigures } from "./figures";
import { fileBench } from "./fileBench";
import { largeBench } from "./largeBench";
import { gateBench } from "./gate/gateBench";
import { keystrokes } from "./lint/keystrokes";
import { manyProducts } from "./lint/manyProducts";
import { overviewWindowBench } from "./overview/overviewWindow";
import { RealMlflow } from "./realMlflow";
import { compliancePageBench } from "./report/compliancePageBench";
import { reportBench } from "./report/reportBench";
import { overviewBench } from "./overview/overviewBench";
import { overheadBench } from "./retrain/overheadBench";
import { planBench } from "./retrain/planBench";
import { viewBench } from "./retrain/viewBench";
import { sqliteBench } from "./sqliteBench";

const NAMES = [
  "sqlite",
  "file",
  "large",
  "activation",
  "compare",
  "curves",
  "manyRuns",
  "spike",
  "keystrokes",
  "products",
  "drift",
  "driftGrowth",
  "driftCancel",
  "driftPage",
  "retrainOverhead",
  "retrainPlan",
  "retrainView",
  "overviewWindow",
  "gate",
  "report",
  "compliancePage",
  "cost",
  "overview",
] as const;
type Name = (typeof NAMES)[number];
/** These compare with something else, or run on their own. */
const WITHOUT_MLFLOW: ReadonlySet<string> = new Set<Name>([
  "activation",
  "keystrokes",
  "products",
  "drift",
  "driftGrowth",
  "driftCancel",
  "driftPage",
  "retrainOverhead",
  "retrainPlan",
  "retrainView",
  "overviewWindow",
  "gate",
  "report",
  "compliancePage",
  "overview",
]);

/** Runs the benchmarks that were asked for, prints figures, and ends with 1 where a target is missed or a benchmark fails. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, json: { type: "string" }, quick: { type: "boolean" }, keep: { type: "boolean" } },
  });
  const wanted = values.only?.split(",") ?? [...NAMES];
  const unknown = wanted.find((name) => !NAMES.includes(name as Name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no benchmark "${unknown}"; there are ${NAMES.join(", ")}.\n`);
    return 2;
  }
  const root = process.cwd();
  const scratch = mkdtempSync(join(tmpdir(), "mlops-bench-"));
  const isKept = values.keep === true;
  process.once("SIGINT", () => process.exit(130));
  process.once("exit", () => {
    if (!isKept) {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
  process.stdout.write(
    `Node ${process.versions.node}, ${cpus().length} cores, ${Math.round(totalmem() / 1e9)} GB` +
      `${wanted.every((name) => WITHOUT_MLFLOW.has(name)) ? "" : `, MLflow ${await RealMlflow.find(root).version()}`}\nEvery comparison first checks that both sides read the same runs, params and metric values.\n`,
  );
  const scale = values.quick === true ? 0.05 : 1;
  const results: Record<string, readonly Figure[]> = {};
  const failures: string[] = [];
  const run = async (name: Name, title: string, measure: (folder: string) => readonly Figure[] | Promise<readonly Figure[]>) => {
    if (!wanted.includes(name)) {
      return;
    }
    const folder = join(scratch, name);
    mkdirSync(folder);
    try {
      const figures = await measure(folder);
      results[name] = figures;
      failures.push(...figures.filter((figure) => !isMet(figure)).map((figure) => `${name}: ${figure.name}`));
      printFigures(title, figures);
    } catch (error) {
      failures.push(name);
      process.stdout.write(`\n${title}\n  FAILED: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    if (!isKept) {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const runData = "20 params and 20 metrics a run";
  await run("activation", "Activation", () => activationBench(root));
  await run("sqlite", `Database, ${runData}`, (folder) => sqliteBench(RealMlflow.find(root), folder, 10_000 * scale));
  await run("file", `Folder, ${runData}`, (folder) => fileBench(RealMlflow.find(root), folder, 2000 * scale));
  await run("large", `Large database behind the worker, ${runData}`, (folder) =>
    largeBench(RealMlflow.find(root), folder, join(root, "dist", "worker.js"), 100_000 * scale),
  );
  await run("cost", "Cost and waste of a large database behind the worker, 10 params and 10 metrics a run", (folder) =>
    costBench(RealMlflow.find(root), folder, join(root, "dist", "worker.js"), 100_000 * scale),
  );
  // The comparison panel in a real VS Code, and MLflow's web page in the same browser.
  const mlflow = (): RealMlflow => RealMlflow.find(root);
  const points = 100_000 * scale;
  await run("compare", `Comparison of 100 runs, ${runData}`, (folder) =>
    compareBench(mlflow(), folder, comparedRuns({ runs: 100, params: 20, metrics: 20, steps: 20 }), hundredRuns),
  );
  await run("curves", `Curves of 20 runs, ${points} points each`, (folder) =>
    compareBench(mlflow(), folder, longRuns(20, points), longCurves),
  );
  await run("manyRuns", "Comparison of 500 runs, 200 params and 50 metrics a run", (folder) =>
    compareBench(mlflow(), folder, comparedRuns({ runs: 500, params: 200, metrics: 50, steps: 1 }), manyRuns),
  );
  await run("spike", `One spike in ${points} points`, (folder) => compareBench(mlflow(), folder, spikedRuns(points), spike));
  await run("keystrokes", "Keystroke to diagnostics", (folder) => keystrokes(root, folder));
  await run("products", "mlops lint on many products", (folder) => manyProducts(root, folder));
  await run("overview", "Overview of many models that share a database, as the editor gathers it", (folder) =>
    overviewBench(folder, join(root, "dist", "worker.js"), values.quick === true ? 50 : 500, values.quick === true ? 1000 : 10_000),
  );
  await run("gate", "Gate over many models", (folder) => gateBench(folder, values.quick === true ? 50 : 500));
  await run("report", "Compliance reports over many models", (folder) => reportBench(folder, values.quick === true ? 10 : 100));
  await run("compliancePage", "The compliance page of one version", (folder) => compliancePageBench(root, folder));
  await run("drift", "Drift of two tables", (folder) => driftBench(root, folder, 1_000_000 * scale));
  await run("driftGrowth", "Drift of larger and larger tables", (folder) =>
    driftGrowth(
      root,
      folder,
      [10_000, 100_000, 1_000_000, 10_000_000].map((rows) => rows * scale),
    ),
  );
  await run("driftCancel", "Drift of a CSV file of 5 GB, stopped after a second", (folder) => hugeCancel(root, folder, 5e9 * scale));
  await run("driftPage", "The drift page with 500 columns and 100 windows", (folder) => driftPageBench(root, folder));
  await run("retrainOverhead", "Training on this machine", (folder) => overheadBench(root, folder, values.quick === true ? 0.2 : 1));
  await run("retrainView", "Trainings and a log of 200 MB in VS Code", (folder) => viewBench(root, folder));
  await run("overviewWindow", "The overview in VS Code", (folder) =>
    overviewWindowBench(folder, values.quick === true ? 50 : 500, 10_000 * scale),
  );
  await run("retrainPlan", "Plan of a training with large inputs", (folder) =>
    planBench(
      root,
      folder,
      values.quick === true ? 200e6 : 10e9,
      join(process.env["MLOPS_VENV_PIPELINES"] ?? join(root, ".venvs", "pipelines"), "bin", "dvc"),
    ),
  );
  if (isKept) {
    process.stdout.write(`\nData kept in ${scratch}\n`);
  }
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
  }
  return failures.length > 0 ? 1 : 0;
}

void main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
