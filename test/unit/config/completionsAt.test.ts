import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { applyEdits } from "../../../src/core/base/textEdit";
import { completionsAt } from "../../../src/core/config/completionsAt";
import type { Completion } from "../../../src/core/config/completionsAt";
import { ALIASES, PRODUCT_FIELDS } from "../../../src/core/config/product";
import { readCalendar } from "../../../src/core/config/regulationCalendar";

const calendar = readCalendar(JSON.parse(readFileSync(join(import.meta.dirname, "../../../schemas/regulation-calendar.json"), "utf8")));
const schema = { fields: PRODUCT_FIELDS, aliases: ALIASES, calendar };

/** Completions where the text has a `|`. */
function at(marked: string): { readonly text: string; readonly all: readonly Completion[]; readonly labels: readonly string[] } {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const all = completionsAt(text, offset, schema);
  return { text, all, labels: all.map(({ label }) => label) };
}

/** The text after the completion was taken. */
function taken(marked: string, label: string): string {
  const { text, all } = at(marked);
  const one = all.find((item) => item.label === label);
  return one === undefined
    ? `not offered: ${all.map((item) => item.label).join(", ")}`
    : applyEdits(text, [{ range: one.range, text: one.insertText }]);
}

const STAGES = ["development", "staging", "production", "retired"];

describe("keys", () => {
  it.each([
    ["an empty file", "|", "name", "name: "],
    ["half a word", "version: 1\nna|", "name", "version: 1\nname: "],
    ["before other lines", "na|\nrisk: high\n", "name", "name: \nrisk: high\n"],
    ["an empty line between", "version: 1\n|\nrisk: high\n", "name", "version: 1\nname: \nrisk: high\n"],
    ["a key that has a colon", "st|x: high", "stage", "stage: high"],
    ["an alias", "ow|", "owner", "owner: "],
    ["an empty line in a block", "roles:\n  owner: a@b\n  |\nrisk: high", "dpo", "roles:\n  owner: a@b\n  dpo: \nrisk: high"],
    ["the first line of a block", "roles:\n  |\nrisk: high", "dpo", "roles:\n  dpo: \nrisk: high"],
    ["an item of a list", "data:\n  - |\n", "path", "data:\n  - path: \n"],
    ["a further key of an item", "data:\n  - path: x\n    |\n", "use", "data:\n  - path: x\n    use: \n"],
    ["the line of an item that is not begun", "data:\n  |\n", "path", "data:\n  - path: \n"],
    ["a block in braces", "roles: {|}", "owner", "roles: {owner: }"],
    ["after a comma in braces", "kpis: [{name: f1, |}]", "target", "kpis: [{name: f1, target: }]"],
    ["braces that are not closed", "kpis: [{name: f1, tar|\nrisk: high", "target", "kpis: [{name: f1, target: \nrisk: high"],
    ["an item in brackets", "kpis: [|]", "name", "kpis: [{name: }]"],
    ["a file with CRLF", "version: 1\r\nroles:\r\n  |\r\n", "dpo", "version: 1\r\nroles:\r\n  dpo: \r\n"],
    ["a file with a BOM", "\uFEFFna|", "name", "\uFEFFname: "],
    ["deep blocks", "gdpr:\n  dpia:\n    |\n", "criteria", "gdpr:\n  dpia:\n    criteria: \n"],
  ])("offers them in %s", (_, marked, label, result) => {
    expect(taken(marked, label)).toBe(result);
  });

  it("leaves out those that are written, also further down", () => {
    expect(at("version: 1\n|\nname: x\nmonitoring: {live: x}").labels).not.toEqual(expect.arrayContaining(["version"]));
    expect(at("version: 1\n|\nname: x").labels).not.toContain("name");
    expect(at("|\nroles: {}").labels).not.toContain("owner");
  });
});

describe("values", () => {
  it.each([
    ["after the colon", "stage: |", "staging", "stage: staging"],
    ["right behind the colon", "stage:|", "staging", "stage: staging"],
    ["in half a word", "stage: sta|", "staging", "stage: staging"],
    ["in the midst of a word", "stage: de|v\nname: x", "staging", "stage: staging\nname: x"],
    ["on the next line", "stage:\n  |\nname: x", "staging", "stage:\n  staging\nname: x"],
    ["in braces", "roles: {}\nmonitoring: {window: {by: |}}", "week", "roles: {}\nmonitoring: {window: {by: week}}"],
    ["in brackets", "robustness: {attacks: [evasion, |]}", "data_poisoning", "robustness: {attacks: [evasion, data_poisoning]}"],
    ["of an item", "robustness:\n  attacks:\n    - |\n", "evasion", "robustness:\n  attacks:\n    - evasion\n"],
    ["that need quotes", "ai_act: {annex_iii: [|]}", '"4a"', 'ai_act: {annex_iii: ["4a"]}'],
    ["in quotes", 'stage: "|"', "staging", 'stage: "staging"'],
    ["of a short form", "gdpr:\n  legal_basis: |\n", "consent", "gdpr:\n  legal_basis: consent\n"],
    ["yes or no", "ai_act: {profiling: |}", "yes", "ai_act: {profiling: yes}"],
    ["as an example", "review: {every: |}", "6 months", "review: {every: 6 months}"],
  ])("offers them %s", (_, marked, label, result) => {
    expect(taken(marked, label)).toBe(result);
  });

  it("offers only what fits", () => {
    expect(at("stage: |").labels).toEqual(STAGES);
  });
});

describe("nothing", () => {
  it.each([
    ["in a comment", "# |"],
    ["in a comment behind a value", "stage: staging # |"],
    ["in a block of text", "purpose: >\n  x |\n"],
    ["under an unknown key", "foo:\n  |"],
    ["for keys of one's own", "train: {params: {|}}"],
  ])("is offered %s", (_, marked) => {
    expect(at(marked).labels).toEqual([]);
  });
});

it("explains in plain words, with article, day and example", () => {
  const item = at("oversi|").all.find(({ label }) => label === "oversight");
  expect(item?.documentation).toMatch(/AI Act Art\. 14.*asked for from 2 Dec 2027/);
  expect(at("stage: |").all[0]?.documentation).toBe("It is being made.");
});
