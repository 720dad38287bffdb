import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findAccessibilityFaults } from "../harness/axe.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { eventually, narrowTo500, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-retrain-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

/** Trains for as long as it is told, and leaves a run behind as MLflow's folders have it. */
const TRAIN = `
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
const options = Object.fromEntries(process.argv.slice(2).map((one) => one.replace(/^--/, "").split("=")));
appendFileSync("started.txt", JSON.stringify(process.argv.slice(2)) + "\\n");
const id = [...Array(32)].map(() => Math.floor(Math.random() * 16).toString(16)).join("");
const start = Date.now();
for (let epoch = 1; epoch <= 10; epoch++) {
  console.log("epoch " + epoch + "/10");
  await new Promise((resolve) => setTimeout(resolve, Number(options.seconds) * 100));
}
const run = "mlruns/1/" + id;
for (const name of ["metrics", "params", "tags", "artifacts"]) mkdirSync(run + "/" + name, { recursive: true });
writeFileSync(run + "/meta.yaml", [
  "artifact_uri: mlruns/1/" + id + "/artifacts", "end_time: " + Date.now(), "entry_point_name: ''", "experiment_id: '1'", "lifecycle_stage: active",
  "run_id: " + id, "run_name: by-hand", "run_uuid: " + id, "source_name: ''", "source_type: 4", "source_version: ''",
  "start_time: " + start, "status: 3", "tags: []", "user_id: somebody", "",
].join("\\n"));
writeFileSync(run + "/metrics/f1", Date.now() + " 0.91 0\\n");
writeFileSync(run + "/params/lr", options.lr);
for (const [name, value] of Object.entries(JSON.parse(process.env.MLFLOW_RUN_CONTEXT ?? "{}"))) writeFileSync(run + "/tags/" + name, value);
`;

function writeProduct(name: string, seconds: number, rest = ""): void {
  const place = join(folder, name);
  mkdirSync(join(place, "mlruns", "1"), { recursive: true });
  const time = 1_790_000_000_000;
  writeFileSync(
    join(place, "mlruns", "1", "meta.yaml"),
    `artifact_location: mlruns/1\ncreation_time: ${time}\nexperiment_id: '1'\nlast_update_time: ${time}\nlifecycle_stage: active\nname: ${name}\n`,
  );
  writeFileSync(join(place, "train.mjs"), TRAIN);
  writeFileSync(join(place, "data.csv"), "id,amount\n1,10\n2,20\n");
  writeFileSync(
    join(place, "mlops.yaml"),
    `version: 1
name: ${name}
purpose: Try a training from the palette to its end, for whoever tests it.
stage: development
owner: ana.ruiz@example.org
tracking: {uri: mlruns, experiment: ${name}}
train:
  engine: local
  command: [${JSON.stringify(process.execPath)}, train.mjs, "--lr={lr}", "--seconds={seconds}"]
  params: {lr: 0.1, seconds: ${seconds}}
  code: [train.mjs]
data: [{path: data.csv, use: train${rest}}]
kpis: [{name: f1, target: ">= 0.80"}]
`,
  );
}

/** Trainings in the editor: seen before they start, followed, ended, and never lost. */
export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    writeProduct("quick-model", 2);
    writeProduct("slow-model", 600);
    writeProduct("long-model", 25);
    writeProduct("bad-model", 1, ", expect: {columns: {amount: {type: number, max: 15}}}");
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "shows a plan, trains, finds the run, and refuses to train the same again": async ({ workbench, server }) => {
      const page = await plan(workbench, "quick-model");
      await page.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await page.getByRole("region", { name: "Command" }).getByText("--lr=0.1").waitFor();
      await page.getByText("data.csv").first().waitFor();
      await workbench.screenshotInThemes("retrain-plan");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);

      await page.getByLabel("lr", { exact: true }).fill("fast");
      await page.getByText("Cannot start", { exact: false }).first().waitFor();
      assert.equal(await page.getByRole("button", { name: "Start training" }).getAttribute("aria-disabled"), "true");
      await page.getByLabel("lr", { exact: true }).fill("0.2");
      await page.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await page.getByRole("button", { name: "Start training" }).click();
      await page.getByRole("heading", { name: "Training of quick-model" }).waitFor();
      await page.getByRole("heading", { name: "Succeeded" }).waitFor();
      await page.getByRole("heading", { name: "What came of it" }).waitFor();
      await page.getByRole("cell", { name: "0.91" }).waitFor();
      await workbench.screenshotInThemes("retrain-outcome");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      await page.getByRole("button", { name: "by-hand" }).click();
      await workbench.tab("by-hand").waitFor();
      assert.deepEqual(started(server.workspace, "quick-model"), [["--lr=0.2", "--seconds=2"]]);

      await showTrainings(workbench);
      await workbench.row(/quick-model.*succeeded/i, workbench.view("Training")).waitFor();
      await workbench.screenshot("retrain-jobs-dark");

      const again = await plan(workbench, "quick-model");
      await again.getByLabel("lr", { exact: true }).fill("0.2");
      await again.getByRole("heading", { name: "Nothing changed" }).waitFor();
      await again.getByRole("button", { name: "Use that run" }).waitFor();
      assert.equal(await again.getByRole("button", { name: "Start training" }).getAttribute("aria-disabled"), "true");
      await workbench.screenshotInThemes("retrain-redundant");
      await again.getByLabel("Train again all the same, because").fill("To see how much results vary");
      await again.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await again.getByRole("button", { name: "Start training" }).click();
      await again.getByRole("heading", { name: "Succeeded" }).waitFor();
      assert.equal(started(server.workspace, "quick-model").length, 2);
    },

    "goes on while the window is loaded anew, and shows the training again": async ({ workbench, server }) => {
      const page = await plan(workbench, "long-model");
      await page.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await page.getByRole("button", { name: "Start training" }).click();
      await page.getByRole("heading", { name: "Running" }).waitFor();
      await page
        .getByText(/epoch [12]\/10/)
        .first()
        .waitFor();
      await workbench.screenshot("retrain-job-dark");
      await workbench.reloadWindow();
      const back = workbench.webview();
      await back.getByRole("heading", { name: "Training of long-model" }).waitFor();
      await workbench.screenshot("retrain-job-reloaded-dark");
      await back.getByRole("heading", { name: "Succeeded" }).waitFor({ timeout: 60_000 });
      await back.getByRole("cell", { name: "0.91" }).waitFor();
      assert.equal(started(server.workspace, "long-model").length, 1);
    },

    "ends a training when somebody asks for it": async ({ workbench, server }) => {
      const page = await plan(workbench, "slow-model");
      await page.getByText("Ready to start. Nothing runs before you say so.").waitFor();
      await page.getByRole("button", { name: "Start training" }).click();
      await page.getByRole("heading", { name: "Running" }).waitFor();
      await eventually(() => assert.equal(started(server.workspace, "slow-model").length, 1));
      await showTrainings(workbench);
      const row = workbench.row(/slow-model.*running/i, workbench.view("Training"));
      await row.waitFor();
      await page.getByRole("button", { name: "Cancel training" }).click();
      await workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: "Cancel the Training" }).click();
      await page.getByRole("heading", { name: "Cancelled", exact: true }).waitFor();
      await workbench.row(/slow-model.*Cancelled ·/, workbench.view("Training")).waitFor();
      const [id = ""] = readdirSync(join(server.workspace, "slow-model", ".mlops", "jobs")).filter((name) => name.startsWith("slow"));
      const job = join(server.workspace, "slow-model", ".mlops", "jobs", id, "job.json");
      await eventually(() => assert.match(readFileSync(job, "utf8"), /"state": ?"cancelled"/));
    },

    "starts nothing with data that break what is expected of them": async ({ workbench, server }) => {
      const page = await plan(workbench, "bad-model");
      await page.getByText("Cannot start", { exact: false }).first().waitFor();
      await page.getByRole("heading", { name: "Data check" }).waitFor();
      await page
        .getByText(/amount/)
        .first()
        .waitFor();
      await workbench.screenshot("retrain-data-dark");
      await narrowTo500(workbench);
      await workbench.screenshot("retrain-narrow-dark");
      assert.deepEqual(await findAccessibilityFaults(await workbench.webviewFrame()), []);
      assert.equal(existsSync(join(server.workspace, "bad-model", ".mlops", "jobs")), false);
    },
  },
};

/** Asks for a training of a product from the palette, and gives its page. */
async function plan(workbench: Workbench, product: string): Promise<ReturnType<Workbench["webview"]>> {
  await workbench.runCommand("MLOps: Retrain…");
  await workbench.quickInput().fill(product);
  await workbench.quickPick(product).waitFor();
  await workbench.page.keyboard.press("Enter");
  const page = workbench.webview();
  await page.getByRole("heading", { name: `Retrain ${product}` }).waitFor();
  return page;
}

/** Gives the whole sidebar to the view of trainings, which is closed at first. */
async function showTrainings(workbench: Workbench): Promise<void> {
  await workbench.openSidebar("MLOps");
  await workbench.giveHeightTo("Training");
  const header = workbench.view("Training").locator(".pane-header");
  if ((await header.getAttribute("aria-expanded")) === "false") {
    await header.click();
  }
}

/** Arguments of each start of a product's training. */
function started(workspace: string, product: string): readonly (readonly string[])[] {
  const file = join(workspace, product, "started.txt");
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as readonly string[])
    : [];
}
