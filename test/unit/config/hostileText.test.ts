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
import { composeYaml } from "../../../src/core/config/yaml/composeYaml";
import { YAML_LIMITS } from "../../../src/core/config/yaml/limits";
import { parseTarget } from "../../../src/core/config/target";
import { hasFormat } from "../../../src/core/config/textFormats";
import { fuzzRuns } from "../../builders/fuzzRuns";

const root = join(import.meta.dirname, "../../..");
const complete = readFileSync(join(root, "test/fixtures/lint/complete.yaml"), "utf8");
const calendar = readCalendar(JSON.parse(readFileSync(join(root, "schemas/regulation-calendar.json"), "utf8")));
const schema = { fields: PRODUCT_FIELDS, aliases: ALIASES, calendar };

/** What must hold for any text. */
function check(text: string): void {
  const { value, problems } = checkPlaces(text);
  const again = read(text);
  expect(again.problems).toEqual(problems);
  expect(again.value).toEqual(value);
}

const read = (text: string) => readConfig(text, () => text.slice(0, 100));

function checkPlaces(text: string): ReturnType<typeof read> {
  const config = read(text);
  const { problems } = config;
  for (const { range, fixes, noFix, message } of problems) {
    expect(0 <= range.start && range.start <= range.end && range.end <= text.length, JSON.stringify({ range, message })).toBe(true);
    expect(noFix === null).toBe(fixes.length > 0);
    expect(message.length).toBeLessThan(1000);
    for (const { edits } of fixes) {
      // Throws where edits overlap or lie outside of the text.
      applyEdits(text, edits);
    }
  }
  return config;
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
    fc.assert(fc.property(fc.oneof(soup, fc.string(), fc.string({ unit: "binary" })), check), fuzzRuns(250));
  });

  it.each([
    ["a byte order mark in a key after a merge key", "<<: ---\n\uFEFF---\n"],
    ["a key that starts with a byte order mark", "name: x\n\uFEFFrisk: high\n"],
  ])("is read so: %s", (_, text) => {
    check(text);
  });

  it("is read so when it is the complete file with faults", () => {
    fc.assert(fc.property(mutated, check), fuzzRuns(20));
  });

  it("is read so wherever the complete file is cut off", () => {
    for (let length = 0; length < complete.length; length += 211) {
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
      fuzzRuns(40),
    );
  });
});

describe("hostile text", () => {
  const n = 100_000;
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
    ["signs that need quotes", Array.from({ length: 10_000 }, (_, index) => `k${index}: @x`).join("\n")],
    ["quotes that do not end", 'a: "x\n'.repeat(15_000)],
    ["wrong escapes", `a: "${"\\q".repeat(n / 2)}"`],
    ["blank lines in quotes", `a: "b\n${"\n".repeat(900_000)}"`],
    ["tabs in a block", `a:\n${"  b:\n\t1\n".repeat(9000)}`],
    ["comments after blank lines", `a: |\n  x\n${"\n".repeat(38_000)}${" # c\n".repeat(20_000)}`],
    ["keys written twice", "a: {}\n".repeat(15_000)],
  ])("is refused or read: %s", (_, text) => {
    expect(checkPlaces(text).problems.length).toBeGreaterThan(0);
  });

  /** How much of a text was gone over before it was refused. */
  const refusedAfter = (text: string) => {
    const { refused, lexemes } = composeYaml(text);
    return refused === null ? Infinity : lexemes;
  };

  it.each([
    ["brackets", "[".repeat(n)],
    ["braces", "{a: ".repeat(n / 4)],
    ["dashes", "- ".repeat(n)],
    ["question marks", "? ".repeat(n)],
    ["colons", ": ".repeat(n)],
  ])("is refused as soon as it is too deep: %s", (_, text) => {
    expect(refusedAfter(text)).toBeLessThan(YAML_LIMITS.depth * 20);
  });

  it("is read up to the second document, whatever follows", () => {
    const { refused, lexemes } = composeYaml(`a: 1\n---\n${"[".repeat(n)}`);
    expect([refused, lexemes < 20]).toEqual([null, true]);
  });

  it("is refused before the parser goes over the same blank lines thousands of times", () => {
    expect(refusedAfter(`a: |\n  x\n${"\n".repeat(38_000)}${" # c\n".repeat(20_000)}`)).toBeLessThan(YAML_LIMITS.lexemes / 2);
    expect(refusedAfter(`a: |\n  x\n${"\n".repeat(100)}${" # c\n".repeat(5000)}`)).toBe(Infinity);
  });

  it("tells a few of thousands of mistakes in its grammar", () => {
    const { problems } = readConfig('name: "x\n'.repeat(15_000));
    expect(problems.filter(({ message }) => message === "A text in quotes has no closing quote.")).toHaveLength(YAML_LIMITS.problems);
  });

  it("is not read again for each place that includes it", () => {
    let files = 0;
    const include = () => {
      files += 1;
      return "\n".repeat(140_000);
    };
    const { problems } = readConfig(`data: [${"{$include: x}, ".repeat(5000)}]`, include);
    expect(files).toBe(YAML_LIMITS.includedFiles);
    expect(problems.filter(({ message }) => message.includes("far more values")).length).toBeGreaterThan(90);
    expect(problems.some(({ message }) => message.startsWith(`More than ${YAML_LIMITS.includedFiles} files`))).toBe(true);
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
