import { strict as assert } from "node:assert";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { PRODUCT, SignOffRepository } from "../builders/signOffRepository";
import { findAccessibilityFaults } from "../harness/axe.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { eventually, fixture, narrowTo500, type E2eSuite } from "./suite";

const repository = new SignOffRepository();
process.once("exit", () => repository.dispose());

const DAY_MS = 86_400_000;
const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** A product whose runs lie in the recorded store; nobody answers for the second one. */
const CHURN = PRODUCT.replace("stage: staging", "stage: production").replace(
  'model: {name: churn, version: "14"',
  'model: {name: churn-clf, version: "2"',
);
const NO_OWNER = PRODUCT.replaceAll("churn", "orphan").replace(/^roles:.*$/m, "roles: {compliance: ines@example.org}");
const PRICES = "version: 1\nprices:\n  currency: EUR\n  instances: {gpu-a10: 1.30}\n";

type Page = ReturnType<Workbench["webview"]>;

/** All products on one page. Whoever works here is Mia, whom two launches wait for. */
export const suite: E2eSuite = {
  workspace: repository.path,
  before: () => {
    repository.write(".mlops/policy.yaml", PRICES);
    repository.write(
      "churn/mlops.yaml",
      `${CHURN}tracking: [{uri: mlflow.db, experiment: vision/resnet.50}]\ntrain: {resources: {instance: gpu-a10}}\ncost: {budget: 500 EUR/month}\nkpis: [{name: acc, target: ">= 0.8"}]\n`,
    );
    repository.write("orphan/mlops.yaml", NO_OWNER);
    repository.write("waiting/mlops.yaml", PRODUCT.replaceAll("churn", "waiting-model"));
    cpSync(join(fixture("mlflow/v3-sqlite"), "mlflow.db"), join(repository.path, "churn", "mlflow.db"));
    repository.write(".gitignore", "*.db\n");
    repository.commitAs("ana@example.org", { day: day(-9) });
    repository.git("config", "user.name", "Mia Berg");
    repository.git("config", "user.email", "mia@example.org");
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "shows all products with a light and a reason for each challenge, in all themes": async ({ workbench }) => {
      const page = await openOverview(workbench);
      for (const name of ["churn", "orphan", "waiting-model", "demand.forecast"]) {
        await rowOf(page, name).waitFor();
      }
      // The registry alone knows this one.
      await rowOf(page, "demand.forecast").getByText("Describe it in an mlops.yaml").waitFor();
      assert.doesNotMatch(await page.locator("body").innerText(), /NaN|Infinity|undefined|\bcompliant\b/);
      await workbench.screenshotInThemes("overview");
      for (const theme of ["light", "hc", "dark"] as const) {
        await workbench.setTheme(theme);
        assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), [], theme);
      }
    },

    "counts what waits for whoever works here once, on the icon and in the status bar, and leads there": async ({ workbench }) => {
      const item = workbench.page.locator(".statusbar-item", { hasText: /\d+ for you/ }).first();
      await item.waitFor();
      await openOverview(workbench); // Whatever only the overview knows is counted by now.
      await eventually(async () => {
        const told = /(\d+) for you/.exec(await item.innerText())?.[1];
        const badge = await workbench.page.locator('.part.activitybar .action-item:has(a[aria-label^="MLOps"]) .badge-content').innerText();
        assert.equal(badge, told);
        assert.ok(Number(told) >= 2, told);
      });
      await workbench.runCommand("View: Close All Editors");
      await item.click();
      await rowOf(workbench.webview(), "waiting-model").waitFor();
    },

    "does what is next by one click, and by keyboard alone": async ({ workbench }) => {
      const page = await openOverview(workbench);
      await page.getByRole("searchbox").fill("orphan");
      await rowOf(page, "waiting-model").waitFor({ state: "hidden" });
      await workbench.page.keyboard.press("ArrowDown");
      await workbench.page.keyboard.press("Home");
      await workbench.page.keyboard.press("Enter");
      const details = page.getByRole("complementary", { name: "Details of orphan" });
      await details.waitFor();
      await workbench.screenshot("overview-details-dark");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      await workbench.page.keyboard.press("Escape");
      await details.waitFor({ state: "hidden" });
      // From the name to what is next.
      await workbench.page.keyboard.press("ArrowRight");
      await workbench.page.keyboard.press("Enter");
      await workbench.tab("mlops.yaml").waitFor();
      // At the finding, where its fixes are; nothing is changed before somebody chooses one.
      await eventually(async () => {
        assert.match(await workbench.page.locator(".statusbar").innerText(), /Ln 2, Col 1\b/);
      });
      await workbench.screenshot("overview-fix-dark");
      await workbench.page.locator('.tab.dirty:has-text("mlops.yaml")').waitFor({ state: "detached" });
    },

    "groups by team and stage, and says what costs, waste, effort and stack are": async ({ workbench }) => {
      const page = await openOverview(workbench);
      await page.getByLabel("Group by").selectOption("stage");
      await page
        .getByRole("row", { name: /^Run|^Build|^Design/ })
        .first()
        .waitFor();
      await workbench.screenshot("overview-groups-dark");
      for (const tab of ["Cost", "Waste", "Effort", "Stack"]) {
        await page.getByRole("tab", { name: tab }).click();
        await page.getByRole("tabpanel", { name: tab }).locator("table, p").first().waitFor();
        await workbench.screenshotInThemes(`overview-${tab.toLowerCase()}`);
        assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), [], tab);
      }
      await page.getByRole("tab", { name: "Cost" }).click();
      await page.getByRole("combobox", { name: "Month" }).selectOption("all");
      await page.getByRole("region", { name: "Cost by product" }).getByRole("row", { name: /churn/ }).getByText("€").first().waitFor();
    },

    "says what a run cost on its page and beside another one, with the price of a gain": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.giveHeightTo("Experiments");
      await workbench.expand(workbench.row("vision", experiments));
      await workbench.expand(workbench.row("resnet.50", experiments));
      await workbench.row("resnet-10", experiments).click();
      await workbench.webview().getByRole("heading", { name: "resnet-10", level: 1 }).waitFor();
      await workbench
        .webview()
        .getByText(/€.*gpu-a10/)
        .first()
        .waitFor();
      await workbench.screenshotInThemes("run-price");
      await workbench.row("resnet-11", experiments).click({ modifiers: ["Control"] });
      await workbench.chooseFromMenu(workbench.row("resnet-11", experiments), "Compare Runs");
      await workbench.tab("Compare 2 Runs").waitFor();
      const compared = workbench.webview();
      await compared.getByRole("row", { name: /^Price \(EUR\)/ }).waitFor();
      await compared.getByRole("columnheader", { name: "resnet-10" }).first().click({ button: "right" });
      await compared.getByRole("menuitemcheckbox", { name: "Set as Baseline" }).click();
      await compared.getByRole("row", { name: /^Price per \+0\.01 of acc\b/ }).waitFor();
      await workbench.screenshotInThemes("compare-price");
      await workbench.runCommand("View: Close All Editors");
    },

    "shows the workflow of the weekly digest before it is written": async ({ workbench, server }) => {
      await workbench.runCommand("MLOps: Add Weekly Digest to GitHub Actions…");
      await workbench.quickPick("From the npm registry").click();
      const question = workbench.toast("as it is shown");
      await question.waitFor();
      await workbench.page.locator(".monaco-diff-editor .view-line", { hasText: "mlops digest" }).first().waitFor();
      const file = join(server.workspace, ".github", "workflows", "mlops-digest.yml");
      assert.equal(existsSync(file), false);
      await question.getByRole("button", { name: "Write File" }).click();
      await eventually(() => assert.match(existsSync(file) ? readFileSync(file, "utf8") : "", /status --all --since 7d --markdown/));
      await workbench.runCommand("View: Close All Editors");
    },

    "is narrow without losing anything, and comes back after a reload as it was": async ({ workbench }) => {
      const page = await openOverview(workbench);
      await page.getByRole("tab", { name: "Effort" }).click();
      await workbench.reloadWindow();
      const again = workbench.webview();
      await again.getByRole("tab", { name: "Effort", selected: true }).waitFor();
      await again.getByRole("tab", { name: "Overview" }).click();
      await rowOf(again, "churn").waitFor();
      await narrowTo500(workbench);
      await workbench.screenshot("overview-narrow-dark");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
    },

    "is as new as the files": async ({ workbench, server }) => {
      const page = await openOverview(workbench);
      await rowOf(page, "orphan").waitFor();
      const file = join(server.workspace, "newcomer", "mlops.yaml");
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, readFileSync(join(server.workspace, "orphan", "mlops.yaml"), "utf8").replaceAll("orphan", "newcomer"));
      await rowOf(page, "newcomer").waitFor();
    },
  },
};

async function openOverview(workbench: Workbench): Promise<Page> {
  await workbench.runCommand("MLOps: Open Overview");
  const page = workbench.webview();
  await page.getByRole("grid", { name: "Products" }).waitFor();
  // Rows come before their lights.
  await page.locator(".progress").waitFor({ state: "detached" });
  return page;
}

function rowOf(page: Page, name: string): ReturnType<Page["getByRole"]> {
  return page.getByRole("row").filter({ has: page.locator(".name", { hasText: new RegExp(`^${name.replace(".", "\\.")}$`) }) });
}
