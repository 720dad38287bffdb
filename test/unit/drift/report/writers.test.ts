import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv } from "../../../../src/core/drift/report/toCsv";
import { toHtml } from "../../../../src/core/drift/report/toHtml";
import { toJson } from "../../../../src/core/drift/report/toJson";
import { toMarkdown } from "../../../../src/core/drift/report/toMarkdown";
import { numbersFrom, reportOf, type Values } from "../../../builders/driftTables";

const values = numbersFrom(1, 300);

/** Columns of anything: numbers of any size, holes, texts with every character. */
const anyValues: fc.Arbitrary<Values> = fc.oneof(
  fc.array(fc.oneof(fc.double(), fc.constant(null)), { maxLength: 60 }),
  fc.array(fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constant(0)), { maxLength: 300 }),
  fc.array(fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.constant(null)), { maxLength: 60 }),
  fc.array(fc.constantFrom("a", "b", "<script>alert(1)</script>", "=1+1", "a|b\nc", "`x`"), { maxLength: 300 }),
);
const anyName = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
  fc.constantFrom("__proto__", "constructor", "<b>", "a|b", "=cmd"),
);

describe("whatever the data are", () => {
  it("no NaN, infinity or undefined is written, and nothing of the data becomes code", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyName,
        anyValues,
        anyValues,
        fc.constantFrom("own" as const, "evidently" as const),
        fc.boolean(),
        async (name, before, now, mode, allMethods) => {
          const settings = { mode, allMethods, minRows: mode === "own" ? 200 : 1, minRowsForScore: mode === "own" ? 30 : 1 };
          const report = await reportOf({ [name]: before }, { [name]: now }, settings);
          const json = JSON.stringify(toJson(report));
          expect(JSON.parse(json)).toEqual(structuredClone(toJson(report)));
          for (const { verdict, notes, reason } of report.columns) {
            for (const sentence of [verdict, ...notes, ...(reason === null ? [] : [reason])]) {
              expect(sentence.replaceAll(name, "").length).toBeGreaterThan(0);
            }
          }
          const numbers = JSON.stringify(
            report.columns.map(({ result, methods, psiContributions, bins, reference, current }) => [
              result,
              methods,
              psiContributions,
              bins?.reference,
              reference.numbers,
              current.numbers,
            ]),
            (_, value: unknown) => (typeof value === "number" && !Number.isFinite(value) ? "broken" : value),
          );
          expect(numbers).not.toContain('"broken"');
          const html = toHtml(report, { title: "Drift", charts: [] });
          expect(html).not.toMatch(/<script|<b>|undefined|NaN/i);
          expect(toMarkdown(report)).not.toMatch(/<script|<b>/i);
          expect(toCsv(report)).toMatch(/^column,/);
        },
      ),
      {
        numRuns: 200,
        // Further apart than the largest number: the difference of the two overflows.
        examples: [["x", [], [-1.8960482940579838e293, 1.797693134862314e308], "own", false]],
      },
    );
  });

  it("counts of the bins add up to the values of each side", async () => {
    const numbers = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(numbers, numbers, async (before, now) => {
        const { columns } = await reportOf({ x: [...before, null] }, { x: [...now, null] }, { minRows: 1, minRowsForScore: 1 });
        for (const bins of [columns[0]?.bins, columns[0]?.psiBins]) {
          expect(bins?.reference.reduce((sum, count) => sum + count, 0)).toBe(before.length);
          expect(bins?.current.reduce((sum, count) => sum + count, 0)).toBe(now.length);
          expect(bins?.reference.length).toBeLessThanOrEqual(60);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("the page as HTML", () => {
  it("holds charts as pictures that run nothing, and drops what is no picture", async () => {
    const report = await reportOf({ x: values }, { x: values });
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const html = toHtml(report, { title: "Drift of <live>", charts: [svg, "<img src=x onerror=alert(1)>"] });
    expect(html.match(/<img /g)).toHaveLength(1);
    expect(html).not.toMatch(/<script|onerror/);
    expect(html).toContain("Drift of &#60;live&#62;");
  });

  it("stays below a megabyte for a wide table and large charts, and holds no value of a row", async () => {
    const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`column ${index}`, numbersFrom(index, 40)]));
    const report = await reportOf(wide, wide, { minRows: 1, minRowsForScore: 1 });
    const charts = Array.from({ length: 5 }, () => `<svg>${"x".repeat(300_000)}</svg>`);
    const html = toHtml(report, { title: "Drift", charts });
    expect(html.length).toBeLessThan(1_000_000);
    expect(html).not.toContain(String(numbersFrom(3, 40)[7]));
  });
});

describe("JSON", () => {
  it("has the names that scripts rely on", async () => {
    const report = await reportOf({ x: values, c: values.map(() => "a") }, { x: values, c: values.map((_, row) => (row < 3 ? "b" : "a")) });
    const json = JSON.parse(JSON.stringify(toJson(report))) as Record<string, unknown>;
    expect(json).toMatchObject({
      rows: { reference: 300, current: 300 },
      columns: {
        x: {
          type: "num",
          method: "psi_quantile",
          threshold: 0.1,
          score: 0,
          drifted: false,
          missing: { reference: 0, current: 0 },
          new_categories: [],
          lost_categories: [],
        },
        c: { type: "cat", new_categories: ["b"], lost_categories: [] },
      },
      dataset: { drifted_columns: 0, tested_columns: 2, share: 0, threshold: 0.5, drifted: false },
    });
  });
});
