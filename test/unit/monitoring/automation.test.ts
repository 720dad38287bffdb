import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

import { readConfig } from "../../../src/core/config/readConfig";
import { generatedFacts } from "../../../src/core/lint/generatedFacts";
import { canonicalCron } from "../../../src/core/lint/schedule";
import {
  crontabLine,
  type MonitoringAutomation,
  monitoringCron,
  monitoringDag,
  monitoringWorkflow,
} from "../../../src/core/monitoring/automation";
import { lintPipeline } from "../../builders/pipelineCase";
import { loadWorkflowParser } from "../../builders/workflowParser";

const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await loadWorkflowParser();

const ALL: MonitoringAutomation = { source: { kind: "copy" }, products: null, cron: "23 4 * * 1" };
const folder = mkdtempSync(join(tmpdir(), "mlops-automation-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Workflow {
  readonly on: { readonly schedule: readonly { readonly cron: string }[] };
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: {
    readonly monitor: { readonly steps: readonly { readonly run?: string; readonly uses?: string; readonly if?: string }[] };
  };
}

const runOf = (text: string): string => (parse(text) as Workflow).jobs.monitor.steps.find(({ run }) => run !== undefined)?.run ?? "";

/** The words that a POSIX shell makes of a command. */
function wordsOf(command: string): readonly string[] {
  const script = join(folder, "words.sh");
  writeFileSync(script, `words() { for word in "$@"; do printf '%s\\0' "$word"; done; }\nwords ${command}\n`);
  return execFileSync("sh", [script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

describe("how often", () => {
  const cron = (...every: readonly string[]): string =>
    monitoringCron(every.map((one) => readConfig(`monitoring: {live: a.csv, checks: {every: ${one}}}`).value));

  it.each([
    [["7 days"], "23 4 * * 1"],
    [["1 day"], "23 4 * * *"],
    [["1 hour"], "23 * * * *"],
    [["30m"], "23 * * * *"],
    [["10 days"], "23 4 * * 1"],
    [["1 month"], "23 4 1 * *"],
    [["3 months", "7 days"], "23 4 * * 1"],
    [[], "23 4 * * *"],
  ])("%j", (every, expected) => {
    expect(cron(...every)).toBe(expected);
    expect(canonicalCron(expected)).not.toBeNull();
  });
});

describe("monitoringWorkflow", () => {
  it("is a workflow to GitHub's own parser, that may read and nothing else", async () => {
    for (const automation of [ALL, { ...ALL, source: { kind: "npm", version: "1.2.3" } as const, products: ["a b/mlops.yaml"] }]) {
      const content = monitoringWorkflow(automation);
      const { context, value } = parseWorkflow({ name: "mlops-monitoring.yml", content }, new NoOperationTraceWriter());
      if (value !== undefined) {
        await convertWorkflowTemplate(context, value);
      }
      expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
      expect((parse(content) as Workflow).permissions).toEqual({ contents: "read" });
    }
  });

  it("runs the copy in the repository on schedule, and writes the summary", () => {
    const text = monitoringWorkflow(ALL);
    expect((parse(text) as Workflow).on.schedule).toEqual([{ cron: "23 4 * * 1" }]);
    expect(runOf(text)).toBe('node .mlops/mlops.cjs monitor --format markdown --all --due >> "$GITHUB_STEP_SUMMARY"');
    expect((parse(text) as Workflow).jobs.monitor.steps.flatMap(({ uses }) => uses ?? [])).toEqual([
      "actions/checkout@v4",
      "actions/setup-node@v4",
      "actions/cache/restore@v4",
      "actions/cache/save@v4",
      "actions/upload-artifact@v4",
    ]);
  });

  it("keeps the results of a check that failed too, so that nobody is told of the same trouble again", () => {
    const { steps } = (parse(monitoringWorkflow(ALL)) as Workflow).jobs.monitor;
    const after = steps.slice(steps.findIndex(({ run }) => run !== undefined) + 1);
    expect(after).toHaveLength(2);
    expect(after.every((step) => step.if === "always()")).toBe(true);
  });

  it("hands over paths as they are, whatever is in them", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[^\0\r\n]{1,30}$/), { minLength: 1, maxLength: 3 }), (products) => {
        const text = monitoringWorkflow({ ...ALL, products: [...products, "${{ secrets.X }}", "$(id)", "it's"] });
        const run = runOf(text);
        expect(run).not.toContain("${{");
        expect(wordsOf(run.replace(/ >> "\$GITHUB_STEP_SUMMARY"$/, ""))).toEqual([
          "node",
          ".mlops/mlops.cjs",
          "monitor",
          "--format",
          "markdown",
          "--due",
          "--",
          ...products,
          "${{ secrets.X }}",
          "$(id)",
          "it's",
        ]);
      }),
      { numRuns: 20 },
    );
  });
});

describe("monitoringDag", () => {
  it("is Python that holds the command as a list, whatever the paths are", () => {
    const script = join(folder, "command.py");
    writeFileSync(
      script,
      "import ast, json, sys\ntree = ast.parse(open(sys.argv[1], encoding='utf-8').read())\nfor node in tree.body:\n    if isinstance(node, ast.Assign) and node.targets[0].id == 'COMMAND':\n        print(json.dumps(ast.literal_eval(node.value)))\n",
    );
    const products = ['a"b\\n', "it's", "größe/漢字 😀.yaml", "\u2028{x}%s", '"""'];
    const dag = join(folder, "dag.py");
    writeFileSync(dag, monitoringDag({ ...ALL, products }));
    const command = JSON.parse(execFileSync("python3", [script, dag], { encoding: "utf8" })) as unknown;
    expect(command).toEqual(["node", ".mlops/mlops.cjs", "monitor", "--due", "--", ...products]);
    expect(readFileSync(dag, "utf8")).not.toContain("shell=True");
  });
});

describe("crontabLine", () => {
  it("goes to the repository, escapes percent signs and stays one line", () => {
    expect(crontabLine(ALL, "/srv/my models")).toBe(
      "23 4 * * 1 cd '/srv/my models' && mkdir -p .mlops && node .mlops/mlops.cjs monitor --quiet --all --due >> .mlops/monitoring.log 2>&1",
    );
    const line = crontabLine({ ...ALL, products: ["100%/mlops.yaml", "a\nb"] }, "/srv/50%");
    expect(line).toContain("cd '/srv/50\\%'");
    expect(line).not.toMatch(/[^\\]%|\n/);
  });
});

describe("the DAG to our own lint", () => {
  const config = (text: string): ReturnType<typeof readConfig>["value"] => readConfig(text).value;
  /** That no product links it is right: it is for all of them. */
  const codes = (automation: MonitoringAutomation): readonly string[] =>
    lintPipeline("dags/mlops_monitoring.py", monitoringDag(automation), { facts: { products: { known: true, value: [] } } })
      .findings.map(({ code }) => code)
      .filter((code) => code !== "PIPE03");

  it("names an owner, a purpose and whether there is personal data, taken from the products", () => {
    const facts = generatedFacts([
      config("owner: ana@corp.eu\npersonal_data: no"),
      config("roles: {owner: {team: Growth}}\npersonal_data: yes"),
      config("owner: ana@corp.eu\npersonal_data: unsure"),
    ]);
    expect(facts).toEqual({ owner: "ana@corp.eu, Growth", personalData: "yes" });
    expect(codes({ ...ALL, ...facts })).toEqual([]);
  });

  it("leaves open what no product says", () => {
    expect(generatedFacts([config("owner: TODO"), config("personal_data: no")])).toEqual({ owner: null, personalData: null });
    expect(generatedFacts([])).toEqual({ owner: null, personalData: null });
    expect(codes(ALL)).toEqual(["PIPE01", "PIPE02"]);
  });
});
