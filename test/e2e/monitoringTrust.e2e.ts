import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeMonitored } from "./monitoredFiles";
import type { E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-monitoring-untrusted-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

/** A folder that nobody trusted: its data can be read and judged, and nothing is written or checked by itself. */
export const suite: E2eSuite = {
  workspace: folder,
  trust: false,
  before: () => {
    writeMonitored(join(folder, "churn"), "churn-model", "  checks: {every: 1 day}\n");
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "judges a model when it is asked to, and keeps nothing": async ({ workbench, server }) => {
      await workbench.page.keyboard.press("Escape"); // The question whether to trust, if it is shown.
      await workbench.openSidebar("MLOps");
      const view = workbench.view("Monitoring");
      await workbench.row(/churn-model.*never checked/, view).waitFor();
      await workbench.runCommand("MLOps: Check Drift and KPIs Now");
      await workbench.row(/churn-model.*fails.*not kept/, view).waitFor();
      assert.equal(existsSync(join(server.workspace, "churn", ".mlops")), false);
      await workbench.runCommand("MLOps: Show Drift");
      await workbench.tab("Drift: churn-model").waitFor();
      await workbench
        .webview()
        .getByRole("row", { name: /^minutes\b/ })
        .waitFor();
      await workbench.screenshot("monitoring-restricted");
    },
  },
};
