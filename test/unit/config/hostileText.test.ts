import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyEdits } from "../../../src/core/base/textEdit";
import { completionsAt } from "../../../src/core/config/completionsAt";
import { isDate, parseDuration } from "../../../src/core/config/dates";
import { hoverAt } from "../../../src/core/config/hoverAt";
import { ALIASES, PRODUCT_FIELDS } from "../../../src/core/config/product";
import { readConfig } from "../../../src/core/config/readConfig";
import { readCalendar } from "../../../src/core/config/regulationCalendar";
import { parseTarget } from "../../../src/core/config/target";
import { hasFormat } from "../../../src/core/config/textFormats";

const root = join(import.meta.dirname, "../../..");
const complete = readFileSync(join(root, "test/fixtures/lint/complete.yaml"), "utf8");
const calendar = readCalendar(JSON.parse(readFileSync(join(root, "schemas/regulation-calendar.json"), "utf8")));
const schema = { fields: PRODUCT_FIELDS, aliases: ALIASES, calendar };

/** What must hold for any text. */
function check(text: string): void {
  const read = () => readConfig(text, () => text.slice(0, 100));
  const { value, problems } = read();
  const again = read();
  expect(again.problems).toEqual(problems);
  expect(again.value).toEqual(value);
  for (const { range, fixes, noFix, message } of problems) {
    expect(0 <= range.start && range.start <= range.end && range.end <= text.length, JSON.stringify({ range, message })).toBe(true);
    expect(noFix === null).toBe(fixes.length > 0);
    expect(message.length).toBeLessThan(1000);
    for (const { edits } of fixes) {
      // Throws where edits overlap or lie outside of the text.
      applyEdits(text, edits);
    }
  }
}

const MARKS = ["---\n", "...\n", "%YAML 1.1\n", "=======\n", "<<<<<<< a\n", ">>>>>>> b\n", "|||||||\n"];
const SIGNS = [
  "- ",
  ": ",
  "? ",
  "{",
  "}",
  "[",
  "]",
  ",",
  "\n",
  "\n  ",
  "\r\n",
  "\t",
  "#",
  " #",
  "&a ",
  "*a",
  "!x ",
  "|\n",
  ">",
  "'",
  '"',
  "<<: ",
];
const WORDS = [
  "$include: ",
  "owner",
  "roles",
  "data",
  "risk",
  "no",
  "1.10",
  "\uFEFF",
  "\u0000",
  "\u2028",
  "😀",
  "\ud800",
  "__proto__",
  "@",
  "\\",
];
const PIECES = [...MARKS, ...SIGNS, ...WORDS];

const piece = fc.oneof({ arbitrary: fc.constantFrom(...PIECES), weight: 4 }, fc.string({ maxLength: 5 }));
const soup = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(""));
const change = fc.tuple(fc.nat(complete.length), fc.nat(30), fc.oneof(fc.constantFrom(...PIECES), fc.constant("")));
/** The complete file with pieces put in, cut out or swapped. */
const mutated = fc
  .array(change, { minLength: 1, maxLength: 4 })
  .map((changes) => changes.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), complete));

describe("any text", () => {
  it("is read without an error, with places inside of it", () => {
    fc.assert(fc.property(fc.oneof(soup, fc.string(), fc.string({ unit: "binary" })), check), { numRuns: 2000 });
  });

  it("is read so when it is the complete file with faults", () => {
    fc.assert(fc.property(mutated, check), { numRuns: 150 });
  });

  it("is read so wherever the complete file is cut off", () => {
    for (let length = 0; length < complete.length; length += 37) {
      check(complete.slice(0, length));
    }
  });

  it("can be completed and explained at any place", () => {
    fc.assert(
      fc.property(fc.oneof(soup, mutated), fc.nat(), (text, place) => {
        const offset = place % (text.length + 1);
        const inside = ({ start, end }: { start: number; end: number }) =>
          0 <= start && start <= offset && offset <= end && end <= text.length;
        expect(completionsAt(text, offset, schema).filter(({ range }) => !inside(range))).toEqual([]);
        const hover = hoverAt(text, offset, schema);
        expect(hover === undefined || inside(hover.range)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("hostile text", () => {
  const n = 300_000;
  const letters = "abcdefghij".match(/./g) ?? [];
  const bomb = letters
    .map((key, index) => `${key}: &${key} [${(index === 0 ? "x, " : `*${letters[index - 1] ?? ""}, `).repeat(9)}]`)
    .join("\n");
  const keys = (count: number, between: string) => Array.from({ length: count }, (_, index) => `k${index}: 1`).join(between);

  it.each([
    ["brackets", "[".repeat(n)],
    ["braces", "{a: ".repeat(n / 4)],
    ["brackets of both kinds", "[}".repeat(n / 2)],
    ["dashes", "- ".repeat(n)],
    ["question marks", "? ".repeat(n)],
    ["colons", ": ".repeat(n)],
    ["commas", `[${",".repeat(n)}]`],
    ["anchors", "&a ".repeat(n / 3)],
    ["quotes", '"'.repeat(n)],
    ["line ends", "\n".repeat(n)],
    ["documents", "---\n".repeat(n / 4)],
    ["conflict marks", "<<<<<<< \n=======\n".repeat(n / 20)],
    ["a conflict that does not end", `<<<<<<< a\n${"=======\n".repeat(n / 10)}`],
    ["blocks within blocks", Array.from({ length: 700 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
    ["many keys", keys(20_000, "\n")],
    ["tabs", "\t".repeat(n)],
    ["tabs in lines", "\t\tx: 1\n".repeat(n / 8)],
    ["five megabytes", "a: b\n".repeat(1_000_000)],
    ["aliases of aliases", bomb],
    ["many aliases", `a: &a 1\nb: [${"*a, ".repeat(5000)}]`],
    ["aliases of a large block", `a: &a {${keys(2000, ", ")}}\nb: [${"*a, ".repeat(90)}]`],
    ["strays", `roles: {owner: {name: ${"x, ".repeat(30_000)}}}`],
    ["a long key", `${"k".repeat(n)}: 1`],
    ["a long value", `risk: ${"v".repeat(n)}`],
    ["texts without quotes", "a: b: c\n".repeat(5000)],
  ])("is refused or read: %s", (_, text) => {
    check(text);
    expect(readConfig(text).problems.length).toBeGreaterThan(0);
  });
});

describe("formats", () => {
  it("accepts only days that exist, and all of them", () => {
    const part = (most: number) => fc.nat(most).map((number) => String(number).padStart(2, "0"));
    fc.assert(
      fc.property(fc.nat(9999), part(13), part(32), (year, month, day) => {
        const date = `${String(year).padStart(4, "0")}-${month}-${day}`;
        expect(hasFormat(date, "date")).toBe(isDate(date));
      }),
      { numRuns: 3000 },
    );
  });

  it("accepts only lengths of time and bounds that rules can read", () => {
    const words = fc.constantFrom("1", "30", " ", "m", "min", "Months", "y", "ss", "d", ">=", "<", "0.5", "%", "e9", "≥", "=", "-", ".");
    fc.assert(
      fc.property(fc.array(words, { minLength: 2, maxLength: 5 }), (parts) => {
        const text = parts.join("");
        // Without a letter or a digit it only holds a place.
        const says = /[\p{L}\p{N}]/u.test(text);
        expect(!says || !hasFormat(text, "duration") || parseDuration(text) !== undefined).toBe(true);
        expect(!says || !hasFormat(text, "target") || parseTarget(text) !== undefined).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
