import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { root } from "../../../scripts/node.mjs";
import { readEvaluationFigures } from "../../../src/core/deployment/gate/evaluationFigures";
import { cycloneDx } from "../../../src/core/governance/exports/cycloneDx";
import { modelCard } from "../../../src/core/governance/exports/modelCard";
import type { ReportFacts } from "../../../src/core/governance/report/reportFacts";
import { seal } from "../../../src/core/governance/report/reportSeal";
import { NOBODY_SIGNED, reportFacts, sha256 } from "../../builders/reportFacts";
import { signOffStanding } from "../../builders/signOffStandings";

const COMPLETE = readFileSync(join(root, "test/fixtures/lint/complete.yaml"), "utf8");
const SCHEMAS = join(root, "node_modules/@cyclonedx/cyclonedx-library/res/schema");

/** The schemas as CycloneDX publishes them; nothing is loaded from a network. */
function validator(): (bom: unknown) => readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // Formats of later drafts, which the schema names for addresses only.
  ajv.addFormat("iri-reference", /^\S+$/);
  ajv.addFormat("idn-email", /^\S+@\S+$/);
  const read = (name: string): object => JSON.parse(readFileSync(join(SCHEMAS, name), "utf8")) as object;
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) {
    ajv.addSchema(read(`${name}.SNAPSHOT.schema.json`), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  const validate = ajv.compile(read("bom-1.7.SNAPSHOT.schema.json"));
  return (bom) => (validate(bom) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`));
}
const faults = validator();

const measured = {
  ...{ file: "reports/eval.json", problem: null },
  figures: readEvaluationFigures('{"ndcg_10": 0.671, "selection_rate_ratio": {"by": {"sex": {"f": 0.93}}}}', "json"),
};
const bill = (facts: ReportFacts, audience: "internal" | "external" = "internal"): unknown =>
  JSON.parse(seal(cycloneDx(facts, audience, sha256), sha256));
const card = (facts: ReportFacts, audience: "internal" | "external" = "internal"): { front: Record<string, unknown>; body: string } => {
  const [, front = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(modelCard(facts, audience)) ?? [];
  return { front: parse(front) as Record<string, unknown>, body };
};

describe("a bill of materials", () => {
  it("is what the published schema of CycloneDX 1.7 takes, for readers inside and outside", () => {
    const register = { ...NOBODY_SIGNED, all: [signOffStanding({ statement: "I read it all and approve it." })] };
    const facts = reportFacts(COMPLETE, { evaluation: measured }, { register });
    expect(faults(bill(facts))).toEqual([]);
    expect(faults(bill(facts, "external"))).toEqual([]);
    expect(faults(bill(reportFacts("name: bare\n")))).toEqual([]);
    // The check itself finds what is wrong.
    expect(faults({ ...(bill(facts) as object), specVersion: 17 })).not.toEqual([]);
    expect(faults({ ...(bill(facts) as object), components: [{ type: "model", name: "x" }] })).not.toEqual([]);
  });

  it("is valid whatever lines of the file are there", () => {
    const lines = COMPLETE.split("\n");
    fc.assert(
      fc.property(fc.subarray(lines.map((_, index) => index)), (kept) => {
        const text = kept.map((index) => lines[index]).join("\n");
        expect(faults(bill(reportFacts(text, { evaluation: measured })))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("says what the file says", () => {
    const { components, declarations } = bill(
      reportFacts(COMPLETE, { evaluation: measured }, { register: { ...NOBODY_SIGNED, all: [signOffStanding()] } }),
    ) as { components: Record<string, never>[]; declarations: { attestations: { summary: string }[] } };
    expect(components[0]).toMatchObject({
      type: "machine-learning-model",
      name: "applicant-ranking",
      version: "14",
      hashes: [{ alg: "SHA-256", content: "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730" }],
      licenses: [{ license: { name: "proprietary" } }],
      pedigree: { ancestors: [{ name: "xlm-roberta-base", licenses: [{ license: { id: "MIT" } }] }] },
      modelCard: {
        quantitativeAnalysis: {
          performanceMetrics: [
            { type: "ndcg_10", value: "0.671" },
            { type: "selection_rate_ratio", value: "0.93", slice: "sex = f" },
          ],
        },
      },
    });
    expect(declarations.attestations[0]?.summary).toContain("launch: approve (2026-11-01)");
  });

  it("has the same number for the same content and another for another", () => {
    const number = (text: string): unknown => (bill(reportFacts(text)) as { serialNumber: unknown }).serialNumber;
    expect(number(COMPLETE)).toBe(number(COMPLETE));
    expect(number(COMPLETE)).not.toBe(number(COMPLETE.replace('version: "14"', 'version: "15"')));
  });
});

describe("a model card", () => {
  it("has front matter that a YAML reader takes", () => {
    const { front } = card(reportFacts(COMPLETE, { evaluation: measured }));
    expect(front).toMatchObject({
      model_name: "applicant-ranking",
      license: "other",
      license_name: "proprietary",
      base_model: "xlm-roberta-base",
      metrics: ["ndcg-10", "selection-rate-ratio"],
    });
    expect(front["model-index"]).toEqual([
      {
        name: "applicant-ranking",
        results: [
          {
            task: { type: "other" },
            dataset: { type: "data-test-parquet", name: "data/test.parquet" },
            metrics: [
              { type: "ndcg-10", value: 0.671, name: "ndcg_10" },
              { type: "selection-rate-ratio", value: 0.93, name: "selection_rate_ratio (sex = f)" },
            ],
          },
        ],
      },
    ]);
  });

  it.each([
    ["license: proprietary", "license: MIT", { license: "mit" }],
    ["license: proprietary", "license: Apache 2.0", { license: "apache-2.0" }],
    ["base_model: {name: xlm-roberta-base,", "base_model: {name: none,", { license: "other" }],
    ["pipeline: dvc.yaml", "task: tabular classification\npipeline: dvc.yaml", { pipeline_tag: "tabular-classification" }],
    ["pipeline: dvc.yaml", "task: ranking\npipeline: dvc.yaml", { tags: ["ranking", "mlops"] }],
  ])("reads %s as %s", (from, to, expected) => {
    const { front } = card(reportFacts(COMPLETE.replace(from, to)));
    expect(front).toMatchObject(expected);
    if (to.includes("name: none")) {
      expect(front).not.toHaveProperty("base_model");
    }
  });

  it("parses whatever lines of the file are there, and has the sections that readers look for", () => {
    const lines = COMPLETE.split("\n");
    fc.assert(
      fc.property(fc.subarray(lines.map((_, index) => index)), (kept) => {
        const { front, body } = card(reportFacts(kept.map((index) => lines[index]).join("\n")));
        expect(front["tags"]).toContain("mlops");
        for (const heading of [
          "## Model Details",
          "## Uses",
          "### Out-of-Scope Use",
          "## Bias, Risks, and Limitations",
          "## Training Details",
          "## Evaluation",
          "## Environmental Impact",
          "## Model Card Contact",
        ]) {
          expect(body).toContain(heading);
        }
        expect(body).not.toMatch(/undefined|\[object/);
      }),
      { numRuns: 30 },
    );
  });
});
