import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findAccessibilityFaults } from "../harness/axe.mjs";
import { eventually, narrowTo500, showView, type E2eSuite } from "./suite";
import { plan, started, writeTrained } from "./trainedFiles";

const folder = mkdtempSync(join(tmpdir(), "mlops-retrain-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

/** Trainings in the editor: seen before they start, followed, ended, and never lost. */
export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    writeTrained(folder, "quick-model", { seconds: 2 });
    writeTrained(folder, "slow-model", { seconds: 600 });
    writeTrained(folder, "long-model", { seconds: 25 });
    writeTrained(folder, "bad-model", { seconds: 1, data: ", expect: {columns: {amount: {type: number, max: 15}}}" });
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "shows a plan, trains, finds the run, and refuses to train the same again": async ({ workbench, server }) => {
      const page = await plan(workbench, "quick-model");
      await page.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await page.getByRole("region", { name: "Command" }).getByText("--lr=0.1").waitFor();
      await page.getByRole("rowheader", { name: "data.csv" }).first().waitFor();
      await workbench.screenshotInThemes("retrain-plan");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);

      await page.getByLabel("lr", { exact: true }).fill("fast");
      await page.getByText("Cannot start", { exact: false }).first().waitFor();
      assert.equal(await page.getByRole("button", { name: "Start training" }).getAttribute("aria-disabled"), "true");
      await page.getByLabel("lr", { exact: true }).fill("0.2");
      await page.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await page.getByRole("button", { name: "Start training" }).click();
      await page.getByRole("heading", { name: "Training of quick-model" }).waitFor();
      await page.getByRole("heading", { name: "Succeeded" }).waitFor();
      await page.getByRole("heading", { name: "What came of it" }).waitFor();
      await page.getByRole("cell", { name: "0.91" }).waitFor();
      await workbench.screenshotInThemes("retrain-outcome");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      await page.getByRole("button", { name: "by-hand" }).click();
      await workbench.tab("by-hand").waitFor();
      assert.deepEqual(started(server.workspace, "quick-model"), [["--lr=0.2", "--seconds=2"]]);

      await showView(workbench, "Training");
      await workbench.row(/quick-model.*succeeded/i, workbench.view("Training")).waitFor();
      await workbench.screenshot("retrain-jobs-dark");

      const again = await plan(workbench, "quick-model");
      await again.getByLabel("lr", { exact: true }).fill("0.2");
      await again.getByRole("heading", { name: "Nothing changed" }).waitFor();
      await again.getByRole("button", { name: "Use that run" }).waitFor();
      assert.equal(await again.getByRole("button", { name: "Start training" }).getAttribute("aria-disabled"), "true");
      await workbench.screenshotInThemes("retrain-redundant");
      await again.getByLabel("Train again all the same, because").fill("To see how much results vary");
      await again.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await again.getByRole("button", { name: "Start training" }).click();
      await again.getByRole("heading", { name: "Succeeded" }).waitFor();
      assert.equal(started(server.workspace, "quick-model").length, 2);
    },

    "goes on while the window is loaded anew, and shows the training again": async ({ workbench, server }) => {
      const page = await plan(workbench, "long-model");
      await page.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await page.getByRole("button", { name: "Start training" }).click();
      await page.getByRole("heading", { name: "Running" }).waitFor();
      await page
        .getByText(/epoch [12]\/10/)
        .first()
        .waitFor();
      await workbench.screenshot("retrain-job-dark");
      await workbench.reloadWindow();
      const back = workbench.webview();
      await back.getByRole("heading", { name: "Training of long-model" }).waitFor();
      await workbench.screenshot("retrain-job-reloaded-dark");
      await back.getByRole("heading", { name: "Succeeded" }).waitFor({ timeout: 60_000 });
      await back.getByRole("cell", { name: "0.91" }).waitFor();
      assert.equal(started(server.workspace, "long-model").length, 1);
    },

    "ends a training when somebody asks for it": async ({ workbench, server }) => {
      const page = await plan(workbench, "slow-model");
      await page.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await page.getByRole("button", { name: "Start training" }).click();
      await page.getByRole("heading", { name: "Running" }).waitFor();
      await eventually(() => assert.equal(started(server.workspace, "slow-model").length, 1));
      await showView(workbench, "Training");
      const row = workbench.row(/slow-model.*running/i, workbench.view("Training"));
      await row.waitFor();
      await page.getByRole("button", { name: "Cancel training" }).click();
      await workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: "Cancel the Training" }).click();
      await page.getByRole("heading", { name: "Cancelled", exact: true }).waitFor();
      await workbench.row(/slow-model.*Cancelled ·/, workbench.view("Training")).waitFor();
      const [id = ""] = readdirSync(join(server.workspace, "slow-model", ".mlops", "jobs")).filter((name) => name.startsWith("slow"));
      const job = join(server.workspace, "slow-model", ".mlops", "jobs", id, "job.json");
      await eventually(() => assert.match(readFileSync(job, "utf8"), /"state": ?"cancelled"/));
    },

    "starts nothing with data that break what is expected of them": async ({ workbench, server }) => {
      const page = await plan(workbench, "bad-model");
      await page.getByText("Cannot start", { exact: false }).first().waitFor();
      await page.getByRole("heading", { name: "Data check" }).waitFor();
      await page
        .getByText(/amount/)
        .first()
        .waitFor();
      await workbench.screenshot("retrain-data-dark");
      await narrowTo500(workbench);
      await workbench.screenshot("retrain-narrow-dark");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      assert.equal(existsSync(join(server.workspace, "bad-model", ".mlops", "jobs")), false);
    },
  },
};
