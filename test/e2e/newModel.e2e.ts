import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import type { Workbench } from "../harness/workbench.mjs";
import { answer, asked, offered, runByKeys } from "./newModelAnswers";
import { eventually, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-new-model-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const CREDIT = `version: 1
name: credit-model
purpose: Say how likely an applicant pays a loan back, for a clerk who decides.
stage: production
owner: ana.ruiz@example.org
risk: high
personal_data: yes
pipeline: ../dvc.yaml
review: {every: 6 months, next: 2099-05-10}
`;

/** Opens a file by keyboard. */
async function open(workbench: Workbench, path: string): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press("Control+P");
  await workbench.quickInput().fill(path);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: path.split("/").at(-1)?.split(":")[0] ?? "" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".monaco-editor.focused").first().waitFor();
}

export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    const files = {
      "dvc.yaml": "stages:\n  train:\n    cmd: python train.py\n",
      "data/train.csv": "id,churn\n1,0\n",
      "credit/mlops.yaml": CREDIT,
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const git = (...args: readonly string[]): unknown => execFileSync("git", args, { cwd: folder });
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=Ana Ruiz", "-c", "user.email=ana.ruiz@example.org", "commit", "-qm", "Start", "--allow-empty");
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "leaves nothing behind when somebody stops": async ({ workbench, server }) => {
      const before = readdirSync(server.workspace);
      await runByKeys(workbench, "MLOps: New Model…");
      await answer(workbench, "What is the model called?", "churn-model");
      await answer(workbench, "What is it for?", "Predict which customers may leave.");
      await asked(workbench, "Who answers for the model?");
      await workbench.page.keyboard.press("Escape");
      await workbench.quickInput().waitFor({ state: "hidden" });
      assert.deepEqual(readdirSync(server.workspace).toSorted(), before.toSorted());
    },

    "writes the first file of a model from plain questions, by keyboard, with a step back": async ({ workbench, server }) => {
      const { page } = workbench;
      rmSync(join(server.workspace, "mlops.yaml"), { force: true });
      await runByKeys(workbench, "MLOps: New Model…");
      await answer(workbench, "What is the model called?");
      await page.locator(".quick-input-widget", { hasText: "The model needs a name." }).waitFor();
      await answer(workbench, "What is the model called?", "churn-modell");
      await asked(workbench, "What is it for?");
      await page.keyboard.press("Control+Alt+Minus"); // Linux's key for going back.
      await asked(workbench, "What is the model called?");
      await page.keyboard.press("Control+A");
      await answer(workbench, "What is the model called?", "churn-model");
      await answer(workbench, "What is it for?", "Predict which customers may leave.");
      await asked(workbench, "Who answers for the model?");
      await offered(workbench, "Ana Ruiz <ana.ruiz@example.org>");
      await workbench.screenshot("new-model-owner-dark");
      await page.keyboard.press("Enter");
      await asked(workbench, "Does the data say anything about people");
      await page.keyboard.press("Enter");
      await asked(workbench, "Which risk class");
      await workbench.screenshot("new-model-risk-dark");
      await page.keyboard.press("Enter");
      await asked(workbench, "Which file says how it is made?");
      await offered(workbench, "dvc.yaml");
      await page.keyboard.press("Enter");
      await asked(workbench, "Which data is it trained with?");
      await offered(workbench, "data/train.csv");
      await page.keyboard.press("Enter");
      await answer(workbench, "By which figure is it judged?", "f1");
      await answer(workbench, "Which bound must f1 keep?", ">= 0.80");
      await answer(workbench, "Who is told when something goes wrong?", "ml-team@example.org");
      await answer(workbench, "How often does somebody look at it again?", "6 months");
      await workbench.tab("mlops.yaml").waitFor();
      const written: unknown = parse(readFileSync(join(server.workspace, "mlops.yaml"), "utf8"));
      assert.deepEqual(written, {
        version: 1,
        name: "churn-model",
        purpose: "Predict which customers may leave.",
        stage: "development",
        owner: "ana.ruiz@example.org",
        risk: "unsure",
        personal_data: "unsure",
        pipeline: "dvc.yaml",
        data: [{ path: "data/train.csv", use: "train" }],
        kpis: [{ name: "f1", target: ">= 0.80", data: "TODO" }],
        alert: "ml-team@example.org",
        review: { every: "6 months" },
      });
      // The first place that is still open is selected: typing replaces it.
      await page.locator(".monaco-editor.focused").first().waitFor();
      await page.keyboard.type("data/test.csv");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+S");
      await eventually(() => {
        assert.match(readFileSync(join(server.workspace, "mlops.yaml"), "utf8"), /data: data\/test\.csv/);
      });
      await workbench.screenshotInThemes("new-model-file");
    },

    "asks for another name where there is a file already, and overwrites none": async ({ workbench, server }) => {
      const before = "version: 1\nname: first\n";
      writeFileSync(join(server.workspace, "mlops.yaml"), before);
      await runByKeys(workbench, "MLOps: New Model…");
      await answer(workbench, "What is the model called?", "Demand");
      await answer(workbench, "There is an mlops.yaml here already");
      await answer(workbench, "What is it for?");
      await answer(workbench, "Who answers for the model?", "nobody");
      await workbench.quickPick("This is no e-mail address").waitFor();
      await workbench.page.keyboard.press("Control+A");
      await workbench.page.keyboard.press("Backspace");
      await answer(workbench, "Who answers for the model?", "later");
      await answer(workbench, "Does the data say anything about people", "no");
      await answer(workbench, "Which risk class", "minimal");
      await answer(workbench, "Which file says how it is made?", "none");
      await answer(workbench, "Which data is it trained with?", "later");
      await answer(workbench, "By which figure is it judged?");
      await answer(workbench, "Who is told when something goes wrong?", "later");
      await answer(workbench, "How often does somebody look at it again?", "later");
      await workbench.tab("demand.mlops.yaml").waitFor();
      assert.equal(readFileSync(join(server.workspace, "mlops.yaml"), "utf8"), before);
      const written = parse(readFileSync(join(server.workspace, "demand.mlops.yaml"), "utf8")) as Record<string, unknown>;
      assert.deepEqual([written["purpose"], written["owner"], written["risk"], written["alert"]], ["TODO", "TODO", "minimal", "TODO"]);
    },

    "sums up a file in a line above it, and leads from there": async ({ workbench }) => {
      const { page } = workbench;
      await open(workbench, "credit/mlops.yaml");
      const lens = page.locator(".contentWidgets .codelens-decoration").first();
      await lens.filter({ hasText: /production.*ana\.ruiz@example\.org.*error.*high-risk duties from 2 Dec 2027/s }).waitFor();
      await workbench.screenshotInThemes("config-lens");
      await lens.locator("a", { hasText: "error" }).click();
      await page.locator(".markers-panel").waitFor();
    },

    "completes blocks with places to fill in, and explains keys with article and date": async ({ workbench }) => {
      const { page } = workbench;
      await open(workbench, "credit/mlops.yaml:9");
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.keyboard.type("oversi");
      const suggestion = page.locator(".suggest-widget .monaco-list-row.focused", { hasText: "oversight" });
      // While a busy window still reads the file, VS Code asks nobody for suggestions; whoever misses them asks again.
      await eventually(async () => {
        if (!(await suggestion.isVisible())) {
          await page.keyboard.press("Control+Space");
          await suggestion.waitFor({ timeout: 5000 }).catch(() => undefined);
        }
        assert.ok(await suggestion.isVisible());
      });
      await workbench.screenshot("config-completion-dark");
      await page.keyboard.press("Enter");
      await page.locator(".view-line", { hasText: "two_persons:" }).waitFor();
      await page.keyboard.press("Escape");
      await page.locator(".view-line", { hasText: "oversight:" }).locator("span span").first().hover();
      const hover = page.locator(".monaco-hover:visible", { hasText: /AI Act Art\. 14.*2 Dec 2027/s }).first();
      await hover.waitFor();
      await workbench.screenshot("config-hover-dark");
    },

    "adds lint to GitHub Actions and to pre-commit hooks from a copy that runs": async ({ workbench, server }) => {
      const { page } = workbench;
      await runByKeys(workbench, "MLOps: Add Lint to GitHub Actions");
      await offered(workbench, "From a copy in this repository");
      await page.keyboard.press("Enter");
      await workbench.tab("mlops-lint.yml").waitFor();
      const cli = join(server.workspace, ".mlops", "mlops.cjs");
      await eventually(() => {
        assert.ok(existsSync(cli), "The command line was copied.");
      });
      const output = execFileSync(process.execPath, [cli, "lint", "--help"], { cwd: server.workspace, encoding: "utf8" });
      assert.match(output, /mlops lint/);
      await runByKeys(workbench, "MLOps: Add Lint as a Pre-commit Hook");
      await offered(workbench, "From a copy in this repository");
      await page.keyboard.press("Enter");
      await workbench.tab(".pre-commit-config.yaml").waitFor();
      assert.match(readFileSync(join(server.workspace, ".pre-commit-config.yaml"), "utf8"), /entry: node \.mlops\/mlops\.cjs lint\n/);
      await runByKeys(workbench, "MLOps: Add Lint as a Pre-commit Hook");
      await workbench.toast("The hook is in .pre-commit-config.yaml already").waitFor();
    },
  },
};
