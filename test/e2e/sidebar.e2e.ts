import { strict as assert } from "node:assert";

import { eventually, fixture, type E2eSuite } from "./suite";

/** The sidebar on a folder with a database that MLflow 3 wrote. */
export const suite: E2eSuite = {
  workspace: fixture("mlflow/v3-sqlite"),
  tests: {
    "shows the experiments as a hierarchy": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.row("vision", experiments).waitFor();
      await workbench.expand(workbench.row("vision", experiments));
      await workbench.row("resnet.50", experiments).waitFor();
      await workbench.screenshotInThemes("sidebar");
    },

    "shows runs below their experiment": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.expand(workbench.row("vision", experiments));
      await workbench.expand(workbench.row("resnet.50", experiments));
      await workbench.row("resnet-11", experiments).waitFor();
    },

    "shows a name that looks like markup as text": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      await workbench.row('🚀 launch <script>alert("x")</script>', workbench.view("Experiments")).waitFor();
    },

    "shows registered models": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      await eventually(async () => {
        assert.notEqual((await workbench.rowTexts(workbench.view("Models"))).length, 0);
      });
    },
  },
};
