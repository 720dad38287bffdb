import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { ensureDependencies, ensureNode, root, runMain } from "./node.mjs";
import { runNode } from "./tool.mjs";

/**
 * `npm run test:desktop`: the suites of test/host in a desktop VS Code, which @vscode/test-electron downloads.
 * It needs a screen and the network, so it is for people at a desktop; `npm test` runs the same suites in the server.
 *   --version V   a VS Code version (stable if left out); the lowest we promise is `engines.vscode` in package.json
 */
const { values } = parseArgs({ options: { version: { type: "string", default: "stable" }, inside: { type: "boolean", default: false } } });

await runMain(async () => {
  if (values.inside) {
    return runInDesktop();
  }
  ensureNode();
  ensureDependencies();
  const build = await runNode(["esbuild.mjs"], { inherit: true });
  return build.code !== 0
    ? build.code
    : (await runNode([process.argv[1] ?? "", "--inside", "--version", values.version], { inherit: true })).code;
});

/** Runs under the newer Node, because the packages it loads need one. */
async function runInDesktop() {
  const { runTests } = await import("@vscode/test-electron");
  const { bundleHostTests } = await import("../test/harness/bundle.mjs");
  const report = join(root, "out", "test", "desktop-mocha.json");
  mkdirSync(join(root, "out", "test"), { recursive: true });
  const code = await runTests({
    version: values.version,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(await bundleHostTests(), "index.js"),
    launchArgs: [join(root, "test", "fixtures", "mlflow", "v3-sqlite"), "--disable-extensions", "--disable-workspace-trust"],
    extensionTestsEnv: { MLOPS_HOST_REPORT: report },
  });
  process.stdout.write(`The report is in ${report}.\n`);
  return code;
}
