import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { eventually, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-lint-trust-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});
const workspace = join(folder, "workspace");
const ran = join(folder, "git-ran");
const realGit = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();

/** A folder that nobody trusts: lint reads its files, and starts no git there, because git runs programs that a repository names. */
export const suite: E2eSuite = {
  workspace,
  trust: false,
  settings: { "git.enabled": false, "security.workspace.trust.startupPrompt": "never" }, // Else VS Code itself runs git.
  env: { PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}` },
  before: () => {
    mkdirSync(workspace, { recursive: true });
    writeFileSync(join(workspace, "mlops.yaml"), "version: 1\nname: churn-model\nonwer: ana@example.org\n");
    execFileSync(realGit, ["init", "-q"], { cwd: workspace });
    const git = join(folder, "bin", "git");
    mkdirSync(join(folder, "bin"), { recursive: true });
    writeFileSync(git, `#!/bin/sh\necho "$@" >> '${ran}'\nexec '${realGit}' "$@"\n`);
    chmodSync(git, 0o755);
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "finds and mends mistakes without git, and asks git once the folder is trusted": async ({ workbench }) => {
      const { page } = workbench;
      const problems = page.locator(".markers-panel");
      await workbench.runCommand("Problems: Focus on Problems View");
      await workbench.row('Unknown key "onwer"', problems).waitFor();
      await page.locator(".part.panel .viewpane-filter input").fill("not trusted");
      await workbench.row("this folder is not trusted, so git is not run", problems).waitFor();
      assert.equal(existsSync(ran), false);
      await workbench.runCommand("Workspaces: Manage Workspace Trust");
      await page
        .getByRole("button", { name: /^Trust$/ })
        .first()
        .click();
      await eventually(() => assert.equal(existsSync(ran), true));
    },
  },
};
