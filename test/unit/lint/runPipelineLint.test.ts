import { describe, expect, it } from "vitest";
import { applyFix } from "../../../src/core/lint/applyFix";
import type { Finding } from "../../../src/core/lint/finding";
import type { PipelineFacts } from "../../../src/core/lint/pipelineRule";
import { databricks } from "../../../src/core/lint/sources/databricks";
import { lintPipeline, type PipelineWorld } from "../../builders/pipelineCase";
import { readConfig } from "../../../src/core/config/readConfig";

const DVC = "churn/dvc.yaml";
const WORKFLOW = ".github/workflows/train.yml";
const STAGES = "stages:\n  train: {cmd: python train.py}\n";
const TRAINS = "on: push\njobs:\n  train:\n    runs-on: x\n    steps:\n      - run: python train.py\n";
const UNKNOWN = { known: false, why: "git is not there" } as const;

const products = (...list: readonly (readonly [path: string, text: string])[]): Partial<PipelineFacts> => ({
  products: { known: true, value: list.map(([path, text]) => ({ path, product: readConfig(text).value })) },
});

function found(path: string, text: string, world: PipelineWorld = {}): readonly Finding[] {
  return lintPipeline(path, text, world).findings;
}

function codes(path: string, text: string, world: PipelineWorld = {}): readonly string[] {
  return found(path, text, world).map(({ code }) => code);
}

describe("what a pipeline file must name", () => {
  it("is an owner, a purpose and whether personal data is used where no policy says otherwise", () => {
    expect(codes(DVC, STAGES)).toEqual(["PIPE01", "PIPE02", "PIPE02"]);
  });

  it("is what the first fitting pattern of the policy says", () => {
    const policy = 'pipelines: [{files: "churn/**", require: [cost-center]}, {files: "**/dvc.yaml", require: owner}]';
    expect(found(DVC, STAGES, { policy }).map(({ message }) => message)).toEqual([
      'This pipeline does not name "cost_center", which the policy asks for.',
    ]);
    expect(codes("other/dvc.yaml", STAGES, { policy })).toEqual(["PIPE01"]);
    expect(codes(DVC, "stages:\n  a: {cmd: x, meta: {mlops.acme.org/Cost-Center: 4711}}\n", { policy })).toEqual([]);
    expect(codes(DVC, STAGES, { policy: 'pipelines: [{files: "**/dvc.yaml", require: []}]' })).toEqual([]);
  });

  it("weighs what policy and settings say", () => {
    expect(found(DVC, STAGES, { policy: "rules: {PIPE01: error, pipeline-field-missing: off}" }).map(({ severity }) => severity)).toEqual([
      "error",
    ]);
  });

  it.each(["TODO", "", "team", "airflow", "you@example.com", "n/a", "null", "<owner>"])("is not named by %j", (owner) => {
    expect(codes(DVC, `stages:\n  a:\n    cmd: x\n    meta: {owner: ${JSON.stringify(owner)}}\n`)).toContain("PIPE01");
  });

  it.each(["ana@example.org", "@acme/ml", "ml-platform", "TODO, leo@example.org", "${owner}"])("is named by %j", (owner) => {
    expect(codes(DVC, `stages:\n  a:\n    cmd: x\n    meta: {owner: ${JSON.stringify(owner)}}\n`)).not.toContain("PIPE01");
  });
});

describe("what others know of a pipeline", () => {
  it("counts where a product links the file and says it", () => {
    const complete = "owner: ana@example.org\npurpose: Predict which customers may leave.\npersonal_data: no\n";
    expect(codes(DVC, STAGES, { facts: products(["churn/mlops.yaml", `${complete}pipeline: ./dvc.yaml\n`]) })).toEqual([]);
    expect(codes(DVC, STAGES, { facts: products(["churn/mlops.yaml", `${complete}train: {engine: dvc}\n`]) })).toEqual([]);
    expect(codes(DVC, STAGES, { facts: products(["mlops.yaml", `${complete}pipeline: churn\n`]) })).toEqual([]);
    expect(codes(DVC, STAGES, { facts: products(["mlops.yaml", `${complete}pipeline: dvc.yaml\n`]) })).toContain("PIPE01");
    const workflow = `${complete}train: {engine: github_actions, github_actions: {workflow: train.yml}}\n`;
    expect(codes(WORKFLOW, TRAINS, { facts: products(["mlops.yaml", workflow]) })).toEqual([]);
  });

  it("does not count where the product does not say it either", () => {
    const half = "owner: TODO\npurpose: Predict which customers may leave.\npipeline: dvc.yaml\n";
    expect(codes(DVC, STAGES, { facts: products(["churn/mlops.yaml", half]) })).toEqual(["PIPE01", "PIPE02"]);
  });

  it("comes from CODEOWNERS only where the format has no place for an owner", () => {
    const facts = { codeowners: { known: true, value: ["@acme/ml"] } } as const;
    expect(codes(WORKFLOW, TRAINS, { facts })).not.toContain("PIPE01");
    expect(codes(WORKFLOW, `# owner: TODO\n${TRAINS}`, { facts })).toContain("PIPE01");
    expect(codes(DVC, STAGES, { facts })).toContain("PIPE01");
  });

  it("comes from the bundle's main file for the files that it includes", () => {
    const path = "churn/resources/jobs.yml";
    const job = "resources:\n  jobs:\n    train:\n      description: Predict which customers may leave.\n      tasks: []\n";
    const main = "bundle: {name: churn}\ntargets:\n  prod:\n    presets: {tags: {owner: ana@example.org, personal_data: 'no'}}\n";
    expect(codes(path, job)).toEqual(["PIPE01", "PIPE02"]);
    expect(databricks.outerFiles(path)).toContain("churn/databricks.yml");
    const outer = { known: true, value: [databricks.read("churn/databricks.yml", main)] } as const;
    expect(codes(path, job, { facts: { outer } })).toEqual([]);
  });
});

describe("a fact that cannot be had", () => {
  it.each([
    ["products", DVC, STAGES],
    ["codeowners", WORKFLOW, TRAINS],
    ["outer", DVC, STAGES],
  ] as const)("such as %s is told once in place of a false warning", (fact, path, text) => {
    const findings = found(path, text, { facts: { [fact]: UNKNOWN } });
    expect(findings.map(({ code }) => code)).not.toContain("PIPE01");
    expect(
      findings.filter(({ message }) => /^Could not check all that this file must name(?: and whether .*)?: git is/.test(message)),
    ).toHaveLength(1);
    expect(findings.filter(({ code }) => code === "LINT01")).toHaveLength(1);
  });

  it("is told with the line where the file cannot be read", () => {
    const messages = found(DVC, "stages:\n  a:\n    cmd: [x\n").map(({ code, message }) => `${code} ${message}`);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^LINT01 Could not check all that this file must name: in line \d/);
  });

  it("is a DAG's default_args from another module", () => {
    const text =
      'from airflow import DAG\nfrom common import ARGS\nDAG("a", default_args=ARGS, description="Predict who may leave.", tags=["personal_data:no"])\n';
    expect(found("dags/a.py", text).map(({ message }) => message)).toEqual([
      'Could not check all that this file must name: its default_args are made when the file runs (DAG "a").',
    ]);
  });

  it("does not hide what is surely missing", () => {
    expect(codes(DVC, STAGES, { facts: { owners: UNKNOWN } })).toEqual(["PIPE01", "PIPE02", "PIPE02"]);
  });
});

describe("a pipeline that no product links", () => {
  const none = products();
  const linkFinding = (path: string, text: string, facts = none): Finding | undefined =>
    found(path, text, { facts }).find(({ code }) => code === "PIPE03");

  it("gets an mlops.yaml beside it that links it and reads without an error", () => {
    const finding = linkFinding(DVC, STAGES);
    expect(finding?.severity).toBe("info");
    const [file] = finding?.fixes[0]?.files ?? [];
    expect(file?.path).toBe("mlops.yaml");
    const { value, problems } = readConfig(file?.content ?? "");
    expect(problems).toEqual([]);
    expect([value.name, value.pipeline]).toEqual(["churn", "dvc.yaml"]);
  });

  it("gets it where the tool does not take it for one of its own", () => {
    expect(linkFinding(WORKFLOW, TRAINS)?.fixes[0]?.files?.[0]?.path).toBe("../../mlops.yaml");
    expect(linkFinding(WORKFLOW, TRAINS)?.fixes[0]?.files?.[0]?.content).toContain("pipeline: .github/workflows/train.yml\n");
  });

  it("gets no file where there is one already, with the reason", () => {
    const finding = linkFinding(DVC, STAGES, products(["churn/mlops.yaml", "name: churn\n"]));
    expect(finding?.fixes).toEqual([]);
    expect(finding?.noFix).toContain("already");
  });

  it("is none where the file is a catalog of data", () => {
    expect(linkFinding("conf/base/catalog.yml", "a:\n  type: pandas.CSVDataset\n")).toBeUndefined();
  });
});

describe("fixes", () => {
  it("offer each candidate and a place, and nobody else", () => {
    const owners: PipelineFacts["owners"] = {
      known: true,
      value: [
        { email: null, handle: "@acme/ml", name: null, source: "codeowners", commits: 0, lastCommit: null },
        { email: "leo@example.org", handle: null, name: "Leo", source: "git", commits: 3, lastCommit: "2026-11-01" },
      ],
    };
    const titles = found(DVC, STAGES, { facts: { owners } })[0]?.fixes.map(({ title }) => title);
    expect(titles).toEqual([
      "Set the owner to @acme/ml (CODEOWNERS)",
      "Set the owner to leo@example.org (active in git)",
      "Add a place to name the owner",
    ]);
  });

  it("write a comment where a block is shared by an anchor, or where there are many parts", () => {
    const shared = "stages:\n  a:\n    cmd: x\n    meta: &m {team: growth}\n  b:\n    cmd: y\n    meta: *m\n";
    const many = `stages:\n${Array.from({ length: 12 }, (_, index) => `  s${index}: {cmd: x}\n`).join("")}`;
    for (const text of [shared, many]) {
      const [fix] = found(DVC, text)[0]?.fixes ?? [];
      expect(fix === undefined ? "" : applyFix(text, fix)).toEqual({ ok: true, text: `# mlops-owner: ana@example.org\n${text}` });
    }
  });

  it("keep a first line that has to stay first", () => {
    const text = "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nfrom airflow.decorators import dag\n@dag\ndef a():\n    pass\n";
    const [fix] = found("dags/a.py", text).find(({ code }) => code === "PIPE01")?.fixes ?? [];
    const fixed = fix === undefined ? undefined : applyFix(text, fix);
    expect(fixed?.ok === true && fixed.text.split("\n").slice(0, 3)).toEqual([
      "#!/usr/bin/env python",
      "# -*- coding: utf-8 -*-",
      "# mlops-owner: ana@example.org",
    ]);
  });
});

describe("a finding that is left as it is", () => {
  const line = "# mlops-ignore: PIPE01 until 2026-12-31 by ana@example.org because the team changes in January\n";

  it("needs rule, end, person and reason in the comment at the top", () => {
    const { findings, suppressed } = lintPipeline(DVC, line + STAGES);
    expect(findings.map(({ code }) => code)).toEqual(["PIPE02", "PIPE02"]);
    expect(suppressed.map(({ suppression }) => suppression)).toEqual([
      { rule: "pipeline-owner-missing", why: "the team changes in January", until: "2026-12-31", by: "ana@example.org" },
    ]);
  });

  it("comes back when the day is over", () => {
    expect(found(DVC, line + STAGES, { today: "2027-01-01" })[0]?.message).toContain("until 2026-12-31");
  });

  it.each(["PIPE01", "PIPE01 until tomorrow by ana@x.org because it is so", "PIPE99 until 2026-12-31 by ana@x.org because it is so"])(
    "is not by %j, which is a finding itself",
    (words) => {
      expect(codes(DVC, `# mlops-ignore: ${words}\n${STAGES}`)).toEqual(["EFF01", "PIPE01", "PIPE02", "PIPE02"]);
    },
  );
});
