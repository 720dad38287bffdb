import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type Product, PRODUCT_FIELDS } from "../../../src/core/config/product";
import { readConfig } from "../../../src/core/config/readConfig";
import { isStale, makeRunbook } from "../../../src/core/training/runbook/makeRunbook";
import { code, codeBlock, link, prose } from "../../../src/core/training/runbook/markdown";
import { missingParts } from "../../../src/core/training/runbook/missingParts";
import { validValue } from "../../builders/configValues";

const FULL = `name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
not_for: [automatic rejection]
stage: production
task: classification
risk: minimal
tracking: {uri: "https://ana:secret@mlflow.corp.eu", experiment: churn}
pipeline: dvc.yaml
train:
  engine: local
  command: [python, train.py, --lr, "{lr}", "it's"]
  params_file: params.yaml
  trigger: {schedule: "0 4 * * 1", on_drift: fail}
  resources: {timeout: 2h, gpus: 1, memory: 16 GB}
model: {name: churn, version: "14"}
roles:
  owner: {name: Ana Ruiz, email: ana@corp.eu, deputy: leo@corp.eu}
  operator: {team: ml-ops, email: ops@corp.eu, on_call: docs/on-call.md}
data: [{path: data/train.parquet, use: train}, {path: "s3://b/x.csv", use: test}]
kpis: [{name: f1, target: ">= 0.80", by: sex, data: data/test|a.parquet}]
monitoring:
  live: logs/*.parquet
  reference: data/train.parquet
  checks: 7 days
  alert: [{to: ops@corp.eu, when: warn}]
deploy:
  targets: {production: {type: mlflow_alias, alias: champion}}
  rollback: {to: "13", how: docs/rollback.md, tested: 2026-10-01}
oversight: {people: [lead@corp.eu], stop: docs/stop it.md}
incidents: {contact: incidents@corp.eu, plan: docs/incidents.md}
`;

const product = (text: string): Product => readConfig(text).value;
const make = (text: string, before: string | null = null): string =>
  makeRunbook(product(text), { config: "models/churn/mlops.yaml", before });

describe("the page", () => {
  it("says what somebody needs at night, from the file alone", () => {
    expect(make(FULL)).toBe(`<!-- mlops-runbook: start. Made by MLOps Workbench from mlops.yaml: change that, and make the page anew. -->

# Runbook: churn-model

## What it is for

- **Purpose:** Predict which customers may leave, so that support can call them first.
- **Not for:** automatic rejection
- **Stage:** the model is in use
- **Result:** classification
- **Risk under the AI Act:** minimal

## Who to call

- **Operator, who runs it day to day:** ml-ops, ops@corp.eu
- **Who is on call:** [docs/on-call.md](<docs/on-call.md>)
- **Owner, who is responsible:** Ana Ruiz, ana@corp.eu; stands in: leo@corp.eu
- **Incidents are reported to:** incidents@corp.eu
- **What to do after an incident:** [docs/incidents.md](<docs/incidents.md>)
- **May overrule and stop it:** lead@corp.eu

## What runs when

- **Training:** on the schedule \`0 4 * * 1\` (weekly, UTC), or when a check fails because of drift
- **A training is ended after:** 2h
- **Check of the model at work:** every 7 days
- **Live data:** \`logs/*.parquet\`
- **Compared with:** [data/train.parquet](<data/train.parquet>)
- **Told of it:** ops@corp.eu (when a check warns or fails)

## How to retrain

In the editor: the command "MLOps: Retrain" in the palette shows the plan, and trains when it is confirmed. On the command line:

\`\`\`sh
mlops retrain --plan-only -- models/churn/mlops.yaml
mlops retrain -- models/churn/mlops.yaml
\`\`\`

- **It runs as:** a process on the machine where it is asked for
- **Command:** \`python train.py --lr '{lr}' 'it'\\''s'\`
- **Pipeline:** [dvc.yaml](<dvc.yaml>)
- **Parameters:** [params.yaml](<params.yaml>)
- **It needs:** 1 graphics processor, 16 GB of memory

## How to deploy and roll back

- **At work:** \`churn\`, version \`14\`
- **Release to production:** an alias in the MLflow registry, alias \`champion\`
- **Go back to version:** \`13\`
- **How to go back:** [docs/rollback.md](<docs/rollback.md>)
- **Going back was last tried on:** 2026-10-01

## How to stop it

- **Steps:** [docs/stop it.md](<docs/stop%20it.md>)

## What it must reach

| figure | must be | people are warned outside of | for each | measured on |
| --- | --- | --- | --- | --- |
| f1 | \\>= 0.80 |  | sex | [data/test\\|a.parquet](<data/test%7Ca.parquet>) |

## Where things are

- **Runs:** \`https://mlflow.corp.eu\`, experiment \`churn\`
- **Registry:** \`churn\`
- **Data:** [data/train.parquet](<data/train.parquet>) (train), \`s3://b/x.csv\` (test)

<!-- mlops-runbook: end. What follows is written by people and stays. -->

## Notes

What only people know: write it here, or above the first marker. It stays when the page is made again.
`);
  });

  it("says what is missing, with the rule that asks for it", () => {
    const page = make("name: churn");
    expect(page).toContain("- Nobody is named as operator. (RESP02)");
    expect(page).toContain("- Nothing says how a release is taken back. (EFF05)");
    expect(missingParts(product(FULL))).toEqual([]);
    const codeOfStop = (text: string): unknown => missingParts(product(text)).find((part) => part.text.includes("is stopped"))?.code;
    expect([codeOfStop("risk: high"), codeOfStop("risk: minimal")]).toEqual(["COMP08", null]);
  });

  it("takes nobody in particular for nobody", () => {
    const page = make("roles: {owner: TODO, operator: {team: the team}}\nincidents: {contact: nobody}");
    expect(page).not.toMatch(/TODO|the team|nobody,|Who to call/);
  });
});

describe("what people wrote", () => {
  const page = make(FULL);

  it("stays before and behind the markers", () => {
    const written = `Ask Bert first.\n\n${page.replace("What only people know", "The cluster is in room 7. What only people know")}`;
    const again = make(FULL.replace("production", "staging"), written);
    expect(again).toMatch(/^Ask Bert first\.\n\n<!-- mlops-runbook: start/);
    expect(again).toContain("The cluster is in room 7.");
    expect(again).toContain("the model is tried before release");
    expect(again).not.toContain("the model is in use");
  });

  it.each(["# Our own page\n\ntext\n", page.replace(/<!-- mlops-runbook: end[^\n]*/, "")])(
    "stays whole where the markers are not",
    (before) => {
      expect(make(FULL, before)).toContain(before.trim());
    },
  );

  it("keeps its line ends", () => {
    const windows = page.replaceAll("\n", "\r\n");
    expect(make(FULL, windows)).toBe(windows);
  });

  it("is no reason to make the page anew; a change of the file is", () => {
    const edited = `${page}\nMore notes.\n`;
    expect(isStale(edited, product(FULL), "models/churn/mlops.yaml")).toBe(false);
    expect(isStale(edited, product(`${FULL}\nreview: 6 months`), "models/churn/mlops.yaml")).toBe(true);
    expect(isStale(edited.replace("weekly", "daily"), product(FULL), "models/churn/mlops.yaml")).toBe(true);
    expect(isStale(null, product(FULL), "models/churn/mlops.yaml")).toBe(true);
  });
});

describe("odd names", () => {
  it("are text and nothing else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (name) => {
        const text = prose(name);
        expect(text).not.toMatch(/[\n\r\u2028\u0000-\u001f]/);
        expect(text.replace(/\\[^A-Za-z\d\s]/g, "")).not.toMatch(/[\\`*_{}[\]<>#|~!&$^()]/);
      }),
    );
  });

  it("cannot leave their code", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[`a |]{1,30}$/), (name) => {
        const [, fence = "", inner = ""] = /^(`+)([^]*)\1$/.exec(code(name)) ?? [];
        const runs = [...inner.matchAll(/`+/g)].map(([run]) => run);
        expect(name.trim() === "" || (fence !== "" && !runs.includes(fence))).toBe(true);
        const block = codeBlock([name]).split("\n");
        expect(block.slice(1, -1).some((line) => line.startsWith(block.at(-1) ?? ""))).toBe(false);
      }),
    );
  });

  it.each([
    ["docs/a b(1).md", "[docs/a b\\(1\\).md](<docs/a%20b(1).md>)"],
    ["docs/<x>.md", "[docs/\\<x\\>.md](<docs/%3Cx%3E.md>)"],
    ["javascript:alert(1)", "`javascript:alert(1)`"],
    ["//evil.example/x", "`//evil.example/x`"],
    ["C:\\x", "`C:\\x`"],
  ])("in the path %s lead nowhere else", (path, expected) => {
    expect(link(path)).toBe(expected);
  });

  it("do not end the comment", () => {
    const page = makeRunbook(product("name: a"), { config: "x/a-->b.mlops.yaml", before: null });
    expect(page.split("\n")[0]).toMatch(/^<!--(?:(?!-->).)*-->$/);
    expect(isStale(page, product("name: a"), "x/a-->b.mlops.yaml")).toBe(false);
  });
});

describe("any product", () => {
  const HEADINGS =
    /^(?:# Runbook: .+|## (?:What it is for|Who to call|What runs when|How to retrain|How to deploy and roll back|How to stop it|What it must reach|Where things are|What is missing|Notes))$/;

  it("has a page without holes, of known headings, that is up to date", () => {
    fc.assert(
      fc.property(validValue(PRODUCT_FIELDS), (data) => {
        const any = readConfig(JSON.stringify(data)).value;
        const page = makeRunbook(any, { config: "mlops.yaml", before: null });
        expect(page).not.toMatch(/\b(?:undefined|NaN|Infinity)\b|\[object/);
        expect(page.split("\n").filter((line) => line.startsWith("#") && !HEADINGS.test(line))).toEqual([]);
        expect(page.split("\n").filter((line) => /^`{3}/.test(line))).toHaveLength(2);
        expect(isStale(page, any, "mlops.yaml")).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
