import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { hoverAt } from "../../../src/core/config/hoverAt";
import { ALIASES, PRODUCT_FIELDS } from "../../../src/core/config/product";
import { readCalendar } from "../../../src/core/config/regulationCalendar";

const calendar = readCalendar(JSON.parse(readFileSync(join(import.meta.dirname, "../../../schemas/regulation-calendar.json"), "utf8")));

/** What is marked and said where the text has a `|`. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const hover = hoverAt(text, offset, { fields: PRODUCT_FIELDS, aliases: ALIASES, calendar });
  return hover === undefined ? undefined : `${text.slice(hover.range.start, hover.range.end)} → ${hover.markdown}`;
}

describe("hoverAt", () => {
  it.each([
    ["a key", "st|age: staging", "stage → How far the model has come."],
    ["a choice", "stage: stag|ing", "staging → `staging`: It is tried before release."],
    ["an alias", "own|er: a@b", "owner → Who is responsible for the model."],
    ["the value of a short form", "owner: a|@b", "a@b → E-mail address at which this person or team answers."],
    ["a key in braces", "kpis: [{tar|get: x}]", "target → The bound that must hold, with a comparison."],
    ["a single value for a list", "alert: a|@b", "a@b → E-mail address that is told."],
    ["a key of one's own", "deploy: {targets: {produc|tion: {}}}", "production → One place that the model is released to."],
    ["a file with a fault further down", "st|age: staging\nkpis: [{", "stage → How far"],
  ])("explains %s", (_, marked, start) => {
    expect(at(marked)?.slice(0, start.length)).toBe(start);
  });

  it("gives the law with its day, and an example", () => {
    expect(at("ai_act: {ex|ception: none}")).toContain(
      "Law: AI Act Art. 6(3); AI Act Art. 6(4); AI Act Art. 49(2), asked for from 2 Dec 2027.",
    );
    expect(at("review: {ev|ery: 1 day}")).toBe("every → Time between two reviews.\n\nExample: `6 months`");
  });

  it.each(["fo|o: 1", "# st|age", "stage: x\n|", "|", "a: [|"])("says nothing in %j", (marked) => {
    expect(at(marked)).toBeUndefined();
  });
});
