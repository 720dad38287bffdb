import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { eventually, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-lint-folders-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const PRODUCT = "version: 1\nname: churn-model\npipeline: dvc.yaml\nonwer: ana@example.org\n";

/** Several folders in one window, one of them inside another, each with settings and a policy of its own. */
export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    const files = {
      "all.code-workspace": JSON.stringify({ folders: [{ path: "models" }, { path: "models/risk" }, { path: "jobs" }] }),
      "models/mlops.yaml": PRODUCT,
      "models/risk/mlops.yaml": PRODUCT,
      "models/risk/.vscode/settings.json": JSON.stringify({ "mlops.lint.rules": { "pipeline-missing": "off" } }),
      "jobs/mlops.yaml": PRODUCT,
      "jobs/.mlops/policy.yaml": "version: 1\nrules: {pipeline-missing: info}\n",
      "jobs/.vscode/settings.json": JSON.stringify({ "mlops.lint.run": "workspace" }),
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "judges each file once, by the settings of its own folder": async ({ workbench, server }) => {
      const { page } = workbench;
      const file = join(server.workspace, "all.code-workspace");
      await page.goto(`http://localhost:${server.port}/?${new URLSearchParams({ workspace: file }).toString()}`);
      await workbench.ready();
      await workbench.runCommand("Problems: Focus on Problems View");
      /** The folders of the files that have a finding with this text, each with how many; the list names both beside the file. */
      const found = async (text: string): Promise<string[]> => {
        await workbench.filterProblems(text);
        const rows = await workbench.rowTexts(page.locator(".markers-panel"));
        return rows.flatMap((row) => /^mlops\.yaml(.*)$/.exec(row)?.[1] ?? []).sort();
      };
      await eventually(async () => assert.deepEqual(await found('Unknown key "onwer"'), ["jobs1", "models1", "risk1"]));
      await eventually(async () => assert.deepEqual(await found("pipeline-missing"), ["jobs1", "models1"]));
      await workbench.screenshot("lint-folders");
    },
  },
};
