import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readSignOff } from "../../src/core/governance/readSignOff";
import { PRODUCT, SignOffRepository, STATEMENT } from "../builders/signOffRepository";
import type { Server } from "../harness/server.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { showView, type E2eSuite } from "./suite";

const repository = new SignOffRepository();
process.once("exit", () => repository.dispose());

const DAY_MS = 86_400_000;
const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Approves a product as it stands, some days ago. */
function approve(folder: string, name: string, email: string, more = "", subject: "launch" | "risk" = "launch"): void {
  const when = new Date(Date.now() - 2 * DAY_MS).toISOString();
  const text = repository.signOff(productOf(name), { subject, email, when, more });
  repository.write(`${folder}/.mlops/signoffs/${day(-2)}-${subject}-${email.split("@")[0] ?? ""}.yaml`, text);
  repository.commitAs(email);
}

function productOf(name: string): string {
  return PRODUCT.replaceAll("churn", name);
}

/** The view of sign-offs: what waits for whom, and what becomes of it. Whoever works here is Mia. */
export const suite: E2eSuite = {
  workspace: repository.path,
  before: () => {
    for (const name of ["waiting-model", "approved-model", "ending-model"]) {
      repository.write(`${name}/mlops.yaml`, productOf(name));
    }
    repository.commitAs("ana@example.org", { day: day(-9) });
    approve("approved-model", "approved-model", "mia@example.org");
    approve("ending-model", "ending-model", "mia@example.org", `expires: ${day(5)}\n`);
    repository.git("config", "user.name", "Mia Berg");
    repository.git("config", "user.email", "mia@example.org");
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "tells what ends soon, shows what waits for me, and turns a decision stale while somebody types": async ({ workbench }) => {
      await workbench.toast(/sign-off .* ends on/i).waitFor();
      await showView(workbench, "Sign-Offs");
      const view = workbench.view("Sign-Offs");
      await workbench.row(/waiting-model · launch.*waits for you.*nobody was asked yet.*mia@example\.org/, view).waitFor();
      await workbench.row(/ending-model · launch.*ends on/, view).waitFor();
      await workbench.row(/approved-model · launch.*holds until.*mia@example\.org/, view).waitFor();
      await workbench.screenshotInThemes("sign-offs");
      // The decision that is due, and, once the overview has looked, the one that ends soon.
      await workbench.page
        .locator(".part.activitybar .badge-content")
        .getByText(/^[12]$/)
        .first()
        .waitFor();

      await workbench.row(/approved-model · launch/, view).click();
      await workbench.tab(`${day(-2)}-launch-mia.yaml`).waitFor();
      await openFile(workbench, "approved-model/mlops.yaml");
      await workbench.page.locator(".view-line", { hasText: "Predict which" }).first().click();
      await workbench.page.keyboard.press("End");
      await workbench.page.keyboard.type("!"); // One letter is undone at once.
      await workbench.row(/approved-model · launch.*waits for you.*stale/, view).waitFor();
      await workbench.screenshot("sign-offs-stale-dark");
      await workbench.page.keyboard.press("Control+z");
      await workbench.row(/approved-model · launch.*holds until/, view).waitFor();
    },

    "prepares a draft that says whom to ask, opens it for the person, and counts it once it is committed": async ({
      workbench,
      server,
    }) => {
      await showView(workbench, "Sign-Offs");
      const view = workbench.view("Sign-Offs");
      const row = workbench.row(/waiting-model · launch/, view);
      await row.waitFor();
      await workbench.chooseFromMenu(row, "Request Sign-Off…");
      await workbench.toast("Ask mia@example.org to sign the launch.").waitFor();
      const file = draftIn(server, "waiting-model");
      await workbench.tab(file).waitFor();
      const path = join(server.workspace, "waiting-model", ".mlops", "signoffs", file);
      const draft = readSignOff(readFileSync(path, "utf8"));
      assert.deepEqual([draft.name, draft.email, draft.role, draft.decision, draft.statement], [null, null, null, null, null]);
      assert.ok(draft.commit !== null && draft.configSha256 !== null);
      await workbench.screenshot("sign-off-draft-dark");
      await workbench.runCommand("MLOps: Refresh Sign-Offs"); // A busy machine may tell of a new file late.
      await workbench.row(/waiting-model · launch.*waits for you.*draft/, view).waitFor();

      await workbench.runCommand("MLOps: Sign: Open the Draft of a Sign-Off");
      await workbench.toast("commit this file alone, as mia@example.org").waitFor();
      // What only the person writes.
      const signed = readFileSync(path, "utf8")
        .replace("  name:\n  email:\n", "  name: Mia Berg\n  email: mia@example.org\n")
        .replace(/^decision:.*$/m, "decision: approve")
        .replace(/^statement:.*$/m, `statement: ${STATEMENT}`);
      writeFileSync(path, signed);
      await workbench.row(/waiting-model · launch.*not committed/, view).waitFor();
      const git = (...args: readonly string[]): void => void execFileSync("git", args, { cwd: server.workspace });
      git("add", path);
      git("-c", "commit.gpgsign=false", "commit", "-q", "-m", "Approve the launch");
      await workbench.row(/waiting-model · launch.*holds until/, view).waitFor();
      await workbench.screenshot("sign-off-given-dark");
    },
  },
};

async function openFile(workbench: Workbench, path: string): Promise<void> {
  await workbench.page.keyboard.press("Control+p");
  await workbench.quickInput().fill(path);
  await workbench.quickPick("mlops.yaml").waitFor();
  await workbench.page.keyboard.press("Enter");
  await workbench.tab("mlops.yaml").waitFor();
}

function draftIn({ workspace }: Server, product: string): string {
  const [file = ""] = readdirSync(join(workspace, product, ".mlops", "signoffs"));
  return file;
}
