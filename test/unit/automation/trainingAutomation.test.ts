import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

import type { Product } from "../../../src/core/config/product";
import { PRODUCT_FIELDS } from "../../../src/core/config/product";
import { readConfig } from "../../../src/core/config/readConfig";
import { canonicalCron } from "../../../src/core/lint/schedule";
import { type TrainingAutomation, trainingAutomation, trainingCron } from "../../../src/core/training/automation/trainingAutomation";
import { trainingCrontab } from "../../../src/core/training/automation/trainingCrontab";
import { trainingDag, trainingDagPath } from "../../../src/core/training/automation/trainingDag";
import { trainingWorkflow, trainingWorkflowPath } from "../../../src/core/training/automation/trainingWorkflow";
import { validValue } from "../../builders/configValues";
import { lintPipeline } from "../../builders/pipelineCase";
import { loadWorkflowParser } from "../../builders/workflowParser";

const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await loadWorkflowParser();

const folder = mkdtempSync(join(tmpdir(), "mlops-training-automation-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FULL = `name: Churn model
purpose: Predict which customers may leave, so that support can call them first.
owner: ana@corp.eu
personal_data: yes
train:
  engine: local
  environment: requirements.lock
  trigger: {schedule: "0 4 * * 1", on_drift: fail, on_new_data: true}
  resources: {timeout: 2h}
data: [{path: data/train.parquet, use: train, version: {dvc: true}}]
`;

const product = (text: string): Product => readConfig(text).value;

function automationOf(text: string, config = "models/churn/mlops.yaml"): TrainingAutomation {
  const made = trainingAutomation(product(text), config, { kind: "copy" });
  if (made === null) {
    throw new Error("Nothing starts a training.");
  }
  return made;
}

interface Workflow {
  readonly name: string;
  readonly on: { readonly schedule: readonly { readonly cron: string }[] };
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: {
    readonly train: {
      readonly "runs-on": unknown;
      readonly "timeout-minutes": number;
      readonly steps: readonly {
        readonly name?: string;
        readonly run?: string;
        readonly uses?: string;
        readonly if?: string;
        readonly env?: Readonly<Record<string, string>>;
      }[];
    };
  };
}

const read = (text: string): Workflow => parse(text) as Workflow;
const trainStep = (text: string): Workflow["jobs"]["train"]["steps"][number] =>
  read(text).jobs.train.steps.find(({ name }) => name === "Train if needed") ?? {};

/** What GitHub's own parser objects to. */
async function objections(content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: "train.yml", content }, new NoOperationTraceWriter());
  if (value !== undefined) {
    await convertWorkflowTemplate(context, value);
  }
  return context.errors.getErrors().map(({ message }) => message);
}

/** The words that a POSIX shell makes of a command. */
function wordsOf(command: string): readonly string[] {
  const script = join(folder, "words.sh");
  writeFileSync(script, `words() { for word in "$@"; do printf '%s\\0' "$word"; done; }\nwords ${command}\n`);
  return execFileSync("sh", [script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

describe("how often it is looked", () => {
  it.each([
    ["{}", null],
    ["{schedule: TODO}", null],
    ["{schedule: when needed}", null],
    ['{schedule: "0 4 * * 1"}', "0 4 * * 1"],
    ['{schedule: "0 4 ? * 1"}', "0 4 * * 1"],
    ['{schedule: "@weekly"}', "43 4 * * 1"],
    ["{schedule: monthly}", "43 4 1 * *"],
    ["{schedule: every 10 days}", "43 4 * * 1"],
    ["{on_drift: fail}", "43 4 * * *"],
    ["{on_new_data: true}", "43 4 * * *"],
    ["{on_new_data: false}", null],
    ['{schedule: "0 4 * * 1", on_drift: warn}', "43 4 * * *"],
    ['{schedule: "*/10 * * * *", on_drift: warn}', "*/10 * * * *"],
  ])("%s", (trigger, expected) => {
    expect(trainingCron(product(`train: {trigger: ${trigger}}`))).toBe(expected);
    expect(expected === null || canonicalCron(expected) !== null).toBe(true);
  });

  it("follows the checks of the model for drift", () => {
    const cron = (every: string): string | null =>
      trainingCron(product(`train: {trigger: {on_drift: fail}}\nmonitoring: {live: a.csv, checks: {every: ${every}}}`));
    expect([cron("7 days"), cron("1 hour"), cron("20 days")]).toEqual(["43 4 * * 1", "43 * * * *", "43 4 * * 1"]);
  });
});

describe("the workflow", () => {
  it("is one to GitHub's own parser, for every engine and way of install", async () => {
    for (const engine of ["local", "dvc", "ray", "airflow", "github_actions"]) {
      for (const source of [{ kind: "copy" }, { kind: "npm", version: "1.2.3" }] as const) {
        const text = trainingWorkflow({ ...automationOf(FULL.replace("engine: local", `engine: ${engine}`)), source });
        expect(await objections(text)).toEqual([]);
        expect(read(text).permissions).toEqual(engine === "github_actions" ? { contents: "read", actions: "write" } : { contents: "read" });
      }
    }
  });

  it("trains if that is needed, once at a time, and remembers what it did", () => {
    const made = automationOf(FULL);
    const text = trainingWorkflow(made);
    const workflow = read(text);
    expect(trainingWorkflowPath(made)).toBe(".github/workflows/mlops-train-churn-model.yml");
    expect(workflow.on.schedule).toEqual([{ cron: "43 4 * * *" }]);
    expect(workflow.concurrency).toEqual({ group: "mlops-train-churn-model", "cancel-in-progress": false });
    expect(workflow.jobs.train["timeout-minutes"]).toBe(150);
    expect(trainStep(text).run).toBe("node .mlops/mlops.cjs retrain --if-needed --yes -- models/churn/mlops.yaml");
    expect(workflow.jobs.train.steps.flatMap(({ run }) => run ?? [])).toContain("python -m pip install -r models/churn/requirements.lock");
    expect(text).toContain("dvc pull");
    const after = workflow.jobs.train.steps.slice(workflow.jobs.train.steps.findIndex(({ name }) => name === "Train if needed") + 1);
    expect(after.map((step) => step.if)).toEqual(["always()", "always()"]);
  });

  it("needs no Python where the training is elsewhere, and a login where it is another workflow", () => {
    const text = trainingWorkflow(automationOf(FULL.replace("engine: local", "engine: github_actions")));
    expect(text).not.toContain("setup-python");
    expect(trainStep(text).env).toEqual({ GITHUB_TOKEN: "${{ github.token }}" });
  });

  it("asks for a machine with a graphics processor where the training itself needs one", () => {
    const text = FULL.replace("timeout: 2h", "timeout: 10h, gpus: 1");
    expect(read(trainingWorkflow(automationOf(text))).jobs.train).toMatchObject({
      "runs-on": ["self-hosted", "gpu"],
      "timeout-minutes": 630,
    });
    const remote = read(trainingWorkflow(automationOf(text.replace("engine: local", "engine: ray"))));
    expect(remote.jobs.train).toMatchObject({ "runs-on": "ubuntu-latest", "timeout-minutes": 360 });
  });

  it("hands over the path as it is, and stays a workflow, whatever names and paths are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[^\0\r\n]{1,30}$/), fc.string({ unit: "binary", maxLength: 40 }), async (path, name) => {
        const config = `a/${path}\${{ secrets.X }}$(id)'/mlops.yaml`;
        const text = trainingWorkflow({ ...automationOf(`name: ${JSON.stringify(name)}\ntrain: {trigger: {on_new_data: true}}`, config) });
        const run = trainStep(text).run ?? "";
        expect(run).not.toContain("${{");
        expect(wordsOf(run).at(-1)).toBe(config);
        expect(await objections(text)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe("the DAG", () => {
  it("satisfies our own lint with what the product says, and leaves the rest open", () => {
    const codes = (text: string): readonly string[] =>
      lintPipeline("dags/mlops_train.py", trainingDag(automationOf(text)), { facts: { products: { known: true, value: [] } } })
        .findings.map(({ code }) => code)
        .filter((code) => code !== "PIPE03");
    expect(codes(FULL)).toEqual([]);
    expect(codes("train: {trigger: {on_new_data: true}}")).toEqual(["PIPE01", "PIPE02"]);
  });

  it("is Python that holds command, owner and texts as they are", () => {
    const script = join(folder, "read.py");
    writeFileSync(
      script,
      `import ast, json, sys
tree = ast.parse(open(sys.argv[1], encoding="utf-8").read())
found = {n.targets[0].id: ast.literal_eval(n.value) for n in tree.body if isinstance(n, ast.Assign)}
call = [n for n in tree.body if isinstance(n, ast.FunctionDef)][0].decorator_list[0]
for k in call.keywords:
    if k.arg in ("dag_id", "schedule", "tags", "default_args", "description"):
        found[k.arg] = ast.literal_eval(k.value)
print(json.dumps(found))
`,
    );
    for (const name of ['a"b\\n', "it's", "größe/漢字 😀", "{x}%s", '"""', "\u2028"]) {
      const config = `${name}/mlops.yaml`;
      const made = automationOf(FULL.replace("Churn model", JSON.stringify(name)), config);
      const file = join(folder, "dag.py");
      writeFileSync(file, trainingDag(made));
      const found = JSON.parse(execFileSync("python3", [script, file], { encoding: "utf8" })) as Record<string, unknown>;
      expect(found).toMatchObject({
        COMMAND: ["node", ".mlops/mlops.cjs", "retrain", "--if-needed", "--yes", "--", config],
        schedule: "43 4 * * *",
        tags: ["mlops", "training", "personal_data:yes"],
        default_args: { owner: "ana@corp.eu" },
        description: made.purpose,
      });
      expect(found["DOCUMENTATION"]).toContain(`from ${config}; change`);
      expect(`dags/${String(found["dag_id"])}.py`).toBe(trainingDagPath(made));
    }
  });
});

describe("the line for crontab", () => {
  it("goes to the repository, writes a log, and stays one line", () => {
    const made = automationOf(FULL);
    expect(trainingCrontab(made, "/srv/my models/", "/usr/bin/node")).toBe(
      "43 4 * * * cd '/srv/my models' && mkdir -p .mlops && /usr/bin/node .mlops/mlops.cjs retrain --if-needed --yes -- models/churn/mlops.yaml >> '/srv/my models/.mlops/train-churn-model.log' 2>&1",
    );
    const line = trainingCrontab({ ...made, config: "100%/a\nb.yaml" }, "/srv/50%", "/opt/node 22/bin/node");
    expect(line).toContain("cd '/srv/50\\%'");
    expect(line).toContain("'/opt/node 22/bin/node' .mlops/mlops.cjs");
    expect(line).not.toMatch(/[^\\]%|\n/);
  });
});

describe("any product", () => {
  it("gives automation without holes, or none", () => {
    fc.assert(
      fc.property(validValue(PRODUCT_FIELDS), (data) => {
        const made = trainingAutomation(readConfig(JSON.stringify(data)).value, "mlops.yaml", { kind: "copy" });
        if (made !== null) {
          for (const text of [trainingWorkflow(made), trainingDag(made), trainingCrontab(made, "/r", "node")]) {
            expect(text).not.toMatch(/\b(?:undefined|NaN|Infinity)\b/);
          }
          expect(made.slug).toMatch(/^[a-z\d]+(?:-[a-z\d]+)*$/);
          expect(Number.isInteger(made.timeoutMinutes)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
