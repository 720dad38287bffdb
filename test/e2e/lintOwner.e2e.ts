import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { strict as assert } from "node:assert";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { eventually, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-lint-owner-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const PRODUCT = `version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
stage: staging
owner: TODO # whoever takes over from Tom
risk: minimal
personal_data: no
pipeline: dvc.yaml
data: [{path: data/train.csv, use: train, license: internal}]
kpis: [{name: f1, target: ">= 0.80", data: data/test.csv}]
alert: ml-team@example.org
review: {every: 6 months}
`;

/** A product without an owner, in a repository whose history and CODEOWNERS know who could be it. */
export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    const write = (name: string, text: string): void => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    const git = (...args: string[]): void => void execFileSync("git", args, { cwd: folder });
    const commitAs = (name: string, email: string): void => {
      git("add", ".");
      git("-c", `user.name=${name}`, "-c", `user.email=${email}`, "commit", "-q", "-m", "Train", "--allow-empty");
    };
    git("init", "-q", "--initial-branch=main");
    write("CODEOWNERS", "/churn/ mia.berg@example.org\n");
    write("churn/mlops.yaml", PRODUCT);
    write("churn/dvc.yaml", "stages:\n  train:\n    cmd: python train.py\n    deps: [train.py, data/train.csv]\n    outs: [model.pkl]\n");
    write("churn/data/train.csv", "plan,usage,left\na,1,0\n");
    write("churn/data/test.csv", "plan,usage,left\nb,2,1\n");
    for (const [index, [name, email]] of [
      ["Leo Park", "leo.park@example.org"],
      ["Ana Ruiz", "ana.ruiz@example.org"],
      ["Ana Ruiz", "ana.ruiz@example.org"],
    ].entries()) {
      write("churn/train.py", `print(${index})\n`);
      commitAs(name ?? "", email ?? "");
    }
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "offers people from CODEOWNERS and from git as the owner, most active first": async ({ workbench }) => {
      const { page } = workbench;
      await workbench.runCommand("Problems: Focus on Problems View");
      await workbench.row("Nobody is responsible for this model", page.locator(".markers-panel")).waitFor();
      await page.keyboard.press("Control+P");
      await workbench.quickInput().fill("churn/mlops.yaml:5:8");
      await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "churn" }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".monaco-editor.focused").first().waitFor();
      await page.locator(".monaco-editor .squiggly-error").first().waitFor();
      const entries = page.locator(".action-widget .monaco-list-row.action");
      await eventually(async () => {
        // An editor that is still being drawn closes the menu.
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+.");
        await entries
          .first()
          .waitFor({ timeout: 5000 })
          .catch(() => undefined);
        assert.deepEqual(await entries.allInnerTexts(), [
          "Set the owner to mia.berg@example.org (CODEOWNERS)",
          "Set the owner to ana.ruiz@example.org (active in git)",
          "Set the owner to leo.park@example.org (active in git)",
          "Why owner-missing?",
        ]);
      });
      await workbench.screenshot("lint-owner");
      await page.keyboard.press("Enter");
      await page.locator(".view-line", { hasText: "owner: mia.berg@example.org # whoever takes over from Tom" }).waitFor();
    },
  },
};
