import { strict as assert } from "node:assert";

import { findAccessibilityFaults } from "../harness/axe.mjs";
import { fixture, type E2eSuite } from "./suite";

/** The web pages, as they stand in the editor area. */
export const suite: E2eSuite = {
  workspace: fixture("mlflow/v3-sqlite"),
  tests: {
    "the runs table shows runs and has no accessibility fault": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.expand(workbench.row("vision", experiments));
      await workbench.chooseFromMenu(workbench.row("resnet.50", experiments), "Open Runs Table");
      await workbench.webview().getByText("resnet-11", { exact: true }).first().waitFor();
      await workbench.screenshotInThemes("runs-table");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
    },

    "a run's page shows its metrics and has no accessibility fault": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.expand(workbench.row("vision", experiments));
      await workbench.expand(workbench.row("resnet.50", experiments));
      await workbench.chooseFromMenu(workbench.row("resnet-11", experiments), "Open Run");
      await workbench.webview().getByRole("heading", { name: "resnet-11" }).first().waitFor();
      await workbench.screenshotInThemes("run-page");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
    },
  },
};
