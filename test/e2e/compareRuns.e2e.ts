import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { root } from "../../scripts/node.mjs";
import { findAccessibilityFaults } from "../harness/axe.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { openBoosting } from "./openBoosting";
import { eventually, type E2eSuite, narrowTo500 } from "./suite";

const OCTOBER = "monthly retraining 2026-10";
const SEPTEMBER = "monthly retraining 2026-09";
const HOSTILE = "<img src=x onerror=alert(1)>";

/** The comparison on the sample: from a selection to what people take out of it. */
export const suite: E2eSuite = {
  workspace: join(root, "examples"),
  tests: {
    "leads from the tree to an exported file by keyboard alone": async ({ workbench, server }) => {
      const { keyboard } = workbench.page;
      await openBoosting(workbench);
      // Selecting a run shows it, and its page can take the focus between the two presses; a person then goes back and goes on.
      const second = workbench.page.locator('.part.sidebar [role="treeitem"][aria-selected="true"]').nth(1);
      await eventually(async () => {
        await keyboard.press("Control+Alt+m");
        await keyboard.press("e");
        await walkTo(workbench, "monthly retraining 2026-11");
        await keyboard.press("Shift+ArrowDown");
        await keyboard.press("Shift+ArrowDown");
        await second.waitFor({ timeout: 3000 }).catch(() => undefined);
        assert.equal(await second.count(), 1);
      });
      await workbench.tab(OCTOBER).waitFor();
      await keyboard.press("Control+Alt+m");
      await keyboard.press("c");
      await workbench.tab("Compare 2 Runs").waitFor();
      await cell(workbench, "Started").waitFor();
      await tabTo(workbench, "Export");
      await keyboard.press("Enter");
      await workbench.webview().getByRole("menuitem", { name: "CSV…" }).waitFor();
      await keyboard.press("Home");
      await keyboard.press("Enter");
      await workbench.quickInput().waitFor();
      const file = join(server.workspace, "comparison.csv");
      assert.equal(existsSync(file), false);
      // The place that is offered is kept, as one who only presses Enter keeps it.
      await keyboard.press("Enter");
      await workbench.toast("Saved").waitFor();
      const lines = readFileSync(file, "utf8").split("\r\n");
      assert.match(lines[0] ?? "", /^section,key,monthly retraining 2026-10,[^,]+$/);
      assert.ok(lines.some((line) => line.startsWith("summary,start,2026-10-06T08:05:00")));
    },

    "has no accessibility fault in any theme, with charts, nor at 500 pixels": async ({ workbench }) => {
      await openPair(workbench);
      await workbench.webview().getByRole("button", { name: "Charts" }).first().click();
      await workbench.webview().locator("canvas").first().waitFor();
      for (const theme of ["light", "hc", "dark"] as const) {
        await workbench.setTheme(theme);
        await workbench.screenshot(`compare-${theme}`);
        assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), [], theme);
      }
      await narrowTo500(workbench, async () => {
        // Both runs stand beside the key.
        const place = await heading(workbench, SEPTEMBER).boundingBox();
        assert.ok(place !== null && place.x + place.width <= 548, JSON.stringify(place));
      });
      await workbench.screenshot("compare-narrow");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
    },

    "puts runs of two stores side by side, and more while it is open": async ({ workbench }) => {
      const experiments = await openBoosting(workbench);
      await workbench.row(OCTOBER, experiments).click();
      await workbench.expand(experiments.locator('[role="treeitem"]', { hasText: /^credit-scoring(?!-)/ }).first());
      await workbench.page.mouse.move(700, 450); // The card of the run above may cover what is clicked next.
      await workbench.page.locator(".workbench-hover").first().waitFor({ state: "hidden" });
      // The last row in sight may be cut off by the view below.
      await workbench.row("boosting 2", experiments).click({ modifiers: ["Control"] });
      await workbench.page.keyboard.press("Control+Alt+m");
      await workbench.page.keyboard.press("c");
      await workbench.tab("Compare 2 Runs").waitFor();
      await cell(workbench, "Store").getByText("churn/mlflow.db").waitFor();
      await cell(workbench, "Store", 2).getByText("credit/mlflow.db").waitFor();
      await workbench.chooseFromMenu(workbench.row(SEPTEMBER, experiments), "Add to Comparison");
      await workbench.tab("Compare 3 Runs").waitFor();
      await workbench.webview().getByRole("columnheader", { name: SEPTEMBER }).waitFor();
    },

    "comes back after a reload of the window with what was arranged": async ({ workbench }) => {
      await openPair(workbench);
      await heading(workbench, SEPTEMBER).click({ button: "right" });
      await workbench.webview().getByRole("menuitemcheckbox", { name: "Set as Baseline" }).click();
      await cell(workbench, "val_auc")
        .getByText(/[-−]0\.0059/)
        .waitFor();
      // VS Code in a browser writes what it remembers every five seconds only, and not when its page goes.
      await workbench.page.waitForTimeout(6000);
      await workbench.reloadWindow();
      await workbench.tab("Compare 2 Runs").waitFor();
      await cell(workbench, "val_auc")
        .getByText(/[-−]0\.0059/)
        .waitFor();
    },

    "opens two comparisons of a model's versions": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const models = workbench.view("Models");
      await workbench.expand(workbench.row("churn-classifier", models));
      await workbench.chooseFromMenu(workbench.row("Version 3", models), "Compare with Champion");
      await workbench.tab("Compare 2 Runs").waitFor();
      await heading(workbench, "v4 @champion").waitFor();
      await workbench.chooseFromMenu(workbench.row("Version 2", models), "Compare with Previous Version");
      await eventually(async () => {
        assert.equal(await workbench.page.locator(".part.editor .tab", { hasText: "Compare 2 Runs" }).count(), 2);
      });
      await heading(workbench, "churn-classifier v1").waitFor();
      await workbench.chooseFromMenu(workbench.row("Version 4", models), "Compare with Champion");
      await workbench.toast("This is the champion itself.").waitFor();
    },

    "asks which runs to compare when none is selected": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      await workbench.row("Default", workbench.view("Experiments")).waitFor();
      await workbench.runCommand("MLOps: Compare Runs");
      for (const run of [OCTOBER, SEPTEMBER]) {
        await workbench.quickInput().fill(run);
        await workbench.quickPick(run).click();
      }
      await workbench.page.keyboard.press("Enter");
      await workbench.tab("Compare 2 Runs").waitFor();
    },

    "opens artifacts side by side": async ({ workbench }) => {
      await openPair(workbench);
      const page = workbench.webview();
      await page.getByRole("row", { name: "Artifacts" }).getByText("Artifacts").click();
      await workbench.page.keyboard.press("ArrowRight");
      await page.getByText("classification_report.txt").dblclick();
      await workbench.tab(/classification_report\.txt/).waitFor();
      await workbench.page.locator(".monaco-diff-editor .view-line", { hasText: "precision" }).first().waitFor();
    },

    "shows the code between two commits, says what is not committed, and hostile names as text": async ({ workbench, server }) => {
      const [before, after] = commitTwice(server.workspace);
      write(server.workspace, (database, idOf) => {
        const tag = (run: string, key: string, value: string): void => {
          database.prepare("INSERT OR REPLACE INTO tags (key, value, run_uuid) VALUES (?, ?, ?)").run(key, value, idOf(run));
        };
        tag(SEPTEMBER, "mlflow.source.git.commit", before);
        tag(OCTOBER, "mlflow.source.git.commit", after);
        tag(OCTOBER, "mlflow.source.git.dirty", "true");
        tag(OCTOBER, HOSTILE, "<script>alert(1)</script>");
      });
      await openPair(workbench);
      await cell(workbench, "Uncommitted Changes").getByText("Yes").waitFor();
      await workbench.webview().getByText(HOSTILE).waitFor();
      await heading(workbench, OCTOBER).click({ button: "right" });
      await workbench.webview().getByRole("menuitem", { name: "Compare Code with the Other Run" }).click();
      await workbench.toast(/changes that were not committed, which cannot be shown.*2026-10/).waitFor();
      await workbench.page.locator(".view-line", { hasText: "learning_rate = 0.1" }).first().waitFor();
      await workbench.page.locator(".view-line", { hasText: "learning_rate = 0.2" }).first().waitFor();
    },

    "opens two long values in the diff editor": async ({ workbench, server }) => {
      const prompt = (tone: string): string => `Answer in a ${tone} tone.\n${"Name your sources.\n".repeat(200)}`;
      write(server.workspace, (database, idOf) => {
        for (const [run, tone] of [
          [SEPTEMBER, "friendly"],
          [OCTOBER, "formal"],
        ] as const) {
          const add = database.prepare("INSERT OR REPLACE INTO params (key, value, run_uuid) VALUES ('prompt', ?, ?)");
          add.run(prompt(tone), idOf(run));
        }
      });
      await openPair(workbench);
      await cell(workbench, "prompt").click();
      await workbench.page.keyboard.press("Enter");
      const lines = workbench.page.locator(".monaco-diff-editor .view-line");
      await lines.filter({ hasText: "Answer in a formal tone." }).waitFor();
      await lines.filter({ hasText: "Answer in a friendly tone." }).waitFor();
    },

    "saves a chart as SVG and as PNG": async ({ workbench, server }) => {
      await openPair(workbench);
      const page = workbench.webview();
      await page.getByRole("button", { name: "Charts" }).first().click();
      for (const format of ["SVG", "PNG"]) {
        await page.getByRole("button", { name: "Save or copy picture of val_auc" }).click();
        await page.getByRole("menuitem", { name: `Save as ${format}` }).click();
        await workbench.quickInput().waitFor();
        await workbench.page.keyboard.press("Enter");
        await workbench.toast(`.${format.toLowerCase()}`).waitFor();
      }
      const svg = readFileSync(join(server.workspace, "val_auc.svg"), "utf8");
      assert.match(svg, /^(<\?xml[^>]*>\s*)?<svg /);
      assert.match(svg, /val_auc/);
      assert.doesNotMatch(svg, /href="http|<image|<script|NaN/);
      assert.equal(readFileSync(join(server.workspace, "val_auc.png")).subarray(1, 4).toString("latin1"), "PNG");
    },

    "keeps what it shows when a run is deleted and when the store breaks": async ({ workbench, server }) => {
      await openPair(workbench);
      const setStage = (stage: string): void => {
        write(server.workspace, (database, idOf) =>
          database.prepare("UPDATE runs SET lifecycle_stage = ? WHERE run_uuid = ?").run(stage, idOf(SEPTEMBER)),
        );
      };
      setStage("deleted");
      await heading(workbench, SEPTEMBER).getByTitle("This run is deleted in its store.").waitFor();
      setStage("active");
      await heading(workbench, SEPTEMBER).getByTitle("This run is deleted in its store.").waitFor({ state: "detached" });
      const file = join(server.workspace, "churn", "mlflow.db");
      const whole = readFileSync(file);
      writeFileSync(file, "This is not a database, but it is long enough to be taken for one.");
      try {
        await workbench.webview().getByText("What is shown of it is old.").first().waitFor();
        await cell(workbench, "learning_rate").getByText("0.08").waitFor();
      } finally {
        writeFileSync(file, whole);
      }
      await eventually(async () => {
        await workbench
          .webview()
          .getByRole("button", { name: "Retry" })
          .first()
          .click({ timeout: 1000 })
          .catch(() => undefined); // Gone when it worked by itself.
        assert.equal(await workbench.webview().getByText("What is shown of it is old.").count(), 0);
      });
    },
  },
};

type Rows = ReturnType<Workbench["row"]>;

/** A value's cell in a row of the table; 1 is that of the first run. */
function cell(workbench: Workbench, row: string, column = 1): Rows {
  return workbench
    .webview()
    .getByRole("row", { name: new RegExp(`^${row}\\b`) })
    .first()
    .getByRole("gridcell")
    .nth(column);
}

function heading(workbench: Workbench, text: string): Rows {
  return workbench.webview().getByRole("columnheader", { name: text }).first();
}

async function openPair(workbench: Workbench): Promise<void> {
  const experiments = await openBoosting(workbench);
  await workbench.row(OCTOBER, experiments).click();
  await workbench.row(SEPTEMBER, experiments).click({ modifiers: ["Control"] });
  await workbench.chooseFromMenu(workbench.row(SEPTEMBER, experiments), "Compare Runs");
  await workbench.tab("Compare 2 Runs").waitFor();
  await cell(workbench, "learning_rate").waitFor();
}

/** Moves the focus of a tree down, row by row. */
async function walkTo(workbench: Workbench, text: string): Promise<void> {
  const focused = workbench.page.locator(".part.sidebar .monaco-list-row.focused", { hasText: text });
  await workbench.page.keyboard.press("Home");
  for (let rows = 0; rows < 40 && (await focused.count()) === 0; rows++) {
    await workbench.page.keyboard.press("ArrowDown");
  }
  assert.equal(await focused.count(), 1, `The keyboard does not reach ${text}.`);
}

/** Moves the focus of the page on, until a button with this text has it. */
async function tabTo(workbench: Workbench, text: string): Promise<void> {
  const frame = await workbench.webviewFrame();
  const focused = (): Promise<string> =>
    frame.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement != null) {
        element = element.shadowRoot.activeElement;
      }
      return element?.textContent.trim() ?? "";
    });
  for (let stops = 0; stops < 30 && !(await focused()).startsWith(text); stops++) {
    await workbench.page.keyboard.press("Tab");
  }
  assert.ok((await focused()).startsWith(text), `The keyboard does not reach ${text}.`);
}

/** Writes into the copy of the store as a training script would, from outside of VS Code. */
function write(workspace: string, change: (database: DatabaseSync, idOf: (run: string) => string) => void): void {
  const database = new DatabaseSync(join(workspace, "churn", "mlflow.db"));
  try {
    change(database, (run) => String(database.prepare("SELECT run_uuid FROM runs WHERE name = ?").get(run)?.["run_uuid"]));
  } finally {
    database.close();
  }
}

function commitTwice(folder: string): readonly [before: string, after: string] {
  const git = (...args: readonly string[]): string => {
    const identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8" }).trim();
  };
  git("init", "-q");
  writeFileSync(join(folder, ".gitignore"), "*\n!rate.py\n");
  const commit = (rate: string): string => {
    writeFileSync(join(folder, "rate.py"), `learning_rate = ${rate}\n`);
    git("add", "rate.py");
    git("commit", "-q", "-m", `Set the rate to ${rate}`, "--allow-empty");
    return git("rev-parse", "HEAD");
  };
  return [commit("0.1"), commit("0.2")];
}
