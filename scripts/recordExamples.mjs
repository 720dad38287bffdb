// Records the sample's tracking stores again: `npm run examples:record`. It needs Python 3.11 or newer, and ten minutes.
// churn and demand are recorded by MLflow 3, credit by MLflow 2, each in a virtual environment of its own (.venvs/, made when missing).
// MLOPS_VENV_3 and MLOPS_VENV_2 name existing environments to use instead.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { homedir, hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { prepare } from "../examples/prepare.mjs";
import { root, runMain, SetupError } from "./node.mjs";
import { ensureVenv } from "./pythonVenv.mjs";

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

/** Runs a recorder in the foreground. @param {string} python @param {string[]} args */
function run(python, args) {
  const { status, error } = spawnSync(python, args, { stdio: "inherit", env: { ...process.env, ...REPEATABLE } });
  if (status !== 0) {
    throw new SetupError(`${python} ${args.join(" ")} ended with ${status ?? error?.message}; nothing was copied.`);
  }
}

function pythonOf(mlflow) {
  const product = PRODUCTS.find((each) => each.mlflow === mlflow)?.name ?? "";
  const packages = readFileSync(join(examples, product, "requirements.txt"), "utf8")
    .trim()
    .split("\n");
  const versions = packages.flatMap((line) => (line.includes("==") ? [line.split("==")] : []));
  const checks = versions.map(([name, version]) => `assert version("${name}") == "${version}", "${name} is " + version("${name}")`);
  const folder = ensureVenv({
    name: `examples-mlflow${mlflow}`,
    override: process.env[`MLOPS_VENV_${mlflow}`],
    packages,
    probe: ["from importlib.metadata import version", ...checks].join("; "),
  });
  return join(folder, process.platform === "win32" ? "Scripts" : "bin", process.platform === "win32" ? "python.exe" : "python");
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
      throw new SetupError(`${file} holds "${found}", which names this machine; nothing was copied.`);
    }
  }
}

/** Copies the training code without the stores and makes the git history that the runs' commits come from. */
function prepareStage() {
  const isStore = (source) => PRODUCTS.some(({ name }) => STORES.some((store) => source === join(examples, name, store)));
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  cpSync(examples, stage, { recursive: true, filter: (source) => !isStore(source) });
  if (prepare(stage, { keepTooling: true }) === null) {
    throw new SetupError("The runs' commits come from a git history, and git is not installed. Install it and start again.");
  }
}

function copyBack() {
  for (const { name } of PRODUCTS) {
    for (const store of STORES) {
      rmSync(join(examples, name, store), { recursive: true, force: true });
      if (existsSync(join(stage, name, store))) {
        cpSync(join(stage, name, store), join(examples, name, store), { recursive: true });
      }
    }
  }
}

await runMain(async () => {
  const pythons = PRODUCTS.map(({ mlflow }) => pythonOf(mlflow));
  prepareStage();
  PRODUCTS.forEach(({ name }, index) => {
    run(pythons[index] ?? "", ["-W", "ignore", join(stage, "record.py"), name, stage]);
    checkForMachineNames(join(stage, name));
  });
  copyBack();
  rmSync(stage, { recursive: true, force: true });
  process.stdout.write("Recorded. Review `git status examples` before you commit.\n");
});
