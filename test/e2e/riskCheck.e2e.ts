import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import type { Workbench } from "../harness/workbench.mjs";
import { eventually, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-risk-check-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const START = `version: 1
name: ranking
purpose: Rank job applications for a recruiter, who decides.
stage: development
owner: ana.ruiz@example.org
risk: unsure
personal_data: unsure
train: {trigger: {schedule: "0 4 * * 1"}} # weekly
`;

const WORKFLOW = `on:
  schedule:
    - cron: "0 4 * * *"
jobs:
  train:
    runs-on: ubuntu-latest
    timeout-minutes: 360
    steps:
      - run: node .mlops/mlops.cjs retrain --if-needed --yes -- mlops.yaml
`;

async function asked(workbench: Workbench, question: string): Promise<void> {
  await workbench.page.locator(".quick-input-widget:visible .quick-input-title", { hasText: question }).waitFor();
  await workbench.quickInput().waitFor();
}

/** Answers a question by its entry; of several entries each is ticked, and Enter ends it. */
async function choose(workbench: Workbench, question: string, ...entries: readonly string[]): Promise<void> {
  await asked(workbench, question);
  for (const entry of entries) {
    await workbench.quickPick(entry).first().click();
  }
}

async function open(workbench: Workbench, path: string): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press("Control+P");
  await workbench.quickInput().fill(path);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: path.split(":")[0] ?? "" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".monaco-editor.focused").first().waitFor();
}

/** Opens the menu of quick fixes at the cursor and takes an entry. */
async function quickFix(workbench: Workbench, title: string): Promise<void> {
  const entry = workbench.page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
  await eventually(async () => {
    await workbench.page.keyboard.press("Control+Period");
    await entry.waitFor({ timeout: 3000 }).catch(() => undefined);
    assert.ok(await entry.isVisible(), title);
  });
  await entry.click();
}

export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    const files = { "mlops.yaml": START, ".github/workflows/mlops-train-ranking.yml": WORKFLOW };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "leads from a schedule to the workflow that says another one": async ({ workbench }) => {
      const { page } = workbench;
      await open(workbench, "mlops.yaml:8:32");
      await quickFix(workbench, "Go to .github/workflows/mlops-train-ranking.yml");
      await workbench.tab("mlops-train-ranking.yml").waitFor();
      await page.locator(".editor-instance .line-numbers.active-line-number", { hasText: /^9$/ }).waitFor();
    },

    "asks eight questions from a quick fix on the risk class, and writes only what was answered": async ({ workbench, server }) => {
      const { page } = workbench;
      await open(workbench, "mlops.yaml:6:8");
      await quickFix(workbench, "Answer eight questions on the risk class");
      await asked(workbench, "What is the model for?");
      await page.keyboard.press("Enter");
      await choose(workbench, "What is your organisation", "Provider");
      await asked(workbench, "Does it do any of what is banned?");
      await page.keyboard.press("Enter");
      await page.locator(".quick-input-widget:visible input[placeholder^='Choose at least one entry']").waitFor();
      await workbench.screenshot("risk-check-banned-dark");
      await choose(workbench, "Does it do any of what is banned?", "None of these");
      await page.keyboard.press("Enter");
      await asked(workbench, "Why does it do none");
      await page.keyboard.type("It only ranks applications.");
      await page.keyboard.press("Enter");
      await asked(workbench, "Who answers for that?");
      await page.keyboard.type("ines@example.org");
      await page.keyboard.press("Enter");
      await asked(workbench, "In which of these areas");
      await workbench.quickInput().fill("4a"); // Of a long list only what is in sight exists.
      await choose(workbench, "In which of these areas", "4a");
      await workbench.screenshot("risk-check-areas-dark");
      await page.keyboard.press("Enter");
      await choose(workbench, "Is it part of a product", "It is in no such product");
      await choose(workbench, "Does it evaluate features", "It profiles people");
      await choose(workbench, "Do people meet what it makes?", "It stays an open point");
      await page.keyboard.press("Enter");
      await asked(workbench, "Which risk class is written down?");
      await workbench.quickPick("follows from your answers").waitFor();
      await workbench.screenshot("risk-check-class-dark"); // Another theme is chosen by an input of the same kind.
      await workbench.quickPick("follows from your answers").first().click();
      await workbench.toast("Your answers are in the file").waitFor();
      await page.keyboard.press("Control+S");
      await eventually(() => {
        const text = readFileSync(join(server.workspace, "mlops.yaml"), "utf8");
        const written = parse(text) as Record<string, unknown>;
        assert.equal(written["risk"], "high");
        const { prohibited_check: check, ...act } = written["ai_act"] as Record<string, unknown>;
        assert.deepEqual(act, { role: "provider", annex_iii: ["4a"], annex_i: "none", profiling: true });
        const { date, ...answer } = check as Record<string, unknown>;
        assert.match(String(date), /^\d{4}-\d\d-\d\d$/);
        assert.deepEqual(answer, { answer: "no", reason: "It only ranks applications.", by: "ines@example.org" });
        assert.ok(text.includes("# weekly"));
      });
    },
  },
};
