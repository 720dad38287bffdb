import { fixture, type E2eSuite } from "./suite";

/** An editor whose Node has no SQLite: a database says so in words, and a folder store beside it is read as ever. */
export const suite: E2eSuite = {
  workspace: { database: fixture("mlflow/v3-sqlite"), folder: fixture("mlflow/v3-file") },
  nodeArgs: ["--no-experimental-sqlite"],
  tests: {
    "tells what is missing and still shows the other store": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.row(/SQLite/, experiments).waitFor();
      await workbench.row("vision", experiments).waitFor();
      await workbench.screenshot("missing-sqlite");
    },
  },
};
