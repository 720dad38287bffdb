import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applies, dutyOn, readCalendar } from "../../../src/core/config/regulationCalendar";
import { PRODUCT_FIELDS } from "../../../src/core/config/product";
import type { Field } from "../../../src/core/config/schema/field";

const json: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../../schemas/regulation-calendar.json"), "utf8"));
const calendar = readCalendar(json);

describe("the shipped calendar", () => {
  it("has each duty that a field names", () => {
    for (const duty of dutiesOf(PRODUCT_FIELDS)) {
      expect(() => dutyOn(calendar, duty), duty).not.toThrow();
    }
  });

  it("knows on 24 November 2026 what applies", () => {
    const now = (id: string): boolean => applies(calendar, id, "2026-11-24");
    expect([now("transparency"), now("prohibited"), now("gpai")]).toEqual([true, true, true]);
    expect([now("prohibited-2026"), now("marking-older-systems"), now("high-risk-annex-iii"), now("high-risk-annex-i")]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it("lets a duty begin on its day", () => {
    expect(applies(calendar, "high-risk-annex-iii", "2027-12-01")).toBe(false);
    expect(applies(calendar, "high-risk-annex-iii", "2027-12-02")).toBe(true);
  });
});

describe("readCalendar", () => {
  const duty = { id: "a", date: "2026-01-01", article: "Art. 1", what: "Something.", source: "OJ" };

  it.each([
    ["no day of the check", { duties: [duty] }],
    ["a day that does not exist", { checked_on: "2026-02-30", duties: [duty] }],
    ["no duties", { checked_on: "2026-01-01" }],
    ["a duty without a source", { checked_on: "2026-01-01", duties: [{ ...duty, source: undefined }] }],
    ["the same duty twice", { checked_on: "2026-01-01", duties: [duty, duty] }],
  ])("refuses a calendar with %s", (_, broken) => {
    expect(() => readCalendar(broken)).toThrow("calendar");
  });

  it("has no answer for a duty that it lacks", () => {
    expect(() => dutyOn(calendar, "toString")).toThrow('no duty "toString"');
  });
});

function dutiesOf(field: Field): readonly string[] {
  const own = field.info.duty === undefined ? [] : [field.info.duty];
  switch (field.kind) {
    case "object":
      return [...own, ...Object.values(field.fields).flatMap(dutiesOf)];
    case "list":
    case "map":
      return [...own, ...dutiesOf(field.of)];
    case "either":
      return [...own, ...field.options.flatMap(dutiesOf)];
    default:
      return own;
  }
}
