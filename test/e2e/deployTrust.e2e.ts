import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { commandTarget, registerVersions, RELEASE_SCRIPT, ReleaseServer } from "./releasedFiles";
import { showView, type E2eSuite } from "./suite";

const server = new ReleaseServer();
await server.start();
server.versions.set("shy", "13");

const folder = mkdtempSync(join(tmpdir(), "mlops-deploy-untrusted-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const REFUSED = "Nothing is deployed from a folder that you do not trust.";

/** A folder that nobody trusted: no target is asked, and nothing is deployed, taken back or reviewed. */
export const suite: E2eSuite = {
  workspace: folder,
  trust: false,
  settings: { "security.workspace.trust.startupPrompt": "never" },
  before: () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "release.mjs"), RELEASE_SCRIPT);
    registerVersions(folder, "shy", { 13: 0.81, 14: 0.86 });
    writeFileSync(
      join(folder, "mlops.yaml"),
      `version: 1
name: shy
purpose: Try that nothing is released from a folder that nobody trusts.
owner: ana@example.org
tracking: {uri: mlruns, experiment: shy}
model: {registry: mlflow, name: shy, version: "14"}
deploy: {gate: warn, targets: {staging: ${commandTarget(server.address, "shy", "release.mjs")}}}
`,
    );
    return Promise.resolve(() => server.stop());
  },
  tests: {
    "deploys nothing, asks no target, and says so": async ({ workbench, server: editor }) => {
      await workbench.openSidebar("MLOps");
      for (const command of ["MLOps: Deploy…", "MLOps: Roll Back…", "MLOps: Approve Waiting Deployment…", "MLOps: Stop Serving…"]) {
        await workbench.runCommand(command);
        await workbench.toast(REFUSED).waitFor();
        await workbench.runCommand("Notifications: Clear All Notifications");
        await workbench.toast(REFUSED).waitFor({ state: "detached" });
      }
      await showView(workbench, "Deployments");
      await workbench.row(/shy · staging.*not known/, workbench.view("Deployments")).waitFor();
      await workbench.screenshot("deploy-restricted-dark");
      assert.equal(server.versions.get("shy"), "13");
      assert.equal(server.asked, 0);
      assert.equal(existsSync(join(editor.workspace, ".mlops")), false);
    },
  },
};
