import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { Workbench } from "../harness/workbench.mjs";
import { eventually, fixture, type E2eSuite } from "./suite";

async function openRun(workbench: Workbench, name: string): Promise<void> {
  await workbench.openSidebar("MLOps");
  const experiments = workbench.view("Experiments");
  await workbench.expand(workbench.row("vision", experiments));
  await workbench.expand(workbench.row("resnet.50", experiments));
  await workbench.chooseFromMenu(workbench.row(name, experiments), "Open Run");
  await workbench.webview().getByRole("heading", { name, level: 1 }).waitFor();
}

/** Writes into the copy of the store as a training script would, from outside of VS Code. */
function withStore(workspace: string, write: (store: DatabaseSync, runId: string) => void, run = "resnet-11"): void {
  const store = new DatabaseSync(join(workspace, "mlflow.db"));
  try {
    const row = store.prepare("SELECT run_uuid FROM runs WHERE name = ?").get(run);
    write(store, String(row?.["run_uuid"]));
  } finally {
    store.close();
  }
}

function git(folder: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8" }).trim();
}

/** The run page on a database that MLflow 3 wrote: what it shows, where its clicks lead, and how it follows the store. */
export const suite: E2eSuite = {
  workspace: fixture("mlflow/v3-sqlite"),
  tests: {
    "draws curves and walks along them by keyboard": async ({ workbench }) => {
      await openRun(workbench, "resnet-11");
      const page = workbench.webview();
      const plot = page.getByRole("img", { name: "Line chart val/acc" });
      await plot.scrollIntoViewIfNeeded();
      await plot.focus();
      await workbench.page.keyboard.press("End");
      await page.getByText(/^Step 5: 0\.62, /).waitFor({ state: "attached" });
      await page.getByRole("combobox", { name: "X axis" }).selectOption("relative");
      await page.getByRole("slider", { name: "Smoothing" }).fill("0.5");
      await page.getByText("0.50", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Show data of val/acc" }).click();
      await page.getByRole("region", { name: "Data of val/acc" }).getByText("0.62").waitFor();
    },

    "finds parameters, metrics and tags": async ({ workbench }) => {
      await openRun(workbench, "resnet-11");
      const page = workbench.webview();
      await page.getByRole("searchbox", { name: "Find params, metrics and tags" }).fill("depth");
      await page.getByRole("heading", { name: "Parameters 1 of 3" }).waitFor();
      await page.getByRole("rowheader", { name: "layers/depth" }).waitFor();
      await page.getByRole("rowheader", { name: "optimizer" }).waitFor({ state: "detached" });
    },

    "opens artifacts read-only and shows images small": async ({ workbench }) => {
      await openRun(workbench, "resnet-11");
      const page = workbench.webview();
      await page.getByRole("navigation").getByRole("button", { name: "Artifacts" }).click();
      await page.getByRole("treeitem", { name: "plots" }).click();
      await page.locator("mlops-artifact-preview img").waitFor();
      await page.getByRole("treeitem", { name: /^notes\.txt/ }).click();
      await workbench.page.locator(".monaco-editor .view-line", { hasText: "wörld" }).first().waitFor();
      await workbench.page.locator(".monaco-editor .view-line", { hasText: "wörld" }).first().click();
      await workbench.page.keyboard.type("x");
      await workbench.page
        .getByText(/Cannot edit in read-only editor|editor is read-only/i)
        .first()
        .waitFor();
    },

    "follows what a training script writes": async ({ workbench, server }) => {
      await openRun(workbench, "resnet-11");
      const page = workbench.webview();
      await page.getByRole("heading", { name: "Parameters 3" }).waitFor();
      withStore(server.workspace, (store, runId) => {
        store.prepare("INSERT INTO params (key, value, run_uuid) VALUES ('added later', 'yes', ?)").run(runId);
        store.prepare("UPDATE latest_metrics SET value = 0.4242 WHERE key = 'val/acc' AND run_uuid = ?").run(runId);
      });
      await page.getByRole("rowheader", { name: "added later" }).waitFor();
      await page.getByRole("cell", { name: "0.4242" }).first().waitFor();
    },

    "comes back after a reload of the window": async ({ workbench }) => {
      await openRun(workbench, "resnet-10");
      const page = workbench.webview();
      await page.getByRole("combobox", { name: "X axis" }).selectOption("time");
      await workbench.reloadWindow();
      await page.getByRole("heading", { name: "resnet-10", level: 1 }).waitFor();
      assert.equal(await page.getByRole("combobox", { name: "X axis" }).inputValue(), "time");
    },

    "shows what the run's commit changed, and says when it cannot": async ({ workbench, server }) => {
      await openRun(workbench, "resnet-09");
      await workbench.webview().getByText("no folder of this window is in a git repository").waitFor();
      const script = join(server.workspace, "train.py");
      git(server.workspace, "init", "-q");
      writeFileSync(join(server.workspace, ".gitignore"), "*\n!train.py\n");
      for (const rate of ["0.1", "0.2"]) {
        writeFileSync(script, `learning_rate = ${rate}\n`);
        git(server.workspace, "add", "train.py");
        git(server.workspace, "commit", "-q", "-m", `Set the rate to ${rate}`);
      }
      const commit = git(server.workspace, "rev-parse", "HEAD");
      withStore(
        server.workspace,
        (store, runId) =>
          store.prepare("UPDATE tags SET value = ? WHERE key = 'mlflow.source.git.commit' AND run_uuid = ?").run(commit, runId),
        "resnet-09",
      );
      await workbench.webview().getByText("Set the rate to 0.2").waitFor();
      await workbench.webview().getByText("Show changes of this commit").click();
      await workbench.tab("Set the rate to 0.2").waitFor();
      await workbench.page.locator(".view-line", { hasText: "learning_rate = 0.1" }).first().waitFor();
      await workbench.page.locator(".view-line", { hasText: "learning_rate = 0.2" }).first().waitFor();
      assert.equal(readFileSync(script, "utf8"), "learning_rate = 0.2\n");
    },

    "keeps a run on screen, marked as old, when its store breaks": async ({ workbench, server }) => {
      await openRun(workbench, "resnet-08");
      const page = workbench.webview();
      await page.getByRole("rowheader", { name: "optimizer" }).waitFor();
      const file = join(server.workspace, "mlflow.db");
      const whole = readFileSync(file);
      writeFileSync(file, "This is not a database, but it is long enough to be taken for one.");
      try {
        await page.getByText(/What you see is .* old\./).waitFor();
        await page.getByRole("rowheader", { name: "optimizer" }).waitFor();
      } finally {
        writeFileSync(file, whole);
      }
      await eventually(async () => {
        await page
          .getByRole("button", { name: "Retry" })
          .click({ timeout: 1000 })
          .catch(() => undefined); // Gone when it worked by itself.
        assert.equal(await page.getByText(/What you see is .* old\./).count(), 0);
      });
    },
  },
};
