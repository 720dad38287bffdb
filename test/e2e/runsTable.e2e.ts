import { strict as assert } from "node:assert";

import type { Workbench } from "../harness/workbench.mjs";
import { eventually, fixture, type E2eSuite } from "./suite";

/** The runs table by mouse and keyboard, as a person works with it. */
export const suite: E2eSuite = {
  workspace: fixture("mlflow/v3-sqlite"),
  tests: {
    "the keyboard alone sorts, selects and opens a run": async ({ workbench }) => {
      await openTable(workbench);
      const page = workbench.webview();
      await page.getByRole("gridcell", { name: "resnet-11", exact: true }).click();
      await workbench.page.keyboard.press("Control+Home");
      await workbench.page.keyboard.press("Space");
      await workbench.page.keyboard.press("Shift+ArrowDown");
      await page.getByText("3 selected").waitFor();
      await workbench.page.keyboard.press("ArrowUp");
      await workbench.page.keyboard.press("ArrowUp");
      await workbench.page.keyboard.press("ArrowRight");
      await workbench.page.keyboard.press("Enter");
      await page.locator('[role="columnheader"][aria-sort="ascending"]', { hasText: "Run" }).waitFor();
      const first = await page.locator('[role="row"][aria-rowindex="2"] [role="gridcell"]').nth(1).textContent();
      await workbench.page.keyboard.press("ArrowDown");
      await workbench.page.keyboard.press("Enter");
      await workbench.tab(first?.trim() ?? "").waitFor();
    },

    "a filter and the layout come back after the window was reloaded": async ({ workbench }) => {
      await openTable(workbench);
      const page = workbench.webview();
      await page.getByRole("combobox").fill("resnet-11");
      await page.getByText(/^Showing 1 of/).waitFor();
      await page.getByRole("button", { name: "Nested" }).click();
      await page.locator('button[aria-pressed="true"]', { hasText: "Nested" }).waitFor();
      await workbench.reloadWindow();
      await workbench
        .webview()
        .getByText(/^Showing 1 of/)
        .waitFor();
      await workbench.webview().locator('button[aria-pressed="true"]', { hasText: "Nested" }).waitFor();
    },

    "a filter that is not MLflow's language is explained and keeps the rows": async ({ workbench }) => {
      await openTable(workbench);
      const page = workbench.webview();
      await page.getByRole("combobox").fill("metrics.");
      await page.getByRole("option").first().waitFor();
      await page.getByRole("combobox").press("Escape");
      await page.getByRole("alert").waitFor();
      await eventually(async () => assert.ok((await page.getByRole("row").count()) > 2));
    },
  },
};

async function openTable(workbench: Workbench): Promise<void> {
  await workbench.openSidebar("MLOps");
  const experiments = workbench.view("Experiments");
  await workbench.expand(workbench.row("vision", experiments));
  await workbench.chooseFromMenu(workbench.row("resnet.50", experiments), "Open Runs Table");
  await workbench.webview().getByText("resnet-11", { exact: true }).first().waitFor();
}
