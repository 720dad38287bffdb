import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Workbench } from "../harness/workbench.mjs";
import { chooseFix, goToLine, openFixes } from "./quickFixes";
import { eventually, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-lint-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const CHURN = `version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
stage: staging
onwer: ana.ruiz@example.org
risk: limited
personal_data: no
pipeline: dvc.yaml
data: [{path: data/train.csv, use: train}]
kpis: [{name: f1, target: ">= 0.80", data: data/test.csv}]
alert: ml-team@example.org
review: {every: 6 months}
`;

/** Opens a product's file, by keyboard, and puts the cursor on a line (from 1). */
const goTo = (workbench: Workbench, product: string, line: number): Promise<void> =>
  goToLine(workbench, `${product}/mlops.yaml`, line, product);

const problem = (workbench: Workbench, text: string | RegExp): ReturnType<Workbench["row"]> =>
  workbench.row(text, workbench.page.locator(".markers-panel"));

/** Which of the two products the Problems panel lists a finding for; only rows in sight exist, so the others are filtered out. */
async function waitForProblem(workbench: Workbench, text: string, products: readonly string[]): Promise<void> {
  const { page } = workbench;
  await showProblems(workbench);
  await page.locator(".part.panel .viewpane-filter input").fill(text);
  await eventually(async () => {
    const texts = await workbench.rowTexts(page.locator(".markers-panel"));
    const files = texts.flatMap((row) => /^mlops\.yaml(churn|demand)/.exec(row)?.[1] ?? []);
    assert.deepEqual(files, products, texts.join("\n"));
  });
}

async function showProblems(workbench: Workbench): Promise<void> {
  await workbench.runCommand("Problems: Focus on Problems View");
  await workbench.page.locator(".markers-panel").waitFor();
}

export const suite: E2eSuite = {
  workspace: folder,
  before: async () => {
    const files = {
      "churn/mlops.yaml": CHURN,
      "churn/dvc.yaml": "stages:\n  train:\n    cmd: python train.py\n",
      "demand/mlops.yaml": CHURN.replace("churn-model", "demand-model"),
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    execFileSync("git", ["init", "-q"], { cwd: folder });
    execFileSync("git", ["config", "user.email", "leo@example.org"], { cwd: folder });
    return () => Promise.resolve();
  },
  tests: {
    "lists the findings of files that are not open, and leads to the page of a rule": async ({ workbench }) => {
      await showProblems(workbench);
      const misspelled = problem(workbench, 'Unknown key "onwer"');
      await misspelled.waitFor();
      await workbench.screenshotInThemes("lint-problems");
      await misspelled.locator("a", { hasText: "config-invalid" }).click();
      await workbench.tab(/config-invalid/).waitFor();
      await workbench.webview().getByText("What it finds").waitFor();
      await workbench.screenshotInThemes("lint-rule-page");
    },

    "mends a misspelled key by keyboard alone, and the problem vanishes": async ({ workbench, server }) => {
      const { page } = workbench;
      await workbench.setTheme("dark"); // The test before has changed it, which a new window may read too early.
      await goTo(workbench, "churn", 5);
      await page.locator(".monaco-editor .squiggly-error").first().waitFor();
      await openFixes(workbench);
      await workbench.screenshot("lint-quick-fixes");
      await page.keyboard.press("Escape");
      await workbench.screenshotInThemes("lint-squiggle");
      await goTo(workbench, "churn", 5);
      await chooseFix(workbench, /^Rename .*owner/);
      await page.locator(".view-line", { hasText: "owner: ana.ruiz@example.org" }).waitFor();
      await waitForProblem(workbench, 'Unknown key "onwer"', ["demand"]);
      await goTo(workbench, "churn", 5);
      await page.keyboard.press("Control+S");
      await eventually(() =>
        assert.equal(readFileSync(join(server.workspace, "churn/mlops.yaml"), "utf8"), CHURN.replace("onwer", "owner")),
      );
    },

    "leaves a finding as it is, with a reason, an end and a person": async ({ workbench, server }) => {
      const { page } = workbench;
      await goTo(workbench, "churn", 2);
      await page.locator(".monaco-editor .squiggly-warning, .monaco-editor .squiggly-info").first().waitFor();
      await chooseFix(workbench, /Leave one of \d+ findings as it is/);
      await workbench.quickInput().fill("budget-missing");
      await workbench.quickPick("budget-missing").waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".quick-input-widget", { hasText: "1 of 3" }).waitFor();
      await workbench.quickInput().fill("soon");
      await page.getByText("Write a sentence of at least three words.").waitFor();
      await workbench.screenshot("lint-leave");
      await workbench.quickInput().fill("The budget is agreed next month.");
      await page.keyboard.press("Enter");
      await page.locator(".quick-input-widget", { hasText: "2 of 3" }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".quick-input-widget", { hasText: "3 of 3" }).waitFor();
      assert.equal(await workbench.quickInput().inputValue(), "leo@example.org");
      await page.keyboard.press("Enter");
      await page.locator(".view-line", { hasText: "by: leo@example.org" }).waitFor();
      await page.keyboard.press("Control+S");
      await eventually(() =>
        assert.match(
          readFileSync(join(server.workspace, "churn/mlops.yaml"), "utf8"),
          /lint:\n +ignore:\n +- rule: budget-missing\n +why: The budget is agreed next month\.\n +until: \d{4}-\d\d-\d\d\n +by: leo@example\.org\n/,
        ),
      );
      await waitForProblem(workbench, "budget", ["demand"]);
    },

    "fixes the safe problems of the workspace once somebody has agreed": async ({ workbench, server }) => {
      const { page } = workbench;
      await workbench.runCommand("MLOps: Fix All Safe Problems in Workspace…");
      const dialog = page.locator(".monaco-dialog-box");
      await dialog.waitFor();
      await dialog.getByText(/^Apply (?:1 safe fix in 1 file|\d+ safe fixes in (?:1 file|\d+ files))\?$/).waitFor();
      assert.equal(await page.locator(".notification-toast").count(), 0, "What told of the search is gone.");
      await workbench.screenshot("lint-fix-workspace");
      await dialog.getByRole("button", { name: "Apply" }).click();
      await workbench.toast(/Applied \d+ safe fix/).waitFor();
      await eventually(() => {
        assert.match(readFileSync(join(server.workspace, "demand/mlops.yaml"), "utf8"), /^owner: ana\.ruiz@example\.org$/m);
      });
    },
  },
};
