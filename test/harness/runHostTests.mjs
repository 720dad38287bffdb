import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

import { root, runMain } from "../../scripts/node.mjs";
import { bundleHostTests } from "./bundle.mjs";
import { launchChromium } from "./chromium.mjs";
import { startServer } from "./server.mjs";
import { Workbench } from "./workbench.mjs";

/**
 * Runs test/host/*.hosttest.ts with mocha inside the extension host of a real VS Code, on the built extension.
 * `--report FILE` gets `{ passed, failed }`; `--grep TEXT` chooses tests.
 */
const { values } = parseArgs({ options: { report: { type: "string" }, grep: { type: "string" } } });
const fixtures = join(root, "test", "fixtures", "mlflow");
const report = values.report ?? join(root, "out", "test", "host.json");
const mochaReport = join(dirname(report), "host-mocha.json");
const limit = 5 * 60_000; // Milliseconds for all suites together.

await runMain(async () => {
  mkdirSync(dirname(report), { recursive: true });
  rmSync(mochaReport, { force: true }); // An older one would look like success.
  const tests = await bundleHostTests();
  const server = await startServer({
    workspace: { sqlite: join(fixtures, "v3-sqlite"), file: join(fixtures, "v3-file") },
    testDriver: true,
    env: { MLOPS_HOST_REPORT: mochaReport, ...(values.grep === undefined ? {} : { MLOPS_HOST_GREP: values.grep }) },
  });
  let log = "";
  const browser = await launchChromium();
  try {
    await runInHost(browser, server, tests, (line) => {
      log += `${line}\n`;
    });
  } finally {
    await browser.close();
    log += server.log();
    await server.stop();
  }
  return summarize(log);
});

/**
 * Opens a window that loads the extension and the tests, and waits until VS Code reports their end.
 * @param {import("playwright-core").Browser} browser @param {import("./server.mjs").Server} server @param {string} tests
 * @param {(line: string) => void} log
 */
async function runInHost(browser, server, tests, log) {
  /** @param {string} path */
  const remote = (path) => `vscode-remote://localhost:${server.port}${path}`; // Must match the page's own address.
  /** @type {() => void} */
  let finish = () => undefined;
  const finished = new Promise((resolve) => {
    finish = () => {
      resolve(undefined);
    };
  });
  await Workbench.open(browser, server, {
    payload: [
      ["extensionDevelopmentPath", remote(root.replace(/\/$/, ""))],
      ["extensionTestsPath", remote(join(tests, "index.js"))],
    ],
    // VS Code calls these two functions of the page when a test drives it.
    functions: {
      codeAutomationLog: (type, args) => {
        log([type, ...(Array.isArray(args) ? args : [])].join(" "));
      },
      codeAutomationExit: finish,
    },
  });
  const timer = setTimeout(() => {
    log(`The tests did not end within ${limit / 60_000} minutes.`);
    finish();
  }, limit);
  await finished;
  clearTimeout(timer);
}

/** @param {string} log */
function summarize(log) {
  if (!existsSync(mochaReport)) {
    process.stdout.write(`The extension host ended without a report.\n${log}\n`);
    return 1;
  }
  const { stats, failures } = JSON.parse(readFileSync(mochaReport, "utf8"));
  for (const { fullTitle, err } of failures) {
    process.stdout.write(`FAILED ${fullTitle}\n${err.stack ?? err.message}\n`);
  }
  writeFileSync(report, JSON.stringify({ passed: stats.passes, failed: stats.failures }));
  process.stdout.write(`${stats.passes} passed, ${stats.failures} failed\n`);
  return stats.failures === 0 && stats.passes > 0 ? 0 : 1;
}
