import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { root } from "../../../scripts/node.mjs";
import { PRODUCT_FIELDS } from "../../../src/core/config/product";
import type { Field } from "../../../src/core/config/schema/field";
import { readDocumentationItems } from "../../../src/core/governance/annex/documentationItems";
import { ALL_RULES } from "../../../src/core/lint/allRules";
import { lintContext } from "../../builders/lintContext";
import { ITEMS } from "../../builders/reportFacts";

const items = ITEMS.groups.flatMap(({ headings }) => headings.flatMap((heading) => heading.items));

/** The field of the schema that a written path means. */
function fieldOf(path: string): Field | undefined {
  return path
    .replaceAll("[]", ".[]")
    .split(".")
    .reduce<Field | undefined>((field, part) => {
      if (part === "[]") {
        return field?.kind === "list" ? field.of : undefined;
      }
      return field?.kind === "object" && Object.hasOwn(field.fields, part) ? field.fields[part] : undefined;
    }, PRODUCT_FIELDS);
}

describe("the list of what the law wants to see", () => {
  it("has all nine headings of Annex IV and all seven items of Art. 30(1)", () => {
    const [annex, record] = ITEMS.groups;
    expect(annex?.headings.map(({ number }) => number)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    expect(annex?.headings[0]?.items.map(({ number }) => number)).toEqual("a b c d e f g h".split(" ").map((letter) => `1(${letter})`));
    expect(annex?.headings[1]?.items.map(({ number }) => number)).toEqual("a b c d e f g h".split(" ").map((letter) => `2(${letter})`));
    expect(record?.headings[0]?.items.map(({ number }) => number).filter((one) => one.startsWith("30(1)"))).toEqual(
      "a b c d e f g".split(" ").map((letter) => `30(1)(${letter})`),
    );
    expect(items.find(({ number }) => number === "2(g)")?.article).toBe("AI Act Annex IV(2)(g)");
    expect(items.find(({ number }) => number === "30(1)(c)")?.article).toBe("GDPR Art. 30(1)(c)");
  });

  it.each(items.map((item) => [item.id, item] as const))("%s asks for fields, roles and rules that there are", (_, item) => {
    for (const { field } of item.any.flat()) {
      expect(fieldOf(field), field).toBeDefined();
    }
    expect(fieldOf(`roles.${item.owner}`), item.owner).toBeDefined();
    const codes = ALL_RULES.map(({ meta }) => meta.code);
    expect(codes).toEqual(expect.arrayContaining(item.rules.map(({ code }) => code)));
    if (item.when !== null) {
      expect(fieldOf(item.when.field)).toBeDefined();
    }
  });

  it("asks for documents by headings that the templates have", () => {
    const source = readFileSync(join(root, "src/core/lint/rules/technical-documentation-missing.ts"), "utf8");
    const headings = items.flatMap(({ any }) => any.flat().flatMap(({ heading }) => heading ?? []));
    expect(headings.length).toBeGreaterThan(8);
    for (const heading of headings) {
      expect(source).toContain(`"${heading}"`);
    }
  });

  it("names days that the calendar has", () => {
    const ids = lintContext("").calendar.duties.map(({ id }) => id);
    expect(["high-risk", ...ids]).toEqual(expect.arrayContaining(ITEMS.groups.map(({ duty }) => duty)));
  });

  it.each([
    [{ groups: [] }, "empty"],
    [
      { checked_on: "2026-01-01", groups: [{ id: "a", title: "a", article: "a", duty: "gdpr", asked_of: "nobody", headings: [] }] },
      "asks of nobody known",
    ],
    [{ checked_on: "2026-01-01", groups: "none" }, "lacks a list"],
  ])("refuses a broken list: %j", (json, why) => {
    expect(() => readDocumentationItems(json)).toThrow(why);
  });
});
