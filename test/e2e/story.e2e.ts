import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { unusedPort } from "../contract/servedSample";
import type { Workbench } from "../harness/workbench.mjs";
import { answer, asked, offered, runByKeys } from "./newModelAnswers";
import { chooseFix, goToLine } from "./quickFixes";
import { openDeploy } from "./releasedFiles";
import { StoryFolder } from "./storyFiles";
import { eventually, showView, type E2eContext, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-story-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

type Page = ReturnType<Workbench["webview"]>;

const MODEL = "churn-model";
const RUNS = [/on minutes and complaints/, /on complaints/, /on minutes(?! and)/];
const SIGN_OFFS = ".mlops/signoffs";
const port = await unusedPort();
const storyOf = ({ server }: E2eContext): StoryFolder => new StoryFolder(server.workspace, port);

/** The whole life of one model; each test goes on where the one before ended. What other people and programs do is done by files, git and the command line. */
export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    new StoryFolder(folder, port).begin();
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "describes a new model, mends what lint finds, and asks data protection early": async (context) => {
      const { workbench } = context;
      const story = storyOf(context);
      await runByKeys(workbench, "MLOps: New Model…");
      await answer(workbench, "What is the model called?", MODEL);
      await answer(workbench, "What is it for?", "Predict which customers may leave.");
      await answer(workbench, "Who answers for the model?", "later");
      await answer(workbench, "Does the data say anything about people");
      await asked(workbench, "Which risk class");
      await workbench.screenshot("story01-new-model");
      await answer(workbench, "Which risk class");
      await answer(workbench, "Which file says how it is made?", "none");
      await asked(workbench, "Which data is it trained with?");
      await offered(workbench, "data/train.csv");
      await answer(workbench, "Which data is it trained with?", "data/train.csv");
      await answer(workbench, "By which figure is it judged?", "f1");
      await answer(workbench, "Which bound must f1 keep?", ">= 0.85");
      await answer(workbench, "Who is told when something goes wrong?", "ml-ops@example.org");
      await answer(workbench, "How often does somebody look at it again?", "6 months");
      await workbench.tab("mlops.yaml").waitFor();

      await workbench.runCommand("Problems: Focus on Problems View");
      await workbench.row("Nobody is responsible for this model", workbench.page.locator(".markers-panel")).waitFor();
      await workbench.screenshot("story02-lint");
      await goToLine(workbench, "mlops.yaml", "5:8", "mlops.yaml");
      await chooseFix(workbench, /^Set the owner to ana@example\.org/);
      await workbench.page.locator(".view-line", { hasText: "owner: ana@example.org" }).waitFor();
      await workbench.page.keyboard.press("Control+S");
      await eventually(() => assert.match(story.read("mlops.yaml"), /^owner: ana@example\.org$/m));
      await workbench.screenshot("story03-owner");

      story.answer();
      await workbench.page.locator(".view-line", { hasText: "not_for:" }).first().waitFor();
      await showView(workbench, "Sign-Offs");
      const signOffs = workbench.view("Sign-Offs");
      const early = workbench.row(/churn-model · early.*paul@example\.org/, signOffs);
      await early.waitFor();
      await workbench.chooseFromMenu(early, "Request Sign-Off…");
      await workbench.toast("Ask paul@example.org, leo@example.org to sign the early involvement.").waitFor();
      const [draft = ""] = readdirSync(join(story.path, SIGN_OFFS));
      await workbench.tab(draft).waitFor();
      await workbench.screenshot("story04-early-sign-off");
      story.sign("Paul", "early", `${SIGN_OFFS}/${draft}`);
      await workbench.row(/churn-model · early.*holds until/, signOffs).waitFor();
    },

    "trains from the palette, and is stopped by the gate: no sign-off, and a KPI below its target": async (context) => {
      const { workbench } = context;
      const story = storyOf(context);
      await train(workbench);
      await workbench.webview().getByText("misses its target").first().waitFor();
      await workbench.screenshot("story05-trained");
      story.commit("Evaluate version 1");
      story.edit(/^stage: .*$/m, "stage: staging");
      story.describe("1");

      const page = await choose(workbench, "1");
      await page.getByText("Cannot deploy", { exact: false }).first().waitFor();
      await page.getByText("The sign-off of the launch is missing", { exact: false }).first().waitFor();
      await page
        .getByText(/f1 \(plan = gold\).*misses|f1 \(plan = gold\).*below/)
        .first()
        .waitFor();
      await workbench.screenshot("story06-gate-blocks");
      assert.equal(await page.getByRole("button", { name: "Deploy version 1" }).getAttribute("aria-disabled"), "true");
    },

    "trains two more, whose runs appear at once, and compares all three": async (context) => {
      const { workbench } = context;
      const story = storyOf(context);
      const page = await openPlan(workbench);
      await page.getByLabel("features", { exact: true }).fill("complaints");
      await start(page);
      story.edit("{features: minutes, ", '{features: "minutes,complaints", ');
      story.commit("Learn from both columns");
      await train(workbench);
      await workbench.webview().getByText("meets its target").first().waitFor();
      story.commit("Evaluate version 3");

      await showView(workbench, "Experiments");
      const experiments = workbench.view("Experiments");
      await workbench.expand(workbench.row("churn", experiments));
      for (const run of RUNS) {
        await workbench.row(run, experiments).waitFor();
      }
      await workbench.screenshot("story07-runs");
      await workbench.runCommand("MLOps: Compare Runs");
      for (const run of RUNS) {
        await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: run }).first().click();
      }
      await workbench.page.keyboard.press("Enter");
      await workbench.tab("Compare 3 Runs").waitFor();
      await workbench
        .webview()
        .getByRole("row", { name: /features/ })
        .first()
        .waitFor();
      await workbench.screenshot("story08-compare");
    },

    "is let through once two people have signed, and answers a request": async (context) => {
      const { workbench } = context;
      const story = storyOf(context);
      story.describe("3");
      const page = await choose(workbench, "3");
      await page.getByText("Cannot deploy", { exact: false }).first().waitFor();
      const drafts = story.request();
      story.sign("Paul", "dpia", drafts["dpia"] ?? "");
      story.sign("Mia", "launch", drafts["launch"] ?? "");
      await page.getByRole("button", { name: "Plan again" }).click();
      await confirm(page, "3");
      await page.getByRole("heading", { name: "Succeeded" }).waitFor();
      await page.getByRole("region", { name: "Answer of the model" }).getByText("predictions").waitFor();
      await workbench.screenshot("story09-deployed");
      story.commit("Keep the release of version 3");
    },

    "alarms on real drift, shows it, and keeps what a reviewer thinks of it": async (context) => {
      const { workbench } = context;
      const story = storyOf(context);
      story.work(60, 36, 11);
      await check(workbench, /churn-model: No drift/);
      story.work(34, 10, 12, "flat-rate");
      await check(workbench, /churn-model fails/);
      await workbench.screenshot("story10-alarm");
      await workbench
        .toast(/churn-model fails/)
        .getByRole("button", { name: "Show Drift" })
        .click();
      await workbench.tab("Drift: churn-model").waitFor();
      const page = workbench.webview();
      await page.getByRole("row", { name: /^minutes\b.*Drift/ }).waitFor();
      await workbench.screenshot("story11-drift");

      await workbench.runCommand("MLOps: Write Review Note");
      await workbench.page.locator(".statusbar-item", { hasText: /^Ln \d\d, Col/ }).waitFor();
      for (const words of [
        " Ana Ruiz",
        " ana@example.org",
        ` ${new Date().toISOString().slice(0, 10)}`,
        " act",
        " The flat rate began; train with it.",
      ]) {
        await workbench.page.keyboard.insertText(words);
        await workbench.page.keyboard.press("ArrowDown");
        await workbench.page.keyboard.press("End");
      }
      await workbench.page.keyboard.press("Control+s");
      const reviews = join(story.path, ".mlops", "reviews");
      await eventually(() => assert.equal(existsSync(reviews) ? readdirSync(reviews).length : 0, 1));
      await workbench.screenshot("story12-note");
      story.commit("Keep what Ana thinks of the drift");
    },

    "refuses to train the same again, and trains from the alarm once there is new data": async (context) => {
      const { workbench } = context;
      const story = storyOf(context);
      await goToLine(workbench, "mlops.yaml", 1, "mlops.yaml");
      await workbench.runCommand("MLOps: Show Drift");
      await workbench.tab("Drift: churn-model").waitFor();
      await workbench.webview().getByRole("button", { name: "Retrain Because of This…" }).click();
      const page = workbench.webview();
      await page.getByRole("heading", { name: `Retrain ${MODEL}` }).waitFor();
      await page.getByText("Because of drift.").waitFor();
      await page.getByRole("heading", { name: "Nothing changed" }).waitFor();
      await workbench.screenshot("story13-nothing-changed");
      story.takeFlatRate();
      await page.getByRole("button", { name: "Plan again" }).click();
      await start(page);
      await page.getByText("meets its target").first().waitFor();
      story.commit("Evaluate version 4");

      await showView(workbench, "Models");
      const models = workbench.view("Models");
      await workbench.expand(workbench.row("churn", models));
      await workbench.chooseFromMenu(workbench.row("Version 4", models), "Compare with Previous Version");
      await workbench.tab("Compare 2 Runs").waitFor();
      await workbench.webview().getByRole("row", { name: /gold/ }).first().waitFor();
      await workbench.screenshot("story14-challenger");
    },

    "releases the challenger, and goes back by itself from a version that cannot answer": async (context) => {
      const { workbench } = context;
      const story = storyOf(context);
      story.describe("4");
      const drafts = story.request();
      story.sign("Paul", "dpia", drafts["dpia"] ?? "");
      story.sign("Mia", "launch", drafts["launch"] ?? "");
      story.mlops("monitor", ".");
      const page = await choose(workbench, "4");
      // Whoever has not typed the name of the model by then changes nothing in production.
      const typed = page.getByLabel("Type churn to confirm");
      await typed.fill("chrun");
      assert.equal(await page.getByRole("button", { name: "Deploy version 4" }).getAttribute("aria-disabled"), "true");
      await workbench.screenshot("story15-guard");
      await confirm(page, "4");
      await page.getByRole("heading", { name: "Succeeded" }).waitFor();
      story.commit("Keep the release of version 4");
      story.work(9, 2, 13, "flat-rate");

      await workbench.runCommand("View: Close All Editors");
      const again = await openPlan(workbench);
      await again.getByLabel("explain", { exact: true }).fill("explainer-that-is-not-here");
      await start(again);
      story.commit("Evaluate version 5");
      const back = story.read("mlops.yaml");
      story.describe("5");
      story.mlops("monitor", ".");
      story.sign("Mia", "launch", story.request()["launch"] ?? "");
      await workbench.runCommand("View: Close All Editors");
      const broken = await choose(workbench, "5");
      await confirm(broken, "5");
      await broken.getByRole("heading", { name: "Failed and rolled back" }).waitFor();
      await workbench.screenshot("story16-rolled-back");
      story.edit(story.read("mlops.yaml"), back);
      story.commit("Describe version 4, which is at work");
    },

    "exports report and bill of materials, and shows the product in order": async (context) => {
      const { workbench } = context;
      const story = storyOf(context);
      // As a workflow checks each night.
      for (let night = 0; night < 10; night++) {
        story.mlops("monitor", ".");
      }
      await goToLine(workbench, "mlops.yaml", 1, "mlops.yaml");
      await workbench.runCommand("MLOps: Open Compliance Page");
      const page = workbench.webview();
      await page.getByRole("heading", { name: `Compliance of ${MODEL}` }).waitFor();
      const before = new Set(readdirSync(story.path));
      for (const what of ["HTML for outside…", "CycloneDX bill of materials…"]) {
        await page.getByRole("button", { name: "Save a report" }).click();
        await page.getByRole("menuitem", { name: what }).click();
        await workbench.quickInput().waitFor();
        await workbench.page.keyboard.press("Enter");
        await workbench.toast("Saved").waitFor();
        await workbench.runCommand("Notifications: Clear All Notifications");
      }
      const made = readdirSync(story.path).filter((name) => !before.has(name));
      const [html = "", bom = ""] = [made.find((name) => name.endsWith(".html")), made.find((name) => name.endsWith(".json"))];
      assert.match(readFileSync(join(story.path, html), "utf8"), /<\/html>\s*$/);
      assert.equal((JSON.parse(readFileSync(join(story.path, bom), "utf8")) as { bomFormat: string }).bomFormat, "CycloneDX");
      await workbench.screenshot("story17-report");
      made.forEach((name) => rmSync(join(story.path, name)));

      await workbench.runCommand("MLOps: Open Overview");
      const overview = workbench.webview();
      const row = overview.getByRole("row").filter({ has: overview.locator(".name", { hasText: /^churn-model$/ }) });
      // The worst of the five lights says what is next.
      await row.getByText("Nothing to do").waitFor();
      await overview.getByText("1 product, 0 in trouble, 0 need attention", { exact: false }).waitFor();
      await workbench.screenshot("story18-overview");
    },
  },
};

/** Trains as the file says. */
async function train(workbench: Workbench): Promise<void> {
  await start(await openPlan(workbench));
}

async function start(page: Page): Promise<void> {
  await page.getByText("Ready to start. Nothing runs before you say so.").waitFor();
  await page.getByRole("button", { name: "Start training" }).click();
  await page.getByRole("heading", { name: "Succeeded" }).waitFor();
  await page.getByRole("heading", { name: "What came of it" }).waitFor();
}

/** Opens the page of a deployment to production, with a version. */
async function choose(workbench: Workbench, version: string): Promise<Page> {
  const page = await openDeploy(workbench, MODEL);
  await page.getByLabel("Target").selectOption("production");
  await page.getByLabel("Version", { exact: true }).selectOption(version);
  return page;
}

/** Types the model's name, as production wants it, and deploys. */
async function confirm(page: Page, version: string): Promise<void> {
  const typed = page.getByLabel("Type churn to confirm");
  await typed.waitFor();
  await page.getByRole("button", { name: `Deploy version ${version}` }).waitFor();
  await typed.fill("churn");
  await typed.press("Enter");
}

async function check(workbench: Workbench, said: RegExp): Promise<void> {
  await goToLine(workbench, "mlops.yaml", 1, "mlops.yaml");
  await workbench.runCommand("MLOps: Check Drift and KPIs Now");
  await workbench.toast(said).waitFor();
}

/** The only model that there is needs no choice. */
async function openPlan(workbench: Workbench): Promise<Page> {
  await workbench.runCommand("MLOps: Retrain…");
  const page = workbench.webview();
  await page.getByRole("heading", { name: `Retrain ${MODEL}` }).waitFor();
  return page;
}
