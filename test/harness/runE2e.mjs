import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { root, runMain } from "../../scripts/node.mjs";
import { vsixFile } from "../../scripts/package.mjs";
import { bundleE2e } from "./bundle.mjs";
import { launchChromium } from "./chromium.mjs";
import { startServer } from "./server.mjs";
import { shotsFolder, Workbench } from "./workbench.mjs";

/**
 * Runs test/e2e/*.e2e.ts against the packaged extension, installed in a real VS Code that a browser drives.
 * `--report FILE` gets `{ passed, failed }`; `--grep TEXT` chooses tests by `file: name`.
 *
 * @typedef {import("../e2e/suite").E2eSuite} E2eSuite
 */
const { values } = parseArgs({ options: { report: { type: "string" }, grep: { type: "string", default: "" } } });
const report = values.report ?? join(root, "out", "test", "e2e.json");
// Each suite clears its folder when the process ends.
process.setMaxListeners(100);
const limit = 3 * 60_000; // Milliseconds that one test may take.

await runMain(async () => {
  mkdirSync(dirname(report), { recursive: true });
  rmSync(join(shotsFolder, "failed"), { recursive: true, force: true });
  const browser = await launchChromium();
  const counts = { passed: 0, failed: 0 };
  try {
    for (const bundle of await bundleE2e()) {
      const name = basename(bundle, ".e2e.mjs");
      /** @type {{ suite: E2eSuite }} */
      const { suite } = await import(pathToFileURL(bundle).href);
      const tests = Object.entries(suite.tests).filter(([title]) => `${name}: ${title}`.includes(values.grep));
      if (tests.length > 0) {
        await runSuite(browser, name, suite, tests, counts);
      }
    }
  } finally {
    await browser.close();
  }
  writeFileSync(report, JSON.stringify(counts));
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});

/**
 * Runs one file's tests on one server, each in a fresh window. A failure leaves a picture in out/shots/failed and the server's log. On a CI
 * machine, which does other work as well, tests that failed are run once more on a server of their own, and both results are printed: one that
 * passes then is named UNSTABLE and has to be mended, but does not hold up everybody else's change. On a developer's machine nothing is repeated.
 * @param {import("playwright-core").Browser} browser @param {string} name @param {E2eSuite} suite
 * @param {[string, E2eSuite["tests"][string]][]} tests @param {{ passed: number, failed: number }} counts
 * @param {boolean} [isRepeated]
 */
async function runSuite(browser, name, suite, tests, counts, isRepeated = false) {
  /** @type {(() => Promise<void>) | undefined} */
  let after;
  /** @type {import("./server.mjs").Server | undefined} */
  let server;
  /** @type {typeof tests} */
  const failed = [];
  try {
    after = await suite.before?.();
    server = await startServer({ ...suite, vsix: vsixFile });
    for (const [title, test] of tests) {
      const started = Date.now();
      const fault = await runTest(browser, server, `${name}-${title.replace(/\W+/g, "-")}`, test);
      counts[fault === undefined ? "passed" : "failed"]++;
      if (fault !== undefined) {
        failed.push([title, test]);
      }
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(
        `${fault !== undefined ? "FAILED" : isRepeated ? "UNSTABLE, passed the second time:" : "ok    "} ${name}: ${title} (${seconds} s)\n${fault ?? ""}`,
      );
    }
  } catch (error) {
    counts.failed += 1;
    process.stdout.write(`FAILED ${name}: the suite could not start or end.\n${error instanceof Error ? error.stack : String(error)}\n`);
  } finally {
    await server?.stop();
    await after?.();
  }
  if (process.env["CI"] !== undefined && !isRepeated && failed.length > 0) {
    counts.failed -= failed.length;
    await runSuite(browser, name, suite, failed, counts, true);
  }
}

/**
 * Runs one test and returns what went wrong, with where to look. A test that fails now and then is broken.
 * @param {import("playwright-core").Browser} browser @param {import("./server.mjs").Server} server @param {string} shot
 * @param {E2eSuite["tests"][string]} test
 */
async function runTest(browser, server, shot, test) {
  /** @type {Workbench | undefined} */
  let workbench;
  try {
    workbench = await Workbench.open(browser, server);
    await withLimit(test({ workbench, server }));
    return undefined;
  } catch (error) {
    const picture = await workbench?.screenshot(join("failed", shot)).catch(() => undefined);
    const log = server.log().split("\n").slice(-40).join("\n");
    return `${error instanceof Error ? error.stack : String(error)}\nPicture: ${picture ?? "none"}\nEnd of the server's log:\n${log}\n`;
  } finally {
    await workbench?.close();
  }
}

/** @param {Promise<void>} work */
async function withLimit(work) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The test took longer than ${limit / 1000} s.`));
    }, limit);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
