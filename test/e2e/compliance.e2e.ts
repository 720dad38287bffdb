import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { commitOn, complianceFolder, signOffText, UNFILLED } from "../builders/complianceFolder";
import { findAccessibilityFaults } from "../harness/axe.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { eventually, narrowTo500, type E2eSuite } from "./suite";

const folder = complianceFolder();
process.once("exit", () => {
  folder.dispose();
});

/** What is documented of a model, with a click to each place. */
export const suite: E2eSuite = {
  workspace: folder.path,
  before: () => {
    const commit = folder.git("rev-parse", "HEAD").trim();
    folder.write({ ".mlops/signoffs/2026-11-13-launch-mia.yaml": signOffText(commit) });
    folder.git("add", ".");
    commitOn(folder, "2026-11-13T09:00:00Z", "Sign", "Mia Berg <mia@example.org>");
    const text = folder.read("mlops.yaml").replace('target: ">= 0.62"', 'target: ">= 0.60"');
    folder.write({ "mlops.yaml": text, "docs/a4-1.md": UNFILLED });
    folder.git("add", ".");
    commitOn(folder, "2026-11-14T09:00:00Z", "Lower the bar");
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "shows each item of the law with its place, and what changed since the last sign-off": async ({ workbench }) => {
      const page = await openPage(workbench);
      await page.getByText("2(d) Data sheets").waitFor();
      await page.getByText("from 2 Dec 2027").first().waitFor();
      await page.getByRole("heading", { name: "Changed since the last sign-off" }).waitFor();
      const change = page.getByRole("row", { name: /kpis\[0\]\.target/ });
      await change.getByText(">= 0.62").waitFor();
      await change.getByText(">= 0.60").waitFor();
      await page.getByText("Not legal advice", { exact: false }).first().waitFor();
      assert.doesNotMatch(await page.locator("body").innerText(), /\bcompliant\b/i);
      await workbench.screenshotInThemes("compliance");
      for (const theme of ["light", "hc", "dark"] as const) {
        await workbench.setTheme(theme);
        assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), [], theme);
      }
    },

    "opens the field behind an item by the keyboard alone, and shows a status alone": async ({ workbench }) => {
      const page = await openPage(workbench);
      const missing = page.getByRole("button", { name: /Missing/ });
      await missing.focus();
      await workbench.page.keyboard.press("Enter");
      await page.getByText("1(e) Hardware it is meant to run on").waitFor();
      await page.getByText("1(c) Versions of software").waitFor({ state: "hidden" });
      await workbench.screenshot("compliance-missing-dark");
      const place = page.getByRole("button", { name: "docs.annex_iv.general" }).first();
      await place.focus();
      await workbench.page.keyboard.press("Enter");
      await workbench.tab("mlops.yaml").waitFor();
      await eventually(async () => {
        assert.match(await workbench.page.locator(".statusbar").innerText(), /Ln 70\b/);
      });
    },

    "is narrow without losing anything, and comes back after a reload": async ({ workbench }) => {
      const page = await openPage(workbench);
      await page.getByText("2(d) Data sheets").waitFor();
      await workbench.reloadWindow();
      await workbench.webview().getByText("2(d) Data sheets").waitFor();
      await narrowTo500(workbench);
      await workbench.screenshot("compliance-narrow-dark");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
    },

    "is as new as the files: what a person fills in is documented at once": async ({ workbench, server }) => {
      const page = await openPage(workbench);
      const hardware = page.getByRole("listitem").filter({ hasText: "1(e) Hardware" });
      await hardware.getByText("Missing").waitFor();
      const file = join(server.workspace, "docs", "a4-1.md");
      writeFileSync(file, readFileSync(file, "utf8").replace("## Hardware\n\nTODO", "## Hardware\n\nAny machine with 4 GB of memory."));
      await hardware.getByText("Documented").waitFor();
    },
  },
};

async function openPage(workbench: Workbench): Promise<ReturnType<Workbench["webview"]>> {
  await workbench.runCommand("MLOps: Open Compliance Page");
  const page = workbench.webview();
  await page.getByRole("heading", { name: "Compliance of applicant-ranking" }).waitFor();
  return page;
}
