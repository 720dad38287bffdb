import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { showView, type E2eSuite } from "./suite";
import { started, writeTrained } from "./trainedFiles";

const folder = mkdtempSync(join(tmpdir(), "mlops-training-untrusted-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const REFUSED = "Nothing is trained or ended in a folder that you do not trust.";

/** A folder that nobody trusted: data can be checked, and nothing is planned, trained or signed in to. */
export const suite: E2eSuite = {
  workspace: folder,
  trust: false,
  settings: { "security.workspace.trust.startupPrompt": "never" },
  before: () => {
    writeTrained(folder, "shy-model", { seconds: 1, data: ", expect: {columns: {amount: {type: number, max: 15}}}" });
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "trains nothing, says so, and plans once the folder is trusted": async ({ workbench, server }) => {
      const { page } = workbench;
      await workbench.openSidebar("MLOps");
      for (const command of ["MLOps: Retrain…", "MLOps: Retrain with the Same Values…", "MLOps: Set Login for Training Engine…"]) {
        await workbench.runCommand(command);
        await workbench.toast(REFUSED).waitFor();
        await workbench.runCommand("Notifications: Clear All Notifications");
        await workbench.toast(REFUSED).waitFor({ state: "detached" });
      }
      await workbench.runCommand("MLOps: Retrain…");
      await workbench.toast(REFUSED).getByText("Workspaces: Manage Workspace Trust").waitFor();
      await workbench.screenshot("training-restricted-dark");
      await workbench.runCommand("Notifications: Clear All Notifications");

      await workbench.runCommand("MLOps: Check Data…");
      await workbench.toast(/shy-model: .*of the data fails?\./).waitFor();
      assert.deepEqual(started(server.workspace, "shy-model"), []);
      assert.equal(existsSync(join(server.workspace, "shy-model", ".mlops")), false);

      await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).click();
      await page.getByRole("button", { name: "Trust", exact: true }).first().click();
      await page.getByText("You trust this folder").waitFor();
      await page.keyboard.press("Escape");
      await workbench.runCommand("MLOps: Retrain…"); // The only product, so that nobody is asked which.
      const shown = workbench.webview();
      await shown.getByText("Cannot start", { exact: false }).first().waitFor();
      await showView(workbench, "Training");
      await workbench.view("Training").getByText("Nothing was trained from here yet.").waitFor();
      assert.deepEqual(started(server.workspace, "shy-model"), []);
    },
  },
};
