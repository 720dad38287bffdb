import { strict as assert } from "node:assert";
import { join } from "node:path";

import { root } from "../../scripts/node.mjs";
import { openBoosting } from "./openBoosting";
import type { E2eSuite } from "./suite";

/** The sample workspace, as `npm start` opens it: the churn model's data drifted over twelve weeks, and outcomes came later. */
export const suite: E2eSuite = {
  workspace: join(root, "examples"),
  tests: {
    "shows what moved under the sample's model at work, and when its KPI fell": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const model = workbench.row("churn-classifier", workbench.view("Monitoring"));
      await model.waitFor();
      await workbench.chooseFromMenu(model, "Show Drift");
      await workbench.tab("Drift: churn-classifier").waitFor();
      const page = workbench.webview();
      // The page judges the window that the check judges.
      await page.getByText(/240 of 2,880 rows, 2026-11-09 to 2026-11-15/).waitFor();
      await page.getByRole("row", { name: /^total_day_minutes\b/ }).click();
      await page.getByRole("complementary").locator("canvas").nth(1).waitFor();
      await workbench.toast(/churn-classifier fails/).waitFor();
      await workbench.runCommand("Notifications: Clear All Notifications");
      await workbench.screenshot("drift-sample");
      await page.getByRole("tab", { name: /Over Time/ }).click();
      await page.getByText("f1", { exact: true }).first().waitFor();
      await page.locator("canvas").nth(1).waitFor();
      await workbench.screenshot("drift-sample-over-time");
    },

    "says on the run that made the version at work how that is": async ({ workbench }) => {
      const experiments = await openBoosting(workbench);
      await workbench.row("monthly retraining 2026-10", experiments).hover();
      const card = workbench.page.locator(".workbench-hover", { hasText: "Show drift" });
      await card.waitFor();
      const said = (await card.textContent()) ?? "";
      assert.match(said, /misses\sthe\starget/);
      await workbench.screenshot("drift-run-card");
      // The version that waits for its turn was never at work, so that nothing is said of it.
      await workbench.row("monthly retraining 2026-11", experiments).hover();
      const other = workbench.page.locator(".workbench-hover", { hasText: "monthly retraining 2026-11" });
      await other.waitFor();
      assert.doesNotMatch((await other.textContent()) ?? "", /Show drift|misses\s/);
    },
  },
};
