// Records the sample's tracking stores again: `npm run examples:record`. It needs Python 3.11 or newer, and ten minutes.
// churn and demand are recorded by MLflow 3, credit by MLflow 2, each in a virtual environment of its own (.venvs/, made when missing).
// MLOPS_VENV_3 and MLOPS_VENV_2 name existing environments to use instead.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { homedir, hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "../examples/prepare.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const examples = join(root, "examples");
// A neutral folder, because MLflow writes absolute artifact paths into a store; the same one each time, for the same bytes.
const stage = process.platform === "win32" ? join(tmpdir(), "mlops-sample") : "/tmp/mlops-sample";

const PRODUCTS = [
  { name: "churn", mlflow: 3 },
  { name: "demand", mlflow: 3 },
  { name: "credit", mlflow: 2 },
];
const STORES = ["mlflow.db", "mlruns"];
/** One thread, so that sums are formed in the same order on every machine. */
const REPEATABLE = { PYTHONHASHSEED: "0", OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { stdio: "inherit", ...options });
  if (result.status !== 0) {
    process.stderr.write(`${command} ${args.join(" ")} ended with ${result.status ?? result.error?.message}.\n`);
    process.exit(1);
  }
}

function pythonOf(mlflow) {
  const folder = process.env[`MLOPS_VENV_${mlflow}`] ?? join(root, ".venvs", `mlflow${mlflow}`);
  const python = process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
  if (!existsSync(python)) {
    run(process.platform === "win32" ? "python" : "python3", ["-m", "venv", folder]);
    const product = PRODUCTS.find((each) => each.mlflow === mlflow)?.name ?? "";
    run(python, ["-m", "pip", "install", "--quiet", "--requirement", join(examples, product, "requirements.txt")]);
  }
  return python;
}

function filesBelow(path) {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path];
}

/** A store goes into the repository, so it must not tell where it was recorded. */
function checkForMachineNames(path) {
  const names = [root, homedir(), hostname()].filter((name) => name.length > 3);
  for (const file of filesBelow(path)) {
    const content = readFileSync(file, "latin1");
    const found = names.find((name) => content.includes(name));
    if (found !== undefined) {
      process.stderr.write(`${file} holds "${found}", which names this machine; nothing was copied.\n`);
      process.exit(1);
    }
  }
}

const pythons = new Map([...new Set(PRODUCTS.map((product) => product.mlflow))].map((mlflow) => [mlflow, pythonOf(mlflow)]));
rmSync(stage, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });
cpSync(examples, stage, {
  recursive: true,
  filter: (source) => !PRODUCTS.some(({ name }) => STORES.some((store) => source === join(examples, name, store))),
});
if (prepare(stage, { keepTooling: true }) === null) {
  process.stderr.write("git is not installed; the runs' commits come from a git history, so install git and start again.\n");
  process.exit(1);
}
for (const { name, mlflow } of PRODUCTS) {
  run(pythons.get(mlflow), ["-W", "ignore", join(stage, "record.py"), name, stage], { env: { ...process.env, ...REPEATABLE } });
  checkForMachineNames(join(stage, name));
}
for (const { name } of PRODUCTS) {
  for (const store of STORES) {
    rmSync(join(examples, name, store), { recursive: true, force: true });
    if (existsSync(join(stage, name, store))) {
      cpSync(join(stage, name, store), join(examples, name, store), { recursive: true });
    }
  }
}
rmSync(stage, { recursive: true, force: true });
process.stdout.write("Recorded. Review `git status examples` before you commit.\n");
