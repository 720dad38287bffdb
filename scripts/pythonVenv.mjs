import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { root, SetupError } from "./node.mjs";

/** Where a virtual environment keeps its programs. */
const binFolder = process.platform === "win32" ? "Scripts" : "bin";
const pythonName = process.platform === "win32" ? "python.exe" : "python";

/**
 * Gives the folder of a virtual environment that has the packages, made under `.venvs/` if it is not there yet.
 * Uses `uv` where it is installed (seconds), else Python's own venv and pip (a minute).
 * @param {{ name: string, override: string | undefined, packages: string[], probe: string }} wanted `override` is a folder to use
 *   as it is; `probe` is Python code that fails unless the environment is right.
 */
export function ensureVenv({ name, override, packages, probe }) {
  const folder = override ?? join(root, ".venvs", name);
  const python = join(folder, binFolder, pythonName);
  if (override === undefined && !isRight(python, probe)) {
    create(folder, python, packages);
  }
  if (!existsSync(python)) {
    throw new SetupError(`There is no Python in ${folder}. Make a virtual environment there, or unset its variable to have one made.`);
  }
  const result = spawnSync(python, ["-c", probe], { encoding: "utf8" });
  if (result.status !== 0) {
    throw new SetupError(`The virtual environment ${folder} lacks something: it needs ${packages.join(", ")}.\n${result.stderr.trim()}`);
  }
  return folder;
}

/** @param {string} python @param {string} probe */
function isRight(python, probe) {
  return existsSync(python) && spawnSync(python, ["-c", probe], { stdio: "ignore" }).status === 0;
}

/** @param {string} folder @param {string} python @param {string[]} packages */
function create(folder, python, packages) {
  if (spawnSync("uv", ["--version"], { stdio: "ignore" }).status === 0) {
    run("uv", ["venv", "--quiet", "--clear", folder]);
    run("uv", ["pip", "install", "--quiet", "--python", python, ...packages]);
    return;
  }
  const base = ["python3", "python"].find(
    (name) => spawnSync(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]).status === 0,
  );
  if (base === undefined) {
    throw new SetupError(
      "The live tests run the real MLflow, which needs Python 3.10 or newer (or uv), and there is none. Install Python and try again.",
    );
  }
  run(base, ["-m", "venv", "--clear", folder]);
  run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const result = spawnSync(command, args, { encoding: "utf8" });
  if (result.status !== 0) {
    const reason = (result.error?.message ?? `${result.stdout}${result.stderr}`).trim();
    throw new SetupError(
      `\`${command} ${args.slice(0, 3).join(" ")} …\` failed. Check the network and the package index, then try again.\n${reason}`,
    );
  }
}
