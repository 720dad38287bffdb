import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { GATED, GateRepository } from "../builders/gateRepository";
import { findAccessibilityFaults } from "../harness/axe.mjs";
import { BROKEN, commandTarget, openDeploy, registerVersions, RELEASE_SCRIPT, ReleaseServer } from "./releasedFiles";
import { eventually, narrowTo500, showView, type E2eSuite } from "./suite";

const server = new ReleaseServer();
await server.start();

const DAY = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
/** Approvals and measurements age, so that all days of the file are some days ago. */
const TEXT = GATED.replaceAll(/20\d\d-\d\d-\d\d/g, DAY).replace(
  "production: {type: mlflow_alias, alias: champion}",
  `production: ${commandTarget(server.address, "churn", "release.mjs")}`,
);
/** A product whose gate only warns. */
const LOOSE = `version: 1
name: loose
purpose: Try a release from the palette to its end, for whoever tests it.
stage: development
owner: ana@example.org
tracking: {uri: mlruns, experiment: loose}
model: {registry: mlflow, name: loose, version: "14"}
kpis: [{name: f1, target: ">= 0.80"}]
deploy: {gate: warn, targets: {staging: ${commandTarget(server.address, "loose", "../release.mjs")}}}
`;

const repository = new GateRepository(TEXT);
repository.write("release.mjs", RELEASE_SCRIPT);
repository.write("loose/mlops.yaml", LOOSE);
registerVersions(join(repository.path, "loose"), "loose", { 13: 0.81, 14: 0.86, [BROKEN]: 0.9 });
repository.evaluate({ f1: 0.85, model_version: "14", commit: repository.commitAs("ana@example.org", { day: DAY }) });
repository.commitAs("ana@example.org", { day: DAY });
process.once("exit", () => repository.dispose());

/** Mia approves what stands in the copy of the repository that the window shows. */
function approve(workspace: string): void {
  const file = join(workspace, ".mlops", "signoffs", `${DAY}-launch-mia.yaml`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, repository.signOff(TEXT, { when: `${DAY}T12:00:00Z` }));
  const git = (...args: readonly string[]): unknown => execFileSync("git", args, { cwd: workspace });
  git("add", ".mlops/signoffs");
  const who = ["-c", "user.name=mia", "-c", "user.email=mia@example.org", "-c", "commit.gpgsign=false"];
  git(...who, "commit", "-q", "-m", "Approve the launch", `--date=${DAY}T12:00:00Z`);
}

/** Deployments in the editor: seen before anything changes, gated, carried out step by step, and taken back. */
export const suite: E2eSuite = {
  workspace: repository.path,
  before: () => Promise.resolve(() => server.stop()),
  tests: {
    "blocks what nobody approved, and deploys and scores it once somebody has": async ({ workbench, server: editor }) => {
      const page = await openDeploy(workbench, "churn");
      await page.getByLabel("Target").selectOption("production");
      await page.getByLabel("Version", { exact: true }).selectOption("14");
      await page.getByText("Cannot deploy", { exact: false }).first().waitFor();
      await page.getByText("sign-off", { exact: false }).first().waitFor();
      await workbench.screenshotInThemes("deploy-blocked");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      assert.equal(await page.getByRole("button", { name: "Deploy version 14" }).getAttribute("aria-disabled"), "true");

      approve(editor.workspace);
      await page.getByRole("button", { name: "Plan again" }).click();
      const confirm = page.getByLabel("Type churn to confirm");
      await confirm.waitFor();
      await workbench.screenshotInThemes("deploy-ready");
      assert.equal(await page.getByRole("button", { name: "Deploy version 14" }).getAttribute("aria-disabled"), "true");
      await confirm.fill("churn");
      await confirm.press("Enter");
      await page.getByRole("heading", { name: "Succeeded" }).waitFor();
      await page.getByText("Healthy:", { exact: false }).waitFor();
      assert.equal(server.versions.get("churn"), "14");
      await workbench.screenshotInThemes("deploy-done");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);

      await showView(workbench, "Deployments");
      await workbench.row(/churn · production.*version 14/, workbench.view("Deployments")).waitFor();
      await workbench.screenshot("deployments-view-dark");
      const log = readFileSync(join(editor.workspace, ".mlops", "deployments.jsonl"), "utf8");
      assert.match(log, /"state":"succeeded"/);

      await workbench.reloadWindow();
      await workbench.webview().getByRole("heading", { name: "Succeeded" }).waitFor();
    },

    "goes back by itself from a version that does not answer, and by one command from any": async ({ workbench }) => {
      for (const version of ["13", "14"]) {
        const page = await openDeploy(workbench, "loose");
        await page.getByLabel("Version", { exact: true }).selectOption(version);
        await page.getByRole("button", { name: `Deploy version ${version}` }).click();
        await page.getByRole("heading", { name: "Succeeded" }).waitFor();
        await page.getByRole("region", { name: "Answer of the model" }).getByText("predictions").waitFor();
        await eventually(() => assert.equal(server.versions.get("loose"), version));
        await workbench.runCommand("View: Close All Editors");
      }
      const page = await openDeploy(workbench, "loose");
      await page.getByLabel("Version", { exact: true }).selectOption(BROKEN);
      await page.getByRole("heading", { name: `Version ${BROKEN} beside version 14` }).waitFor();
      await page.getByRole("row", { name: /f1.*0.86.*0.9/ }).waitFor();
      await workbench.screenshot("deploy-differences-dark");
      await page.getByRole("button", { name: `Deploy version ${BROKEN}` }).click();
      await page.getByRole("heading", { name: "Failed and rolled back" }).waitFor();
      await page.getByText("No module named", { exact: false }).first().waitFor();
      assert.equal(server.versions.get("loose"), "14");
      await workbench.screenshotInThemes("deploy-rolled-back");
      await narrowTo500(workbench);
      await workbench.screenshot("deploy-narrow-dark");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      await workbench.page.setViewportSize({ width: 1400, height: 900 });

      await workbench.runCommand("MLOps: Roll Back…");
      await workbench.quickPick("loose · staging").waitFor();
      await workbench.quickInput().fill("loose");
      await workbench.page.keyboard.press("Enter");
      const back = workbench.webview();
      await back.getByRole("heading", { name: "Roll back loose" }).waitFor();
      await back.getByRole("button", { name: "Roll back to version 13" }).click();
      await back.getByRole("heading", { name: "Succeeded" }).waitFor();
      assert.equal(server.versions.get("loose"), "13");
    },
  },
};
