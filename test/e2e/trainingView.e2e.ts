import { strict as assert } from "node:assert";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { newJob } from "../../src/core/training/newJob";
import { retrainPlan, trainSpec } from "../builders/retrainPlan";
import { findAccessibilityFaults } from "../harness/axe.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { writeMonitored } from "./monitoredFiles";
import { eventually, narrowTo500, showView, type E2eSuite } from "./suite";
import { plan, started, trainBlock, writeTrained, writeTraining } from "./trainedFiles";

const folder = mkdtempSync(join(tmpdir(), "mlops-training-view-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const TOKEN = "a-token-that-nobody-prints";
const FOLLOWED = "followed-20261130-120000-a1b2c3";
const READY = "Ready to start. Nothing runs before you say so.";

/** What a cluster answers before it is asked to train, and of one job that runs, to whoever has the token. */
const cluster: Server = createServer(({ url = "", headers }, response) => {
  const isKnown = headers.authorization === `Bearer ${TOKEN}`;
  const answer = url.startsWith("/nodes")
    ? { data: { summary: [{ raylet: { state: "ALIVE", resourcesTotal: { GPU: 2 } } }] } }
    : url.endsWith("/logs")
      ? { logs: "epoch 3/10\n" }
      : url.includes("/jobs/")
        ? { submission_id: FOLLOWED, status: "RUNNING", start_time: 1_790_000_000_000, metadata: { job: FOLLOWED } }
        : { ray_version: "2.51.1" };
  response.writeHead(isKnown ? 200 : 401, { "content-type": "application/json" }).end(JSON.stringify(isKnown ? answer : {}));
});

/** What people do with trainings: in their view, from drift, by keyboard alone, with a login, and beside another window. */
export const suite: E2eSuite = {
  workspace: folder,
  before: async () => {
    await new Promise<void>((resolve) => cluster.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(cluster.address() as AddressInfo).port}`;
    writeTrained(folder, "seen-model", { seconds: 1, train: `, trigger: {schedule: "0 4 * * 1"}` });
    writeTrained(folder, "keys-model", { seconds: 1 });
    writeTrained(folder, "stale-model", { seconds: 1 });
    writeTrained(folder, "left-model", { seconds: 1 });
    writeTrained(folder, "ray-model", { seconds: 1, train: `, ray: {address: "${address}/", working_dir: /data}` });
    writeMonitored(join(folder, "drifting-model"), "drifting-model");
    appendFileSync(join(folder, "drifting-model", "mlops.yaml"), trainBlock({ seconds: 1 }));
    writeTraining(join(folder, "drifting-model"), "drifting-model");
    return () => {
      cluster.closeAllConnections();
      cluster.close();
      return Promise.resolve();
    };
  },
  tests: {
    "offers in the view what can be done with a training": async ({ workbench, server }) => {
      const page = await plan(workbench, "seen-model");
      await page.getByLabel("lr", { exact: true }).fill("0.3");
      await start(page);
      await page.getByRole("heading", { name: "Succeeded" }).waitFor();
      await showView(workbench, "Training");
      const row = workbench.row(/seen-model.*succeeded/i, workbench.view("Training"));
      await row.waitFor();
      const [id = ""] = jobsOf(server.workspace, "seen-model");

      await workbench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await workbench.chooseFromMenu(row, "Copy Id of a Training");
      await eventually(async () => assert.equal(await workbench.page.evaluate(() => navigator.clipboard.readText()), id));

      await workbench.chooseFromMenu(row, "Open Log of a Training");
      await workbench.tab(`${id}.log`).waitFor();
      await workbench.page.locator(".view-line", { hasText: "epoch 10/10" }).waitFor();
      await workbench.chooseFromMenu(row, "Open Plan of a Training");
      await workbench.page.locator(".view-line", { hasText: "--lr=0.3" }).first().waitFor();

      await workbench.chooseFromMenu(row, "Retrain with the Same Values…");
      const again = workbench.webview();
      await again.getByText(`Trained again, as in ${id}.`).first().waitFor();
      assert.equal(await again.getByLabel("lr", { exact: true }).inputValue(), "0.3");
      await again.getByLabel("lr", { exact: true }).fill("0.4");
      await start(again);
      await again.getByRole("heading", { name: "Succeeded" }).waitFor();
      assert.deepEqual(
        started(server.workspace, "seen-model").map(([lr]) => lr),
        ["--lr=0.3", "--lr=0.4"],
      );
      const finished = workbench.view("Training").locator('[role="treeitem"]', { hasText: /seen-model.*Succeeded/ });
      await eventually(async () => assert.equal(await finished.count(), 2));
      await workbench.screenshotInThemes("training-view");
      await finished.first().hover();
      await workbench.page.locator(".monaco-hover", { hasText: "Trained again" }).waitFor();
      await workbench.screenshot("training-hover-dark");
      await workbench.chooseFromMenu(finished.first(), "Compare with the Previous Training");
      await workbench.tab("Compare 2 Runs").waitFor();
      await workbench
        .webview()
        .getByRole("row", { name: /^lr\b.*0\.3.*0\.4/ })
        .waitFor();
    },

    "shows automation and runbook before it writes them": async ({ workbench, server }) => {
      await openConfig(workbench, "seen-model");
      await workbench.runCommand("MLOps: Automate Training…");
      await workbench.quickPick("GitHub Actions workflow").click();
      await workbench.quickPick("From a copy in this repository").click();
      const workflows = join(server.workspace, ".github", "workflows");
      const question = workbench.toast("as it is shown");
      await question.waitFor();
      await workbench.page.locator(".monaco-diff-editor .view-line", { hasText: "0 4 * * 1" }).first().waitFor();
      await workbench.screenshot("training-automation-dark");
      assert.equal(existsSync(workflows), false);
      await question.getByRole("button", { name: "Write File" }).click();
      await eventually(() => {
        const [name = "none"] = existsSync(workflows) ? readdirSync(workflows) : [];
        const text = existsSync(join(workflows, name)) ? readFileSync(join(workflows, name), "utf8") : "";
        assert.match(text, /retrain seen-model\/mlops\.yaml|retrain.*seen-model/);
        assert.match(text, /0 4 \* \* 1/);
      });

      await openConfig(workbench, "seen-model");
      await workbench.runCommand("MLOps: Write Runbook…");
      await question.waitFor();
      await workbench.page.locator(".monaco-diff-editor .view-line", { hasText: "seen-model" }).first().waitFor();
      await workbench.screenshot("training-runbook-dark");
      const runbook = join(server.workspace, "seen-model", "RUNBOOK.md");
      assert.equal(existsSync(runbook), false);
      // A message that goes away decides nothing; the title of the tab still asks.
      await workbench.runCommand("Notifications: Clear All Notifications");
      await question.waitFor({ state: "detached" });
      const title = workbench.page.locator(".part.editor .editor-actions");
      await title.getByRole("button", { name: "Discard Proposed File" }).waitFor();
      await workbench.screenshot("training-proposal-dark");
      await title.getByRole("button", { name: "Write Proposed File" }).click();
      await eventually(() => assert.match(existsSync(runbook) ? readFileSync(runbook, "utf8") : "", /mlops retrain/));
    },

    "leads from the palette to a started training by keyboard alone": async ({ workbench, server }) => {
      const { keyboard } = workbench.page;
      await keyboard.press("F1");
      await workbench.quickInput().waitFor();
      await keyboard.type("MLOps: Retrain…");
      await workbench.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "MLOps: Retrain…" }).waitFor();
      await keyboard.press("Enter");
      await workbench.quickPick("keys-model").waitFor();
      await keyboard.type("keys-model");
      await workbench.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "keys-model" }).waitFor();
      await keyboard.press("Enter");
      const page = workbench.webview();
      await page.getByText(READY).waitFor();
      await tabTo(workbench, () => page.getByLabel("lr", { exact: true }));
      await keyboard.press("ControlOrMeta+a");
      await keyboard.type("0.7");
      await page.getByRole("region", { name: "Command" }).getByText("--lr=0.7").waitFor();
      await page.getByText(READY).waitFor();
      await tabTo(workbench, () => page.getByRole("button", { name: "Start training" }), "Shift+Tab");
      await keyboard.press("Enter");
      await page.getByRole("heading", { name: "Succeeded" }).waitFor();
      // The button that had the focus is gone; the page keeps it, so that the next key does not go nowhere.
      await tabTo(workbench, () => page.getByRole("button", { name: "Open plan" }));
      assert.deepEqual(
        started(server.workspace, "keys-model").map(([lr]) => lr),
        ["--lr=0.7"],
      );
    },

    "makes a new plan where the one that was shown does not hold any more": async ({ workbench, server }) => {
      const page = await plan(workbench, "stale-model");
      await page.getByText(READY).waitFor();
      appendFileSync(join(server.workspace, "stale-model", "data.csv"), "3,30\n");
      await page.getByRole("button", { name: "Start training" }).click();
      await page
        .getByRole("alert")
        .getByText(/does not hold any more.*A new plan is below\./)
        .waitFor();
      await page.getByText(READY).waitFor();
      await workbench.screenshot("training-stale-dark");
      assert.deepEqual(started(server.workspace, "stale-model"), []);
      await start(page);
      await page.getByRole("heading", { name: "Succeeded" }).waitFor();
    },

    "takes the reason along from a drift alert, and trains": async ({ workbench, server }) => {
      await openConfig(workbench, "drifting-model");
      await workbench.runCommand("MLOps: Check Drift and KPIs Now");
      const alert = workbench.toast(/drifting-model fails/);
      await alert.getByRole("button", { name: "Show Drift" }).waitFor();
      await alert.getByRole("button", { name: "Retrain…" }).click();
      const page = workbench.webview();
      await page.getByText("Because of drift.").waitFor();
      await page.locator(".reason", { hasText: /Drifted:.*minutes.*Window: \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\./ }).waitFor();
      await workbench.screenshotInThemes("training-drift");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      await start(page);
      await page.getByRole("heading", { name: "Succeeded" }).waitFor();
      const [id = ""] = jobsOf(server.workspace, "drifting-model");
      const job = readFileSync(join(server.workspace, "drifting-model", ".mlops", "jobs", id, "job.json"), "utf8");
      assert.match(job, /"kind": "drift"/);

      await openConfig(workbench, "drifting-model");
      await workbench.runCommand("MLOps: Show Drift");
      await workbench.tab("Drift: drifting-model").waitFor();
      await workbench.webview().getByRole("button", { name: "Retrain Because of This…" }).click();
      await workbench
        .webview()
        .locator(".reason", { hasText: /Drifted:.*minutes/ })
        .waitFor();
    },

    "asks for the login of a cluster where it is wanted, and keeps it out of all files": async ({ workbench, server }) => {
      const page = await plan(workbench, "ray-model");
      await page.getByRole("combobox", { name: "Where" }).selectOption({ label: "Ray" });
      await page
        .getByText(/does not accept the login/)
        .first()
        .waitFor();
      await page.getByText(/wants a login/).waitFor();
      await workbench.screenshotInThemes("training-login");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      await page.getByRole("button", { name: "Set login…" }).click();
      await enterToken(workbench, TOKEN);
      await page
        .getByText(/Ray 2\.51\.1 at .* has one node and 2 GPUs\./)
        .first()
        .waitFor();
      assert.equal(await page.getByText(/wants a login/).count(), 0);
      assert.deepEqual(filesWith(server.home, TOKEN), []);
      await narrowTo500(workbench);
      await workbench.screenshot("training-ray-narrow-dark");

      await workbench.runCommand("MLOps: Set Login for Training Engine…");
      await workbench.quickPick("Forget what is stored").click();
      await page.getByRole("button", { name: "Plan again" }).click();
      await page.getByText(/wants a login/).waitFor();
    },

    "asks for the login also while it follows a training on a cluster": async ({ workbench, server }) => {
      writeFollowed(server.workspace);
      await showView(workbench, "Training");
      await workbench.row(/followed-model.*unknown/i, workbench.view("Training")).click();
      const page = workbench.webview();
      await page.getByRole("heading", { name: "Training of followed-model" }).waitFor();
      await page.getByText(/wants a login/).waitFor();
      await workbench.screenshot("training-followed-login-dark");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      await page.getByRole("button", { name: "Set login…" }).click();
      await enterToken(workbench, TOKEN);
      await page.getByRole("heading", { name: "Running" }).waitFor();
      await page.getByText("epoch 3/10").waitFor();
      assert.equal(await page.getByText(/wants a login/).count(), 0);
      rmSync(join(server.workspace, "followed-model"), { recursive: true });
    },

    "tells of the end in another window where the one that started it is gone": async ({ workbench, server }) => {
      const hold = join(server.workspace, "left-model", "hold");
      writeFileSync(hold, "");
      const page = await plan(workbench, "left-model");
      await start(page);
      await page.getByRole("heading", { name: "Running" }).waitFor();
      await workbench.page.goto(server.url, { waitUntil: "domcontentloaded" });
      await workbench.ready();
      await showView(workbench, "Training");
      await workbench.row(/left-model.*running/i, workbench.view("Training")).waitFor();
      rmSync(hold);
      const told = workbench.toast(/The training of left-model ended well\. f1 0\.91 \(target >= 0\.80\), meets its target/);
      await told.waitFor();
      await workbench.screenshot("training-told-dark");
      await told.getByRole("button", { name: "Open", exact: true }).click();
      await workbench.webview().getByRole("heading", { name: "Training of left-model" }).waitFor();
    },
  },
};

/** A training that a window started on the cluster before, and of which only the journal tells. */
function writeFollowed(root: string): void {
  const address = `http://127.0.0.1:${(cluster.address() as AddressInfo).port}`;
  writeTrained(root, "followed-model", { seconds: 1, train: `, ray: {address: "${address}", working_dir: /data}` });
  const place = join(root, "followed-model");
  const about = { product: "followed-model", config: "followed-model/mlops.yaml", engine: "ray" } as const;
  const spec = trainSpec({ ...about, root, folder: place, ray: { address, workingDir: "/data" } });
  const plan = retrainPlan({ ...about, jobId: FOLLOWED, spec });
  const handle = { engine: "ray", jobId: FOLLOWED, externalId: FOLLOWED, place: address, webUrl: null } as const;
  const job = { ...newJob(plan, Date.now(), null), phase: "submitted", handle };
  const folderOfJob = join(place, ".mlops", "jobs", FOLLOWED);
  mkdirSync(folderOfJob, { recursive: true });
  writeFileSync(join(folderOfJob, "plan.json"), JSON.stringify(plan));
  writeFileSync(join(folderOfJob, "job.json"), JSON.stringify(job));
}

async function start(page: ReturnType<Workbench["webview"]>): Promise<void> {
  await page.getByText(READY).waitFor();
  await page.getByRole("button", { name: "Start training" }).click();
  await page.getByRole("heading", { name: /^Training of/ }).waitFor();
}

async function openConfig(workbench: Workbench, product: string): Promise<void> {
  await workbench.page.keyboard.press("Control+P");
  await workbench.quickInput().fill(`${product}/mlops.yaml`);
  await workbench.quickPick("mlops.yaml").click();
  await workbench.tab("mlops.yaml").waitFor();
}

async function enterToken(workbench: Workbench, token: string): Promise<void> {
  await workbench.quickPick("Access token").click();
  await workbench.page.locator('.quick-input-widget input[type="password"]').fill(token);
  await workbench.page.keyboard.press("Enter");
}

/** Presses a key until something has the focus, as one without a mouse does. */
async function tabTo(workbench: Workbench, target: () => ReturnType<Workbench["page"]["locator"]>, key = "Tab"): Promise<void> {
  await eventually(async () => {
    await workbench.page.keyboard.press(key);
    assert.equal(await target().evaluate((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element), true);
  });
}

function jobsOf(workspace: string, product: string): readonly string[] {
  return readdirSync(join(workspace, product, ".mlops", "jobs")).filter((name) => name.startsWith(product));
}

/** Files of a folder that hold a text. */
function filesWith(place: string, text: string): readonly string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(text));
}
