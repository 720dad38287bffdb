import { strict as assert } from "node:assert";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../scripts/node.mjs";
import { openBoosting } from "./openBoosting";
import { eventually, type E2eSuite } from "./suite";

/** The journeys of a data scientist on the sample: three stores of different kinds side by side. */
export const suite: E2eSuite = {
  workspace: join(root, "examples"),
  tests: {
    "leads from a model to the run and commit of its version": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const models = workbench.view("Models");
      await workbench.giveHeightTo("Models"); // Only rows in sight exist.
      await workbench.expand(workbench.row("churn-classifier", models));
      await workbench.row(/Version 4.*@champion/, models).waitFor();
      await workbench.expand(workbench.row("Version 4", models));
      await workbench.row("Commit", models).waitFor();
      await workbench.row(/churn-train/, models).waitFor();
    },

    "searches in MLflow's language with completion, and clears the search": async ({ workbench }) => {
      const experiments = await openBoosting(workbench);
      await workbench.runCommand("MLOps: Search Runs…");
      await workbench.quickInput().fill("metrics.val");
      await workbench.quickPick("metrics.val_auc").waitFor();
      await workbench.quickInput().fill("metrics.val_auc > ");
      await workbench.quickPick("Not complete yet").waitFor();
      await workbench.quickInput().fill("attributes.status = 'FAILED'");
      await workbench.quickPick("Search").waitFor();
      await workbench.page.keyboard.press("Enter");
      await eventually(async () => {
        assert.equal(await workbench.row("monthly retraining", experiments).count(), 0);
      });
      await workbench.row("inquisitive-owl-318", experiments).waitFor();
      await workbench.screenshot("search");
      await workbench.runCommand("MLOps: Clear Search");
      await workbench.row("monthly retraining", experiments).waitFor();
    },

    "sorts by a metric": async ({ workbench }) => {
      const experiments = await openBoosting(workbench);
      const first = async (): Promise<string> => (await workbench.rowTexts(experiments)).find((text) => text.includes("val_auc")) ?? "";
      const before = await first();
      await workbench.runCommand("MLOps: Sort Runs…");
      await workbench.quickInput().fill("val_auc, highest");
      await workbench.quickPick("val_auc, highest first").waitFor();
      await workbench.page.keyboard.press("Enter");
      await eventually(async () => {
        assert.notEqual(await first(), before);
      });
      const values = (await workbench.rowTexts(experiments)).flatMap((text) => /val_auc ([\d.]+)/.exec(text)?.[1] ?? []).map(Number);
      assert.deepEqual(
        values,
        [...values].sort((a, b) => b - a),
      );
    },

    "stars a run, keeps it over a reload, and reveals it from its page": async ({ workbench }) => {
      const experiments = await openBoosting(workbench);
      await workbench.chooseFromMenu(workbench.row("first release", experiments), "Add to Favourites");
      await workbench.row("Favourites", experiments).waitFor();
      // VS Code in a browser writes what it remembers every five seconds only, and not when its page goes.
      await workbench.page.waitForTimeout(6000);
      await workbench.reload();
      await workbench.row("Favourites", experiments).waitFor();
      await workbench.row("first release", experiments).click();
      const page = workbench.webview();
      await page.getByRole("button", { name: "Reveal in tree" }).click();
      await experiments.locator('[role="treeitem"][aria-selected="true"]', { hasText: "first release" }).waitFor();
    },

    // The picture of the README: copy out/shots/overview-light.png to docs/images/overview.png when a view has changed.
    "shows models, experiments and a run side by side": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      const models = workbench.view("Models");
      await workbench.expand(workbench.row("churn-classifier", models));
      await workbench.row(/Version 4.*@champion/, models).waitFor();
      await workbench.expand(workbench.row(/^churn\/$/, experiments));
      await workbench.expand(workbench.row("boosting", experiments));
      await workbench.row("monthly retraining 2026-10", experiments).click();
      await workbench.webview().getByRole("heading", { name: "Curves" }).waitFor();
      await workbench.webview().locator("canvas").first().waitFor();
      await workbench.screenshotInThemes("overview");
    },

    "opens an artifact read-only": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      await workbench.giveHeightTo("Models");
      const models = workbench.view("Models");
      await workbench.expand(workbench.row("churn-classifier", models));
      await workbench.expand(workbench.row("Version 4", models));
      await workbench.expand(workbench.row("Artifacts", models));
      await workbench.row("MLmodel", models).click();
      await workbench.tab("MLmodel").waitFor();
      await workbench.page.locator(".view-line", { hasText: "flavors" }).first().waitFor();
    },

    "shows a run that a training writes while the tree is open": async ({ workbench, server }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.giveHeightTo("Experiments");
      const store = join(server.workspace, "demand", "mlruns");
      writeRun(store, "0", "a".repeat(32), "live from the test");
      const all = experiments.locator('[role="treeitem"][aria-level="2"]', { hasText: "Default" });
      await all.last().click();
      await workbench.row("live from the test", experiments).waitFor();
      writeRun(store, "0", "b".repeat(32), "a second one");
      await workbench.row("a second one", experiments).waitFor();
    },
  },
};

/** Writes a run as MLflow's file store does. */
function writeRun(store: string, experiment: string, runId: string, name: string): void {
  const folder = join(store, experiment, runId);
  mkdirSync(join(folder, "tags"), { recursive: true });
  writeFileSync(join(folder, "tags", "mlflow.runName"), name);
  const now = Date.now();
  writeFileSync(
    join(folder, "meta.yaml"),
    `artifact_uri: ${folder}/artifacts\nend_time: null\nentry_point_name: ''\nexperiment_id: '${experiment}'\nlifecycle_stage: active\n` +
      `run_id: ${runId}\nrun_name: ${name}\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: ${now}\nstatus: 1\ntags: []\nuser_id: test\n`,
  );
}
