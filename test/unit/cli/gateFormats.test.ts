import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { gateExit } from "../../../src/cli/gate/gateExit";
import { gateJunit } from "../../../src/cli/gate/formats/gateJunit";
import { gateMarkdown } from "../../../src/cli/gate/formats/gateMarkdown";
import { gateSarif } from "../../../src/cli/gate/formats/gateSarif";
import { gateText } from "../../../src/cli/gate/formats/gateText";
import type { GateResult } from "../../../src/core/deployment/gate/gate";
import { gateWorkflow } from "../../../src/core/deployment/gate/gateWorkflow";
import { evaluation, FIGURES, judged } from "../../builders/gateFacts";

const known = <T>(value: T): { readonly known: true; readonly value: T } => ({ known: true, value });
const HOSTILE = 'a <b> & "c" | `d` @e\u001b[31m ]]> \u202e';
/** Something of each kind, with a name that comes from a stranger. */
const mixed = judged({
  tree: known({ commit: "a".repeat(40), changed: [`${HOSTILE}.py`] }),
  drift: { known: false, why: HOSTILE },
  evaluation: known(evaluation({ ...FIGURES, ndcg_10: 0.63 })),
});
const excepted: GateResult = {
  ...mixed,
  decision: "warn",
  exception: { file: "x.yaml", until: "2026-11-27T09:00:00.000Z", by: ["ana@example.org", HOSTILE] },
};

describe("sarif", () => {
  it("is valid by the published schema", () => {
    const path = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")) as object);
    for (const result of [mixed, excepted, judged()]) {
      expect([validate(JSON.parse(gateSarif(result, "1.2.3"))), validate.errors]).toEqual([true, null]);
    }
  });

  it("has a result for each check that does not pass, at the places of its evidence", () => {
    interface Sarif {
      readonly runs: readonly [
        {
          readonly results: readonly {
            level: string;
            ruleId: string;
            properties: { check: string };
            locations: readonly unknown[];
            suppressions?: unknown;
          }[];
        },
      ];
    }
    const { results } = (JSON.parse(gateSarif(mixed, "1.2.3")) as Sarif).runs[0];
    expect(results.map(({ level, properties, ruleId }) => [level, properties.check, ruleId])).toEqual([
      ["error", "tree", "gate/tree"],
      ["error", "drift", "gate/drift"],
      ["warning", "kpi:ndcg_10", "gate/kpi"],
    ]);
    const line = { physicalLocation: { artifactLocation: { uri: "mlops.yaml", uriBaseId: "SRCROOT" }, region: { startLine: 34 } } };
    expect(results[2]?.locations).toContainEqual(line);
    const suppressed = (JSON.parse(gateSarif(excepted, "1.2.3")) as Sarif).runs[0].results.map(
      ({ suppressions }) => suppressions !== undefined,
    );
    expect(suppressed).toEqual([true, true, false]);
  });
});

describe("junit", () => {
  it("has a case for each check, and counts what stops it", () => {
    const xml = gateJunit(mixed);
    expect(xml).toContain(`tests="${mixed.checks.length}" failures="1" errors="1"`);
    expect(xml.match(/<testcase /g)).toHaveLength(mixed.checks.length);
    expect(xml).toContain('<failure type="block"');
    expect(xml).toContain('<error type="could_not_judge"');
    expect(xml).toContain("<system-out>warning: ndcg_10");
    expect(gateJunit(excepted)).toMatch(/failures="0" errors="0"[\s\S]*<skipped message="Let through by an emergency exception/);
  });

  it("is safe with any text", () => {
    for (const text of [gateJunit(mixed), gateJunit(excepted)]) {
      expect(text).not.toContain("\u001b");
      expect(text).not.toContain("<b>");
      expect(text).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#\d+;)/);
    }
  });
});

describe("markdown and text", () => {
  it("say decision, what was found and what to do, safe with any text", () => {
    const markdown = gateMarkdown(mixed);
    expect(markdown).toContain("## ❌ applicant-ranking 14 to production: blocked");
    expect(markdown).toContain("`kpi:ndcg_10`");
    expect(markdown).not.toMatch(/<b>|\u001b|(?<!\u2060)@e/);
    expect(gateMarkdown(excepted)).toContain("🟥 **Emergency:**");
    const text = gateText(mixed, false);
    expect(text).toContain("blocks  tree:");
    expect(text).toContain("not judged  drift:");
    expect(text).toContain("→ Commit the changes, or take them back.");

    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(gateText(mixed, true)).toContain("\u001b[31mblocked\u001b[0m");
  });
});

it("ends with the code that the decision stands for", () => {
  const of = (changes: Partial<GateResult>, isStrict = false): number => gateExit({ ...judged(), ...changes }, isStrict);
  expect([of({}), of({ decision: "warn" }), of({ decision: "block" }), of({ decision: "could_not_judge" })]).toEqual([0, 0, 1, 3]);
  expect([of({}, true), of({ decision: "warn" }, true)]).toEqual([0, 1]);
  expect(gateExit({ ...mixed, mode: "warn" }, false)).toBe(0);
  expect(gateExit({ ...mixed, mode: "warn" }, true)).toBe(1);
});

describe("the workflow", () => {
  interface Workflow {
    readonly on: { readonly workflow_call: { readonly inputs: object }; readonly workflow_dispatch: { readonly inputs: object } };
    readonly permissions: object;
    readonly jobs: { readonly gate: { readonly steps: readonly { readonly run?: string; readonly with?: object }[] } };
  }

  it("reads the whole history, may only read, and takes no given text into a command", () => {
    for (const source of [{ kind: "copy" }, { kind: "npm", version: "1.2.3" }] as const) {
      const workflow = parse(gateWorkflow(source)) as Workflow;
      expect(Object.keys(workflow.on.workflow_call.inputs)).toEqual(Object.keys(workflow.on.workflow_dispatch.inputs));
      expect(workflow.permissions).toEqual({ contents: "read" });
      const { steps } = workflow.jobs.gate;
      expect(steps[0]?.with).toEqual({ "fetch-depth": 0 });
      const runs = steps.flatMap(({ run }) => run ?? []);
      expect(runs.join("\n")).not.toContain("${{");
      expect(runs[0]).toContain(source.kind === "copy" ? "node .mlops/mlops.cjs gate" : "mlops-workbench@1.2.3 mlops gate");
    }
  });
});
