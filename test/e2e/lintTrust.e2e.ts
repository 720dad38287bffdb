import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { eventually, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-lint-trust-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});
const workspace = join(folder, "workspace");
const ran = join(folder, "git-ran");

const PRODUCT = `version: 1
name: churn-model
stage: staging
owner: ana@example.org
purpse: Predict which customers may leave, so that support can call them first.
`;
const SIGN_OFF =
  "subject: launch\nwho: {email: mia@example.org}\nwhen: 2026-11-01T09:00:00Z\ndecision: approve\nstatement: I read the report on all groups and the targets hold.\n";

/** A folder that nobody trusts: lint reads its files, and starts no git there, because git runs programs that a repository names. */
export const suite: E2eSuite = {
  workspace,
  trust: false,
  settings: { "git.enabled": false, "security.workspace.trust.startupPrompt": "never" }, // Else VS Code itself runs git.
  env: { HOME: join(folder, "home") },
  before: () => {
    const write = (name: string, text: string): void => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    write("workspace/mlops.yaml", PRODUCT);
    write("workspace/.mlops/signoffs/launch.yaml", SIGN_OFF);
    const git = (...args: string[]): void => void execFileSync("git", args, { cwd: workspace });
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=Leo Park", "-c", "user.email=leo@example.org", "commit", "-q", "-m", "Approve", "--allow-empty");
    // Git notes here that it was started. (A program of its name on PATH would not be found: VS Code takes PATH from the login shell.)
    write("home/.gitconfig", `[trace2]\n\tnormalTarget = ${ran}\n`);
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "finds and mends mistakes without git, and asks git once the folder is trusted": async ({ workbench, server }) => {
      const { page } = workbench;
      /** Lines of the Problems panel that hold a text. */
      const saying = async (text: string): Promise<string[]> => {
        await workbench.filterProblems(text);
        const rows = await workbench.rowTexts(page.locator(".markers-panel"));
        return rows.flatMap((row) => /^.*\.(?=MLOps)/.exec(row)?.[0] ?? []);
      };
      await workbench.runCommand("Problems: Focus on Problems View");
      // One line says all that was not checked for this reason.
      await eventually(async () => {
        const lines = await saying("could not check");
        assert.equal(lines.length, 1, lines.join("\n"));
        assert.match(lines[0] ?? "", /^Could not check .* and .*: this folder is not trusted, so git is not run\.$/);
      });
      await workbench.screenshot("lint-untrusted");

      await workbench.runCommand("MLOps: Fix All Safe Problems in Workspace…");
      await page.locator(".monaco-dialog-box").getByRole("button", { name: "Apply" }).click();
      await eventually(() =>
        assert.equal(readFileSync(join(server.workspace, "mlops.yaml"), "utf8"), PRODUCT.replace("purpse", "purpose")),
      );
      assert.equal(existsSync(ran), false, "No git was started.");

      await workbench.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).click();
      await page.getByRole("button", { name: "Trust", exact: true }).first().click();
      await page.getByText("You trust this folder").waitFor();
      await page.keyboard.press("Escape");
      await eventually(async () =>
        assert.deepEqual(await saying("signoffs/launch.yaml"), [
          "The sign-off .mlops/signoffs/launch.yaml names mia@example.org, but leo@example.org committed it.",
        ]),
      );
      assert.equal(existsSync(ran), true, "Git was started.");
    },
  },
};
