import { beforeEach, describe, expect, it } from "vitest";

import { EMPTY_POLICY } from "../../../../src/core/config/policy";
import { readConfig } from "../../../../src/core/config/readConfig";
import type { Finding } from "../../../../src/core/lint/finding";
import { ALL_RULES } from "../../../../src/core/lint/allRules";
import type { LintFacts } from "../../../../src/core/lint/lintFacts";
import { runLint } from "../../../../src/core/lint/runLint";
import { gatherFacts } from "../../../../src/core/lint/workspace/gatherFacts";
import { unknownRegistry, unknownRepositories } from "../../../../src/core/lint/workspace/unknownPorts";
import { trainingAutomation, type TrainingAutomation } from "../../../../src/core/training/automation/trainingAutomation";
import { trainingCrontab } from "../../../../src/core/training/automation/trainingCrontab";
import { trainingDag, trainingDagPath } from "../../../../src/core/training/automation/trainingDag";
import { trainingWorkflow, trainingWorkflowPath } from "../../../../src/core/training/automation/trainingWorkflow";
import { lintContext } from "../../../builders/lintContext";
import { memoryFiles } from "../../../builders/memoryFiles";

const TODAY = "2026-11-24";
const CONFIG = "our models/churn/mlops.yaml";
const PRODUCT = `version: 1
name: Churn
train:
  environment: requirements.lock
  trigger: {schedule: "0 4 * * 1"}
  resources: {timeout: 2h}
`;

let texts: Map<string, string>;

function automationOf(text: string, config = CONFIG): TrainingAutomation {
  const automation = trainingAutomation(readConfig(text).value, config, { kind: "copy" });
  if (automation === null) {
    throw new Error("Nothing starts a training.");
  }
  return automation;
}

function write(automation: TrainingAutomation): void {
  texts.set(trainingWorkflowPath(automation), trainingWorkflow(automation));
  texts.set(trainingDagPath(automation), trainingDag(automation));
  texts.set("crontab", `# ours\n${trainingCrontab(automation, "/srv/repository", "/usr/bin/node")}\n`);
}

async function factsOf(text: string, path = CONFIG): Promise<LintFacts> {
  texts.set(path, text);
  const ports = {
    files: memoryFiles(Object.fromEntries(texts)),
    repositories: unknownRepositories("there is none"),
    registry: unknownRegistry("there is none"),
  };
  return gatherFacts({ product: readConfig(text).value, path, policy: EMPTY_POLICY, today: TODAY }, ports, new AbortController().signal);
}

async function disagreements(text: string, path = CONFIG): Promise<readonly Finding[]> {
  const facts = await factsOf(text, path);
  return runLint({ ...lintContext(text), facts }, ALL_RULES).findings.filter(({ code }) => code === "EFF06");
}

beforeEach(() => {
  texts = new Map();
});

describe("what was generated from a product's file", () => {
  it("agrees with it as long as neither changes", async () => {
    write(automationOf(PRODUCT));
    expect(await disagreements(PRODUCT)).toEqual([]);
    const { automations, pipelines } = await factsOf(PRODUCT);
    const found = automations.known ? automations.value : [];
    expect(found.map(({ path, config, names, schedule, timeout }) => [path, config, names, schedule, timeout])).toEqual([
      ["../../.github/workflows/mlops-train-churn.yml", "this", CONFIG, "0 4 * * 1", "150m"],
      ["../../dags/mlops_train_churn.py", "this", CONFIG, "0 4 * * 1", "150m"],
      ["../../crontab", "this", CONFIG, "0 4 * * 1", null],
    ]);
    expect(pipelines, "no pipeline that makes the model").toEqual({ known: true, value: [] });
  });

  it.each([
    ["schedule", PRODUCT.replace("* * 1", "* * *"), 3],
    ["time limit", PRODUCT.replace("2h", "4h"), 2],
    ["packages", PRODUCT.replace("requirements.lock", "requirements-gpu.lock"), 1],
    ["trigger", PRODUCT.replace(/ {2}trigger.*\n/, ""), 3],
  ])("disagrees when the %s changes, and says where", async (_, changed, count) => {
    write(automationOf(PRODUCT));
    const findings = await disagreements(changed);
    expect(findings).toHaveLength(count);
    for (const { related = [] } of findings) {
      expect(related).toHaveLength(1);
      const [{ path, line, isGenerated } = { path: "", line: null, isGenerated: false }] = related;
      const text = texts.get(path.replace(/^(?:\.\.\/)+/, "")) ?? "";
      expect(isGenerated).toBe(true);
      expect(text.split("\n")[line ?? -1]).toContain(CONFIG);
    }
  });

  it("disagrees when the file moves and nothing trains it any more", async () => {
    write(automationOf(PRODUCT));
    const findings = await disagreements(PRODUCT, "models/churn/mlops.yaml");
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining(`mlops-train-churn.yml trains ${CONFIG}, which is not there any more`),
      expect.stringContaining(`dags/mlops_train_churn.py trains ${CONFIG}, which is not there any more`),
    ]);
  });

  it("is another product's business where that is there", async () => {
    write(automationOf(PRODUCT));
    texts.set(CONFIG, PRODUCT);
    expect(await disagreements(PRODUCT.replace("* * 1", "* * *"), "models/churn/mlops.yaml")).toEqual([]);
  });
});

describe("a linked pipeline", () => {
  const linked = (file: string, text: string): Promise<readonly Finding[]> => {
    texts.set(`our models/churn/${file}`, text);
    return disagreements(`${PRODUCT}  command: [python, train.py]\npipeline: ${file}\n`);
  };

  it.each([
    ["dvc.yaml", "stages:\n  a: {cmd: python prepare.py}\n  b: {cmd: [python fit.py]}\n", ["prepare.py, fit.py"]],
    ["dvc.yaml", "stages:\n  a: {cmd: python prepare.py}\n  b: {cmd: python src/train.py --x 1}\n", []],
    ["dvc.yaml", "stages:\n  a: {cmd: make train}\n  b: {cmd: python fit.py}\n", []],
    ["dvc.yaml", "stages:\n  a: {cmd: bash run.sh prepare.py}\n", []],
    ["MLproject", "name: a\nentry_points:\n  main: {command: 'python fit.py {lr}'}\n", ["fit.py"]],
    ["MLproject", "name: a\nentry_points:\n  main: {command: 'python -m churn.train'}\n", []],
    ["job.yaml", "apiVersion: ray.io/v1\nkind: RayJob\nspec: {entrypoint: python fit.py}\n", ["fit.py"]],
  ])("%s: %j runs other scripts: %j", async (file, text, scripts) => {
    const findings = await linked(file, text);
    expect(findings.map(({ message }) => message)).toEqual(
      scripts.map((script) => `Two files disagree: the training runs train.py here, ${script} in ${file}.`),
    );
    for (const { related, noFix, fixes } of findings) {
      expect(related?.[0]?.path).toBe(file);
      expect(fixes.length > 0 || (noFix ?? "").includes(file)).toBe(true);
    }
  });

  it("is also one that the engine names", async () => {
    texts.set(
      ".github/workflows/train.yml",
      "on: {schedule: [{cron: '0 5 * * *'}]}\njobs:\n  a:\n    container: churn:2\n    steps:\n      - run: pip install -r 'our models/churn/requirements.txt'\n      - run: python train.py\n",
    );
    const text = `${PRODUCT}  image: churn:1\n  github_actions: {workflow: train.yml}\n`;
    expect((await disagreements(text)).map(({ message }) => message.replace(/.*the (\w+).*/, "$1"))).toEqual([
      "packages",
      "schedule",
      "container",
    ]);
  });
});
