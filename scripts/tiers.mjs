import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { root } from "./node.mjs";
import { runNode, runTool } from "./tool.mjs";

/**
 * @typedef {{ passed: number, failed: number, output: string }} TierResult `output` is shown to the person.
 * @typedef {{ name: string, run: () => Promise<{ code: number, output: string }> }} Check A tool whose exit code is its verdict.
 */

/** One compiler run a layer: each sees only what its layer may see. @type {Check[]} */
export const typeChecks = ["src/protocol", "src/core", ".", "webview-ui", "test", "scripts", "bench"].map((folder) => ({
  name: `tsc -p ${folder}`,
  run: () => runTool("typescript", ["-p", folder, "--pretty", "false"], { bin: "tsc" }),
}));

/** @type {Check[]} */
export const lintChecks = [
  { name: "eslint", run: () => runTool("eslint", [".", "--max-warnings", "0"]) },
  { name: "prettier", run: () => runTool("prettier", [".", "--check", "--log-level", "warn"]) },
  { name: "dependency-cruiser", run: () => runTool("dependency-cruiser", ["src", "webview-ui", "test"], { bin: "depcruise" }) },
  { name: "knip", run: () => runTool("knip", ["--no-progress"]) },
];

/** Runs static checks two at a time; each counts as one test. @param {Check[]} checks @returns {Promise<TierResult>} */
export async function runChecks(checks) {
  const queue = [...checks];
  /** @type {string[]} */
  const faults = [];
  const worker = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const { code, output } = await check.run();
      if (code !== 0) {
        faults.push(`${check.name} failed:\n${output.trim()}`);
      }
    }
  };
  await Promise.all([worker(), worker()]);
  return { passed: checks.length - faults.length, failed: faults.length, output: faults.join("\n\n") };
}

/** Unit, contract and architecture tests. @param {string | undefined} grep @returns {Promise<TierResult>} */
export async function runUnit(grep) {
  const file = join(root, "out", "test", "unit.json");
  rmSync(file, { force: true });
  const filter = grep === undefined ? [] : ["--testNamePattern", grep.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")];
  const { code, output } = await runTool("vitest", ["run", "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`, ...filter]);
  if (!existsSync(file)) {
    return { passed: 0, failed: 1, output };
  }
  const report = JSON.parse(readFileSync(file, "utf8"));
  const passed = report.numPassedTests;
  // A file that cannot be loaded, or an error outside of a test, shows in the exit code only.
  const failed = Math.max(report.numFailedTests, code === 0 ? 0 : 1);
  return { passed, failed, output: failed === 0 ? "" : output };
}

/** Mocha inside the extension host of a real VS Code. @param {string | undefined} grep @returns {Promise<TierResult>} */
export async function runHost(grep) {
  return runReported("host", ["test/harness/runHostTests.mjs"], grep);
}

/** A real VS Code with the packaged extension, driven through a browser. @param {string | undefined} grep @returns {Promise<TierResult>} */
export async function runE2e(grep) {
  return runReported("e2e", ["test/harness/runE2e.mjs"], grep);
}

/** Runs a script of ours that writes `{ passed, failed }` to out/test/<name>.json. @param {string} name @param {string[]} args @param {string | undefined} grep */
async function runReported(name, args, grep) {
  const file = join(root, "out", "test", `${name}.json`);
  rmSync(file, { force: true });
  const { code, output } = await runNode([...args, "--report", file, ...(grep === undefined ? [] : ["--grep", grep])]);
  if (!existsSync(file)) {
    return { passed: 0, failed: 1, output };
  }
  const { passed, failed } = JSON.parse(readFileSync(file, "utf8"));
  return { passed, failed: Math.max(failed, code === 0 ? 0 : 1), output };
}

/** @param {string} name @param {TierResult} result @param {number} milliseconds */
export function formatResult(name, { passed, failed, output }, milliseconds) {
  const counts = passed + failed === 0 ? "" : `${passed} passed, ${failed} failed, `;
  const text = output.trim();
  return `${text === "" ? "" : `${text}\n`}   ${name}: ${counts}${(milliseconds / 1000).toFixed(1)} s\n`;
}
