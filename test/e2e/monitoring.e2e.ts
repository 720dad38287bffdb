import { strict as assert } from "node:assert";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { root } from "../../scripts/node.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { writeMonitored, writeResult } from "./monitoredFiles";
import { eventually, showView, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-monitoring-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const CHURN = "churn/.mlops/monitoring/churn-model";
const TIMED = "timed/.mlops/monitoring/timed-model";

/** Models at work, watched by the editor: checks by hand and by time, and where people see how they went. */
export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    writeMonitored(join(folder, "churn"), "churn-model");
    writeMonitored(join(folder, "timed"), "timed-model", "  checks: {every: 1 day}\n");
    writeMonitored(join(folder, "shop"), "shop-model", "model: {name: churn-classifier}\n");
    copyFileSync(join(root, "examples", "churn", "mlflow.db"), join(folder, "shop", "mlflow.db"));
    writeResult(join(folder, "shop"), "shop-model", "fail");
    for (let index = 0; index < 500; index++) {
      const name = `model-${String(index).padStart(3, "0")}`;
      const path = join(folder, "many", name);
      mkdirSync(path, { recursive: true });
      writeFileSync(
        join(path, "mlops.yaml"),
        `version: 1\nname: ${name}\nstage: production\nmonitoring: {reference: a.csv, live: b.csv, window: {by: week}}\n`,
      );
      writeResult(path, name, index === 321 ? "fail" : "ok");
    }
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "checks what is due without anybody asking": async ({ server }) => {
      await eventually(() => assert.equal(resultsIn(join(server.workspace, TIMED)).length, 1));
      assert.equal(existsSync(join(server.workspace, CHURN)), false);
    },

    "lists the worst of five hundred models first, and finds one by its name": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const view = workbench.view("Monitoring");
      await workbench.row("model-321", view).waitFor();
      await eventually(async () => {
        const [first, second] = await workbench.rowTexts(view);
        assert.match(`${first ?? ""} ${second ?? ""}`, /model-321.*fails/);
      });
      await workbench.runCommand("MLOps: Filter Models…");
      await workbench.quickInput().fill("model-499");
      await workbench.quickPick("Names and verdicts with").waitFor();
      await workbench.page.keyboard.press("Enter");
      await eventually(async () => {
        const texts = await workbench.rowTexts(view);
        assert.equal(texts.length, 1);
        assert.match(texts[0] ?? "", /^model-499.*is well/);
      });
      await workbench.runCommand("MLOps: Clear Filter of Models");
      await workbench.row("model-321", view).waitFor();
    },

    "shows beside a model, and the version at work, that something is wrong": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const models = workbench.view("Models");
      const model = workbench.row(/churn-classifier.*fails/, models);
      await model.waitFor();
      await workbench.expand(model);
      await workbench.row(/Version \d+.*fails.*@champion/, models).waitFor();
      await workbench.screenshot("monitoring-models");
      await workbench.chooseFromMenu(model, "Show Drift");
      await workbench.tab("Drift: shop-model").waitFor();
    },

    "checks a model now, keeps the result, and shows it wherever people look": async ({ workbench, server }) => {
      await workbench.openSidebar("MLOps");
      const view = workbench.view("Monitoring");
      await openConfig(workbench);
      await workbench.runCommand("MLOps: Check Drift and KPIs Now");
      await workbench.toast(/churn-model fails/).waitFor();
      const [file, ...others] = resultsIn(join(server.workspace, CHURN));
      assert.deepEqual(others, []);
      const result = JSON.parse(readFileSync(join(server.workspace, CHURN, file ?? ""), "utf8")) as { status: string; product: string };
      assert.deepEqual([result.product, result.status], ["churn-model", "fail"]);
      await workbench.row(/churn-model.*fails/, view).waitFor();
      await workbench.page
        .locator(".statusbar-item", { hasText: /models/ })
        .first()
        .waitFor();
      await workbench.page.locator(".codelens-decoration", { hasText: "Show drift" }).first().waitFor();
      await workbench.screenshot("monitoring-checked");
      await workbench
        .toast(/churn-model fails/)
        .getByRole("button", { name: "Show Drift" })
        .click();
      await workbench.tab("Drift: churn-model").waitFor();
      await workbench
        .webview()
        .getByRole("row", { name: /^minutes\b/ })
        .waitFor();
      await workbench
        .webview()
        .getByRole("tab", { name: /Over Time/ })
        .click();
      await workbench.webview().getByText("accuracy").first().waitFor();
      await workbench.webview().locator("canvas").nth(1).waitFor();
      await workbench.screenshot("monitoring-drift");
    },

    "opens the column that a line of the overview is about": async ({ workbench }) => {
      await showView(workbench, "Monitoring");
      const view = workbench.view("Monitoring");
      await workbench.expand(workbench.row("timed-model", view));
      await workbench.row("minutes", view).click();
      await workbench.tab("Drift: timed-model").waitFor();
      await workbench
        .webview()
        .getByRole("complementary", { name: /minutes/ })
        .waitFor();
      await workbench.screenshotInThemes("monitoring-column");
    },

    "adds monitoring to a model that has none, and shows a workflow before it writes it": async ({ workbench, server }) => {
      const config = join(server.workspace, "new", "mlops.yaml");
      mkdirSync(dirname(config), { recursive: true });
      writeFileSync(config, "version: 1\nname: new-model\nstage: production\n");
      await workbench.page.keyboard.press("Control+P");
      await workbench.quickInput().fill("new/mlops.yaml");
      await workbench.quickPick("mlops.yaml").click();
      await workbench.tab("mlops.yaml").waitFor();
      await workbench.runCommand("MLOps: Add Monitoring to a Model…");
      await workbench.page.locator(".view-line", { hasText: "reference:" }).first().waitFor();
      await workbench.runCommand("MLOps: Add Monitoring Workflow…");
      await workbench.quickPick("From a copy in this repository").click();
      const workflow = join(server.workspace, ".github", "workflows", "mlops-monitoring.yml");
      const question = workbench.toast("as it is shown");
      await question.waitFor();
      await workbench.page.locator(".monaco-diff-editor .view-line", { hasText: "mlops monitoring" }).first().waitFor();
      assert.equal(existsSync(workflow), false);
      await workbench.screenshot("monitoring-workflow-preview");
      await question.getByRole("button", { name: "Write File" }).click();
      await eventually(() => assert.match(existsSync(workflow) ? readFileSync(workflow, "utf8") : "", /mlops monitoring/));
    },
  },
};

async function openConfig(workbench: Workbench): Promise<void> {
  await workbench.page.keyboard.press("Control+P");
  await workbench.quickInput().fill("churn/mlops.yaml");
  await workbench.quickPick("mlops.yaml").click();
  await workbench.tab("mlops.yaml").waitFor();
}

function resultsIn(path: string): readonly string[] {
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(".json")) : [];
}
