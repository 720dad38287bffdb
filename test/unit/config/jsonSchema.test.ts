import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { toJsonSchema } from "../../../src/core/config/jsonSchema";
import { POLICY_FIELDS } from "../../../src/core/config/policy";
import { ALIASES, PRODUCT_FIELDS } from "../../../src/core/config/product";
import { readFields } from "../../../src/core/config/readFields";
import type { ObjectField } from "../../../src/core/config/schema/field";
import { mutated, validValue } from "../../builders/configValues";
import { fuzzRuns } from "../../builders/fuzzRuns";

const PRODUCT = { fields: PRODUCT_FIELDS, aliases: ALIASES };
const POLICY = { fields: POLICY_FIELDS, aliases: [] };

function judges({ fields, aliases }: { readonly fields: ObjectField; readonly aliases: typeof ALIASES }) {
  const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(toJsonSchema(fields, "Test", aliases));
  return (data: unknown) => {
    // JSON is YAML with all texts in quotes, so that what only a parser sees plays no part.
    const { problems } = readFields(JSON.stringify(data), fields, { aliases, include: () => "{}" });
    return {
      parser: problems.length === 0,
      schema: validate(data),
      why: problems.map(({ message }) => message),
      schemaWhy: validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`),
    };
  };
}

describe.each([
  ["product", PRODUCT],
  ["policy", POLICY],
])("the JSON schema of a %s", (_, kind) => {
  const judge = judges(kind);

  it("accepts what the parser accepts", () => {
    fc.assert(
      fc.property(validValue(kind.fields), (data) => {
        expect(judge(data)).toMatchObject({ parser: true, schema: true });
      }),
      fuzzRuns(40),
    );
  });

  it("accepts and rejects as the parser does after anything was changed", () => {
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(mutated(validValue(kind.fields)), (data) => {
        const verdict = judge(data);
        verdicts.add(verdict.parser);
        expect(verdict.schema, JSON.stringify(verdict)).toBe(verdict.parser);
      }),
      fuzzRuns(80),
    );
    expect(verdicts).toEqual(new Set([true, false]));
  });
});

describe("the JSON schema of the complete example", () => {
  const judge = judges(PRODUCT);
  const complete: unknown = parse(readFileSync(join(import.meta.dirname, "../../fixtures/lint/complete.yaml"), "utf8"));

  it("accepts it", () => {
    expect(judge(complete)).toMatchObject({ parser: true, schema: true });
  });

  it("accepts and rejects as the parser does after anything was changed", () => {
    fc.assert(
      fc.property(mutated(fc.constant(complete)), (data) => {
        const verdict = judge(data);
        expect(verdict.schema, JSON.stringify(verdict)).toBe(verdict.parser);
      }),
      fuzzRuns(80),
    );
  });

  it.each([
    { owner: "a@b", roles: { owner: "c@d" } },
    { owner: "a@b", roles: null },
    { owner: null, roles: { owner: null } },
    { alert: ["a@b"], monitoring: { alert: [] } },
    { alert: { to: "a@b" }, monitoring: { live: "x" } },
    { ai_act: { annex_iii: 2 } },
    { ai_act: { annex_iii: ["2", "4a"] } },
    { gdpr: { transfers: [{ mechanism: 49 }] } },
    { personal_data: false },
    { model: { digest: 12345678 } },
    { data: "data/train.parquet" },
    { version: 1.5 },
  ])("agrees on %j", (data) => {
    const verdict = judge(data);
    expect(verdict.schema, JSON.stringify(verdict)).toBe(verdict.parser);
  });
});
