import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findAccessibilityFaults } from "../harness/axe.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { writeMonitored } from "./monitoredFiles";
import { eventually, type E2eSuite, narrowTo500 } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-review-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const KPI = '{name: accuracy, target: ">= 0.80"}';

function writeProduct(name: string): void {
  writeMonitored(join(folder, name), name);
  const path = join(folder, name, "mlops.yaml");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(KPI, `${KPI}, {name: f1, by: plan, target: ">= 0.70"}`));
}

/** What a reviewer does: looks at what happened over time, goes to the week where it did, and says what they think of it. */
export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    writeProduct("seen");
    writeProduct("noted");
    writeProduct("blocked");
    mkdirSync(join(folder, "blocked", ".mlops"));
    writeFileSync(join(folder, "blocked", ".mlops", "monitoring"), "A file stands here.\n");
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "shows calibration and KPIs of groups, in every theme and at 500 pixels": async ({ workbench }) => {
      const page = await overTime(workbench, "seen");
      await page.getByText("f1 · plan = gold").waitFor();
      const calibration = page.getByRole("heading", { name: "Calibration of score" });
      await calibration.scrollIntoViewIfNeeded();
      await page.getByRole("img", { name: /^Calibration of score/ }).waitFor();
      for (const theme of ["light", "hc", "dark"] as const) {
        await workbench.setTheme(theme);
        await calibration.scrollIntoViewIfNeeded();
        await workbench.screenshot(`drift-calibration-${theme}`);
        assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), [], theme);
      }
      await narrowTo500(workbench);
      await page.getByText("f1 · plan = gold").scrollIntoViewIfNeeded();
      await workbench.screenshot("drift-groups-narrow");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
    },

    "leads from a bar to the columns of its window, by keyboard and by a click": async ({ workbench }) => {
      const page = await overTime(workbench, "seen");
      const shares = page.getByRole("img", { name: /^Drifted columns over time/ });
      await page.locator("canvas").first().waitFor();
      await shares.focus();
      await workbench.page.keyboard.press("Home");
      await workbench.page.keyboard.press("Enter");
      const [first] = await windows(workbench);
      await page.getByText(`400 of 1,600 rows, ${first ?? ""}`).waitFor();
      assert.equal(await page.getByRole("tab", { name: /Columns/ }).getAttribute("aria-selected"), "true");
      // Whoever came by keyboard goes on by keyboard.
      const frame = await workbench.webviewFrame();
      await eventually(async () => {
        assert.equal(await frame.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName), "mlops-drift-grid");
      });
      await page.getByRole("tab", { name: /Over Time/ }).click();
      await page.locator("canvas").first().waitFor();
      const box = await shares.boundingBox();
      assert.ok(box !== null);
      await workbench.screenshot("drift-window-framed");
      // Four windows, the last at the right end.
      await shares.click({ position: { x: box.width - 60, y: box.height / 2 } });
      await page.getByText(`400 of 1,600 rows, ${(await windows(workbench)).at(-1) ?? ""}`).waitFor();
      await page.getByRole("row", { name: /^minutes\b.*Drift/ }).waitFor();
    },

    "keeps a note as a file that is bound to the data, with a person's verdict and none of its own": async ({ workbench, server }) => {
      await show(workbench, "noted");
      await workbench
        .webview()
        .getByRole("row", { name: /^minutes\b/ })
        .waitFor();
      await workbench.runCommand("MLOps: Write Review Note");
      // The cursor stands where the person begins.
      await workbench.page.locator(".statusbar-item", { hasText: /^Ln 3\d, Col/ }).waitFor();
      const reviews = join(server.workspace, "noted", ".mlops", "reviews");
      assert.equal(existsSync(reviews), false);
      const { keyboard } = workbench.page;
      // Each line has its name already.
      for (const words of [
        " Ana Ruiz",
        " ana.ruiz@example.org",
        ` ${new Date().toISOString().slice(0, 10)}`,
        " investigate",
        " New tariff since Monday.",
      ]) {
        await keyboard.insertText(words);
        await keyboard.press("ArrowDown");
        await keyboard.press("End");
      }
      await workbench.screenshot("drift-note-filled");
      await keyboard.press("Control+s");
      await eventually(() => assert.equal(existsSync(reviews) ? readdirSync(reviews).length : 0, 1));
      const note = (): string => readFileSync(join(reviews, readdirSync(reviews)[0] ?? ""), "utf8");
      // The file is there before its text is.
      await eventually(() => assert.notEqual(note(), ""));
      const text = note();
      assert.match(text, /^who:\n {2}name: Ana Ruiz\n {2}email: ana\.ruiz@example\.org\n/m);
      assert.match(text, /^verdict: investigate\ntext: New tariff since Monday\.$/m);
      const live = join(server.workspace, "noted", "live.csv");
      assert.ok(text.includes(createHash("sha256").update(readFileSync(live)).digest("hex")), "bound to the live data");
      assert.equal(text.match(/\b(?:accepted|act)\b/g)?.length, 2, "only the comment names the other verdicts");

      await workbench.tab("Drift: noted").click();
      const page = workbench.webview();
      await page.getByRole("tab", { name: /Notes\s*1/ }).click();
      await page.getByText("New tariff since Monday.").waitFor();
      assert.equal(await page.getByText(/^Outdated/).count(), 0);
      await workbench.screenshotInThemes("drift-notes");
      appendFileSync(live, `${new Date().toISOString()},120,gold,0.70,yes,yes\n`);
      await page.getByText("live.csv has changed since it was read.").waitFor();
      await page.getByRole("button", { name: "Compare Again" }).click();
      await page
        .getByText(/^Outdated/)
        .first()
        .waitFor();
      assert.match(note(), /^verdict: investigate$/m);
    },

    "shows what a check found where it cannot be kept on disk, and says why": async ({ workbench, server }) => {
      await workbench.openSidebar("MLOps");
      const view = workbench.view("Monitoring");
      const model = workbench.row("blocked", view);
      await workbench.chooseFromMenu(model, "Check Drift and KPIs Now");
      await workbench.toast(/blocked is shown, and is not kept on disk: .*a file stands where a folder is needed/).waitFor();
      await workbench.row(/blocked.*fails.*not kept/, view).waitFor();
      await workbench.screenshot("monitoring-not-kept");
      assert.equal(readFileSync(join(server.workspace, "blocked", ".mlops", "monitoring"), "utf8"), "A file stands here.\n");
      // A line of the overview leads to its KPI, which is in sight.
      await workbench.runCommand("Notifications: Clear All Notifications");
      await workbench.expand(model);
      await workbench.row(/f1.*gold/, view).click();
      await workbench.tab("Drift: blocked").waitFor();
      await workbench.webview().getByText("f1 · plan = gold").waitFor();
      const frame = await workbench.webviewFrame();
      await eventually(async () => {
        const shown = await frame.evaluate(() => {
          const time = document.activeElement?.shadowRoot?.activeElement?.shadowRoot?.activeElement;
          return [time?.getAttribute("data-kpi"), (time?.getBoundingClientRect().top ?? Infinity) < window.innerHeight];
        });
        assert.deepEqual(shown, ["f1", true]);
      });
      await workbench.screenshot("drift-kpi-focus");
    },
  },
};

async function show(workbench: Workbench, name: string): Promise<void> {
  await workbench.openSidebar("MLOps");
  const model = workbench.row(name, workbench.view("Monitoring"));
  await model.waitFor();
  await workbench.chooseFromMenu(model, "Show Drift");
  await workbench.tab(`Drift: ${name}`).waitFor();
}

async function overTime(workbench: Workbench, name: string): Promise<ReturnType<Workbench["webview"]>> {
  await show(workbench, name);
  const page = workbench.webview();
  await page.getByRole("row", { name: /^minutes\b/ }).waitFor();
  await page.getByRole("tab", { name: /Over Time/ }).click();
  await page.getByText("accuracy", { exact: true }).first().waitFor();
  return page;
}

/** Names of the windows, the oldest first. */
async function windows(workbench: Workbench): Promise<readonly string[]> {
  const options = await workbench.webview().getByLabel("Show").first().locator("option").allTextContents();
  return options.slice(1).reverse();
}
