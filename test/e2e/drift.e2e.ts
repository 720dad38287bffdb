import { strict as assert } from "node:assert";
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findAccessibilityFaults } from "../harness/axe.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { eventually, fixture, type E2eSuite, narrowTo500 } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-drift-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

/** Weeks of rows in a text file; ages move by `shift`. */
function weeks(shift: number): string {
  const rows = Array.from({ length: 4000 }, (_, index) => {
    const day = new Date(Date.UTC(2026, 9, 5 + (index % 28))).toISOString().slice(0, 10);
    return `${day},${String(((index * 37) % 50) + shift)},${["red", "green", "blue"][index % 3] ?? ""}`;
  });
  return `ts,age,colour\n${rows.join("\n")}\n`;
}

/** Drift of two files, from the question to what people take out of it. */
export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    cpSync(fixture("drift/fair_large"), join(folder, "fair"), { recursive: true });
    writeFileSync(join(folder, "train.csv"), weeks(0));
    writeFileSync(join(folder, "live.csv"), weeks(20));
    copyFileSync(join(folder, "fair", "current.parquet"), join(folder, "cut.parquet"));
    truncateSync(join(folder, "cut.parquet"), Math.floor(statSync(join(folder, "cut.parquet")).size / 2));
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "leads from the command to an exported file by keyboard alone": async ({ workbench, server }) => {
      const { keyboard } = workbench.page;
      await compare(workbench, "train.csv", "live.csv");
      await row(workbench, "age").waitFor();
      await tabTo(workbench, "Export");
      await keyboard.press("Enter");
      await workbench.webview().getByRole("menuitem", { name: "HTML Page With Charts…" }).waitFor();
      await keyboard.press("Home");
      await keyboard.press("Enter");
      await workbench.quickInput().waitFor();
      const file = join(server.workspace, "drift-report.html");
      assert.equal(existsSync(file), false);
      await keyboard.press("Enter"); // The place that is offered is kept.
      await workbench.toast("Saved").waitFor();
      assert.match(readFileSync(file, "utf8"), /<html[^]*age/);
    },

    "has no accessibility fault in any theme, with a column's details, nor at 500 pixels": async ({ workbench }) => {
      await compare(workbench, "reference.parquet", "current.parquet");
      await row(workbench, "educ").dblclick();
      await workbench.webview().locator("canvas").first().waitFor();
      for (const theme of ["light", "hc", "dark"] as const) {
        await workbench.setTheme(theme);
        await workbench.screenshot(`drift-${theme}`);
        assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), [], theme);
      }
      await narrowTo500(workbench);
      await workbench.screenshot("drift-narrow");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
    },

    "cuts by week, and comes back after a reload of the window with what was chosen": async ({ workbench }) => {
      await compare(workbench, "train.csv", "live.csv");
      await row(workbench, "age").waitFor();
      const page = workbench.webview();
      await page.getByLabel("Windows").first().selectOption({ label: "Week" });
      await page.getByRole("tab", { name: /Over Time/ }).click();
      await page.locator("canvas").first().waitFor();
      await workbench.screenshot("drift-over-time");
      // VS Code in a browser writes what it remembers every five seconds only, and not when its page goes.
      await workbench.page.waitForTimeout(6000);
      await workbench.reloadWindow();
      await workbench.tab(/^Drift: live\.csv/).waitFor();
      await page.locator("canvas").first().waitFor();
      assert.equal(await page.getByLabel("Windows").first().locator("option:checked").textContent(), "Week");
    },

    "says that a file has changed, and reads it when it is asked to": async ({ workbench, server }) => {
      await compare(workbench, "train.csv", "live.csv");
      await row(workbench, "age").waitFor();
      appendFileSync(join(server.workspace, "live.csv"), "2026-11-02,3,red\n");
      await workbench.webview().getByText("live.csv has changed since it was read.").waitFor();
      await workbench.webview().getByRole("button", { name: "Compare Again" }).click();
      await workbench.webview().getByText("4,001 rows").first().waitFor();
      await workbench.webview().getByText("has changed since").waitFor({ state: "detached" });
    },

    "says what is wrong with a file that is cut off, and with one that is gone": async ({ workbench, server }) => {
      await compare(workbench, "reference.parquet", "cut.parquet");
      await workbench
        .webview()
        .getByText(/cut\.parquet/)
        .nth(1)
        .waitFor();
      await workbench.webview().getByRole("alert").first().waitFor();
      await workbench.screenshot("drift-cut");
      const gone = join(server.workspace, "gone.csv");
      writeFileSync(gone, weeks(1));
      await compare(workbench, "train.csv", "gone.csv");
      await row(workbench, "age").waitFor();
      rmSync(gone);
      await workbench.webview().getByText("gone.csv has changed since it was read.").waitFor();
      await workbench.webview().getByRole("button", { name: "Compare Again" }).click();
      await workbench
        .webview()
        .getByText(/gone\.csv cannot be read: there is no such file/)
        .first()
        .waitFor();
    },

    "is told how files are written that it reads wrongly, and keeps it over a reload": async ({ workbench, server }) => {
      for (const [name, shift] of [
        ["odd-train.csv", 0],
        ["odd-live.csv", 20],
      ] as const) {
        const text = weeks(shift).replaceAll(",", "#").replaceAll("red", "?").replace("colour", "größe");
        writeFileSync(join(server.workspace, name), Buffer.from(text, "latin1"));
      }
      await compare(workbench, "odd-train.csv", "odd-live.csv");
      const page = workbench.webview();
      await page.getByRole("button", { name: "Reading" }).click();
      const form = page.getByRole("form", { name: "How the files are read" });
      await form.waitFor();
      for (const side of ["Reference", "Current"]) {
        const fields = form.getByRole("group", { name: new RegExp(`^${side}`) });
        await fields.getByLabel("Separator").fill("#");
        await fields.getByLabel("Encoding").fill("windows-1252");
        await fields.getByLabel("Missing values").fill("?, NA");
      }
      await form.getByLabel("Columns left out").fill("ts");
      for (const theme of ["light", "hc", "dark"] as const) {
        await workbench.setTheme(theme);
        await workbench.screenshot(`drift-reading-${theme}`);
        assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), [], theme);
      }
      await form.getByLabel("Columns left out").press("Enter");
      await row(workbench, "größe").waitFor();
      await form.waitFor({ state: "detached" });
      await page.getByText("Without ts").waitFor();
      await workbench.page.waitForTimeout(6000);
      await workbench.reloadWindow();
      await row(workbench, "größe").waitFor();
      await page.getByRole("button", { name: "Reading" }).click();
      await narrowTo500(workbench);
      await workbench.screenshot("drift-reading-narrow");
    },

    "opens a draft of a note that nobody has signed": async ({ workbench, server }) => {
      await compare(workbench, "train.csv", "live.csv");
      await row(workbench, "age").waitFor();
      await workbench.runCommand("MLOps: Write Review Note");
      await workbench.page.locator(".view-line", { hasText: "verdict:" }).first().waitFor();
      assert.equal(existsSync(join(server.workspace, ".mlops", "reviews")), false);
      await workbench.screenshot("drift-note");
    },
  },
};

/** Answers the two questions of the command by keyboard. */
async function compare(workbench: Workbench, reference: string, current: string): Promise<void> {
  await workbench.runCommand("MLOps: Compare Two Data Files…");
  for (const name of [reference, current]) {
    await workbench.quickPick(name).waitFor();
    await workbench.quickInput().fill(name);
    await workbench.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).waitFor();
    await workbench.page.keyboard.press("Enter");
  }
  await workbench.tab(new RegExp(`^Drift: .*${current.replace(".", "\\.")}`)).waitFor();
}

function row(workbench: Workbench, name: string): ReturnType<ReturnType<Workbench["webview"]>["getByRole"]> {
  return workbench.webview().getByRole("row", { name: new RegExp(`^${name}\\b`) });
}

/** Presses Tab until a button has the focus, as one without a mouse does. */
async function tabTo(workbench: Workbench, name: string): Promise<void> {
  const button = workbench.webview().getByRole("button", { name }).first();
  await eventually(async () => {
    await workbench.page.keyboard.press("Tab");
    assert.equal(await button.evaluate((element) => element.matches(":focus") || element.contains(document.activeElement)), true);
  });
}
