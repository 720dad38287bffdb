import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv2019 } from "ajv/dist/2019.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import type { Expectation } from "../../../src/core/dataCheck/expectations";
import { type ContractReading, readContract } from "../../../src/core/dataCheck/odcs";
import { testFolder } from "../tabular/testFolder";
import { broken, judge } from "./judged";

const FIXTURES = join(__dirname, "../../fixtures/dataCheck");
const ORDERS = readFileSync(join(FIXTURES, "orders.odcs.yaml"), "utf8");
const SAMPLE = readFileSync(join(__dirname, "../../../examples/churn/contracts/customers.odcs.yaml"), "utf8");
const folder = testFolder();

function read(text: string, dataPath = "data/orders.csv"): Extract<ContractReading, { readonly problem: null }> {
  const reading = readContract(text, "orders.odcs.yaml", dataPath);
  if (reading.problem !== null) {
    throw new Error(reading.problem);
  }
  return reading;
}

/** A contract with one object. */
function contract(properties: string, quality = "[]", more = ""): string {
  return `apiVersion: v3.0.2\nkind: DataContract\nid: a\nversion: "1"\nstatus: active\nschema:\n  - {name: t, properties: ${properties}, quality: ${quality}}\n${more}`;
}

/** Without what each column that is named needs. */
const saysOf = (text: string): readonly string[] =>
  read(text)
    .list.filter(({ kind }) => kind !== "present")
    .map(sayOf);

function sayOf(one: Expectation): string {
  const { rule, from, ...rest } = one;
  return `${rule} ${from === "orders.odcs.yaml" ? "" : from}${JSON.stringify(rest)}`;
}

describe("the contracts that tests read", () => {
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(join(FIXTURES, "odcs-schema.json"), "utf8")) as object,
  );
  it.each([
    ["orders", ORDERS],
    ["of the sample workspace", SAMPLE],
  ])("are contracts by the standard: %s", (_, text) => {
    validate(parse(text));
    expect(validate.errors).toBeNull();
  });
});

describe("a contract of many things", () => {
  const { list, notes } = read(ORDERS);

  it("becomes expectations", () => {
    expect(list.map((one) => `${one.rule} ${one.kind === "unique" ? one.columns.join("+") : one.kind === "rows" ? "" : one.column}`))
      .toMatchInlineSnapshot(`
      [
        "present tenant_id",
        "present order_id",
        "present ordered_at",
        "present amount",
        "present status",
        "present code",
        "present opens",
        "present paid",
        "present address",
        "type tenant_id",
        "type order_id",
        "type ordered_at",
        "max_missing ordered_at",
        "min ordered_at",
        "max ordered_at",
        "type amount",
        "min amount",
        "max amount",
        "max_missing amount",
        "type status",
        "in status",
        "type code",
        "unique code",
        "min_length code",
        "max_length code",
        "pattern code",
        "max_missing code",
        "pattern code",
        "type opens",
        "type paid",
        "max_missing order_id",
        "max_missing tenant_id",
        "unique order_id+tenant_id",
        "rows ",
        "unique tenant_id+code",
        "newest ordered_at",
      ]
    `);
  });

  it("tells what data cannot", () => {
    expect(notes).toMatchInlineSnapshot(`
      [
        "The option multipleOf of amount is not judged.",
        "The quality rule “Sum is positive” of amount is not judged: it is SQL.",
        "The option format of code is not judged.",
        "address is nested; what it holds is not judged.",
        "The quality rule is not judged: it is for another tool.",
        "The quality rule “Somebody looked at it.” is not judged: it is a text for people.",
        "Service levels that data cannot tell are not judged: retention, frequency.",
      ]
    `);
  });

  it("judges a real table", async () => {
    const header = "tenant_id,order_id,ordered_at,amount,status,code,opens,paid,address";
    const fine = ["a,1,2026-11-29T10:00:00Z,5.5,open,ABC,09:00,true,x", "a,2,2026-11-28T10:00:00Z,10,paid,ABD,09:00:30,false,x"];
    const more = ["b,1,2026-11-27T10:00:00Z,,lost,ABE,23:59,true,x"];
    const table = (...rows: readonly string[]): string =>
      folder.write(`orders-${rows.length}-${rows.join("").length}.csv`, [header, ...rows].join("\n"));
    const brokenBy = async (...rows: readonly string[]) => broken(await judge(table(...rows), undefined, { expectations: list }));
    expect(await brokenBy(...fine, "c,1,2026-11-27T10:00:00Z,3,lost,ABE,23:59,true,x")).toEqual([]);
    expect(await brokenBy(...fine, ...more)).toEqual(["max_missing amount fail"]);
    expect(await brokenBy(...fine, "a,1,2025-11-27,0,gone,ab,25:00,perhaps,x")).toEqual([
      "min ordered_at fail",
      "min amount fail",
      "in status fail",
      "min_length code fail",
      "pattern code fail",
      "type opens fail",
      "type paid fail",
      "unique - fail",
    ]);
    expect(await brokenBy(...fine)).toEqual(["rows - fail"]);
  });
});

describe("the rules of the standard", () => {
  it.each([
    ["{metric: rowCount, mustBe: 5}", 'rows {"kind":"rows","bounds":{"equals":5}}'],
    ["{metric: rowCount, mustBeGreaterOrEqualTo: 5}", 'min_rows {"kind":"rows","bounds":{"atLeast":5}}'],
    ["{rule: rowCount, mustBeLessThan: 5}", 'max_rows {"kind":"rows","bounds":{"below":5}}'],
    ["{metric: rowCount, mustNotBeBetween: [1, 5]}", 'rows {"kind":"rows","bounds":{"notBetween":[1,5]}}'],
    [
      "{rule: duplicateCount, mustBe: 0, arguments: {properties: [x]}}",
      'unique {"kind":"unique","columns":["x"],"allowed":{"unit":"rows","bounds":{"equals":0}}}',
    ],
  ])("%s of a table", (rule, says) => {
    expect(saysOf(contract("[{name: x}]", `[${rule}]`))).toEqual([says]);
  });

  it.each([
    [
      "{rule: validValues, validValues: [a]}",
      'in {"kind":"in","column":"x","values":["a"],"allowed":{"unit":"rows","bounds":{"equals":0}}}',
    ],
    [
      "{metric: nullValues, mustBeLessThan: 1, unit: percent}",
      'max_missing {"kind":"missing","column":"x","markers":[],"allowed":{"unit":"share","bounds":{"below":0.01}}}',
    ],
    [
      "{metric: duplicateValues, mustBeLessOrEqualTo: 10}",
      'unique {"kind":"unique","columns":["x"],"allowed":{"unit":"rows","bounds":{"atMost":10}}}',
    ],
  ])("%s of a column", (rule, says) => {
    expect(saysOf(contract(`[{name: x, quality: [${rule}]}]`))).toEqual([says]);
  });

  it.each([
    ["{metric: rowCount}", "it has no limit that is a number"],
    ["{metric: rowCount, mustBe: many}", "it has no limit that is a number"],
    ["{metric: rowCount, mustBeBetween: [1]}", "it has no limit that is a number"],
    ["{metric: freshRows, mustBe: 1}", "nobody knows the metric freshRows"],
    ["{metric: nullValues, mustBe: 0}", "it names no column"],
    ["{metric: duplicateValues, mustBe: 0}", "it names no column"],
    ["{type: sql, query: SELECT 1, mustBe: 1}", "it is SQL"],
    ["{type: magic, mustBe: 1}", "nobody knows the type magic"],
  ])("%s is told and never judged", (rule, reason) => {
    const { list, notes } = read(contract("[]", `[${rule}]`));
    expect(list).toEqual([]);
    expect(notes).toEqual([expect.stringContaining(`is not judged: ${reason}.`)]);
  });

  it("refuses patterns that are none or could take forever", () => {
    for (const pattern of ["(", "(a+)+$", "(x*)*"]) {
      const { list, notes } = read(contract(`[{name: x, logicalType: string, logicalTypeOptions: {pattern: "${pattern}"}}]`));
      expect(list.filter(({ kind }) => kind === "pattern")).toEqual([]);
      expect(notes).toEqual(["The option pattern of x is not judged."]);
    }
  });

  it("takes freshness with or without the name of the only object, and leaves other objects alone", () => {
    const sla = (element: string): readonly string[] =>
      read(contract("[{name: d}]", "[]", `slaProperties: [{property: freshness, value: 36, unit: hours${element}}]\n`)).list.map(sayOf);
    expect(sla(", element: t.d").at(-1)).toContain('"within":"36 hours","withinMs":129600000');
    expect(sla(", element: d")).toEqual(sla(", element: t.d"));
    expect(sla(", element: other.d")).toEqual(sla(""));
  });
});

describe("no contract", () => {
  it.each([
    ["", "is empty."],
    ["a: [", "cannot be read"],
    ["just: text", "is no data contract"],
    ["apiVersion: v2.2.2\nkind: DataContract\n", "is one of version v2.2.2; the Open Data Contract Standard, version 3, is read."],
    ["apiVersion: v3.0.2\nkind: DataContract\n", "describes no data"],
    [
      "apiVersion: v3.0.2\nkind: DataContract\nschema: [{name: a}, {name: b}]\n",
      "describes a, b, and none of them is called as the file is.",
    ],
    [`a: ${"x".repeat(1_100_000)}`, "larger than 1 MB"],
  ])("of the kind %#", (text, problem) => {
    expect(readContract(text, "c.yaml", "data/orders.csv").problem).toContain(problem);
  });

  it("makes reading fail, whatever it holds", () => {
    const junk = fc.object({
      key: fc.constantFrom("schema", "name", "properties", "quality", "metric", "mustBe", "logicalTypeOptions", "enum", "slaProperties"),
    });
    fc.assert(
      fc.property(junk, (value) => {
        const text = JSON.stringify({
          apiVersion: "v3.1.0",
          kind: "DataContract",
          schema: [{ name: "orders", ...value, properties: [value] }],
          ...value,
        });
        expect(() => readContract(text, "c.yaml", "orders.csv")).not.toThrow();
      }),
    );
  });
});
