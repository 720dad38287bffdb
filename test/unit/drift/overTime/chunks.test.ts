import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { argsort } from "../../../../src/core/base/argsort";
import { chunkByNumber, chunkBySize } from "../../../../src/core/drift/chunks/chunk";
import type { ChunkSeries, NoSeries } from "../../../../src/core/drift/chunks/chunkSeries";
import { countInBins, doaneEdges, equalEdges } from "../../../../src/core/drift/chunks/histogram";
import { chunkByPeriod, periodOf } from "../../../../src/core/drift/chunks/periods";
import { reconstructionSeries } from "../../../../src/core/drift/chunks/reconstruction";
import { orderByTime, takeRows } from "../../../../src/core/drift/chunks/timeOrder";
import { thresholdsOf, THREE_SIGMA_ABOVE, THREE_SIGMA_BOTH } from "../../../../src/core/drift/chunks/thresholds";
import { univariateSeries } from "../../../../src/core/drift/chunks/univariate";
import { UNIVARIATE_METHODS, type UnivariateMethodId } from "../../../../src/core/drift/chunks/univariateMethods";
import type { Column } from "../../../../src/core/tabular/column";
import { numbers, readFair, textColumn } from "./fixtureTable";

const DAY = 86_400_000;
const anyNumber = fc.oneof(
  fc.double(),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, 1e308, -1e308),
);

describe("sorting rows by value: stable, one zero, NaN last", () => {
  function expectSorted(values: readonly number[]): void {
    const rank = (value: number): number => (Number.isNaN(value) ? 1 : 0);
    const compare = (a: number, b: number): number =>
      rank(values[a]!) - rank(values[b]!) || (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : 0);
    expect([...argsort(Float64Array.from(values))]).toEqual(values.map((_, i) => i).sort(compare));
  }

  test("a few rows", () => {
    fc.assert(fc.property(fc.array(anyNumber, { maxLength: 100 }), expectSorted), { numRuns: 200 });
  });

  test("many rows, which are sorted by their bits", () => {
    const many = fc
      .array(anyNumber, { minLength: 50, maxLength: 100 })
      .map((values) => Array.from({ length: 2500 }, (_, i) => values[(i * 31) % values.length]! * (1 + (i % 7))));
    fc.assert(fc.property(many, expectSorted), { numRuns: 30 });
    expectSorted(Array.from({ length: 3000 }, (_, i) => Math.floor(i / 3) - 500));
  });
});

describe("cutting rows", () => {
  test("a remainder never stands alone: 1900 rows in six parts are six chunks", () => {
    expect(chunkByNumber(1900, 6).map(({ from, to }) => to - from)).toEqual([316, 316, 316, 316, 316, 320]);
    expect(chunkBySize(1000, 300).map(({ label }) => label)).toEqual(["rows 0 to 299", "rows 300 to 599", "rows 600 to 999"]);
    expect(chunkBySize(10, 300)).toMatchObject([{ from: 0, to: 10 }]);
    expect(chunkBySize(0, 300)).toEqual([]);
    expect(chunkByNumber(3, 10)).toHaveLength(3);
  });

  test("any size: chunks follow each other and hold every row once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: -5, max: 6000 }), fc.boolean(), (rows, size, bySize) => {
        const chunks = bySize ? chunkBySize(rows, size) : chunkByNumber(rows, size);
        expect(chunks[0]?.from).toBe(0);
        expect(chunks.at(-1)?.to).toBe(rows);
        expect(chunks.slice(1).every(({ from }, i) => from === chunks[i]!.to)).toBe(true);
        const sizes = chunks.map(({ from, to }) => to - from);
        expect(Math.min(...sizes)).toBe(sizes[0]);
      }),
    );
  });

  test("by time: weeks begin on Monday, gaps are counted, labels say the period", () => {
    const at = (...parts: [number, number, number, number?]): number => Date.UTC(...parts);
    const times = Float64Array.from([at(2026, 10, 1, 23), at(2026, 10, 2), at(2026, 10, 8, 23), at(2026, 10, 23)]);
    expect(chunkByPeriod(times, "week").map(({ label, from, to, gap }) => [label, from, to, gap])).toEqual([
      ["2026-10-26 to 2026-11-01", 0, 1, 0],
      ["2026-11-02 to 2026-11-08", 1, 3, 0],
      ["2026-11-23 to 2026-11-29", 3, 4, 2],
    ]);
    expect(chunkByPeriod(times, "hour")[0]).toMatchObject({ label: "2026-11-01 23:00", start: at(2026, 10, 1, 23), end: at(2026, 10, 2) });
    expect(chunkByPeriod(Float64Array.from([at(2024, 1, 29), at(2026, 1, 1)]), "month").map(({ label, gap }) => [label, gap])).toEqual([
      ["2024-02", 0],
      ["2026-02", 23],
    ]);
    expect(chunkByPeriod(Float64Array.from([-1e300, 0, 1e300]), "day")).toMatchObject([{ from: 1, to: 2, label: "1970-01-01" }]);
  });

  test.each(["hour", "day", "week", "month"] as const)("any time lies in its %s, which the next one follows", (by) => {
    fc.assert(
      fc.property(fc.integer({ min: -8.6e15, max: 8.6e15 }), (time) => {
        const { start, end } = periodOf(time, by)!;
        expect(start <= time && time < end).toBe(true);
        expect(periodOf(end, by)?.start ?? end).toBe(end);
        expect(periodOf(end - 1, by)).toEqual({ start, end });
      }),
    );
    expect(periodOf(NaN, by)).toBeNull();
    expect(periodOf(8.64e15, by)).toBeNull();
  });

  test("rows are put in order of time, those without are left out", () => {
    const { order, times, without } = orderByTime(numbers("t", [3 * DAY, NaN, DAY, 3 * DAY, 2 * DAY], "time"));
    expect([[...order!], [...times], without]).toEqual([[2, 4, 0, 3], [DAY, 2 * DAY, 3 * DAY, 3 * DAY], 1]);
    expect(takeRows(textColumn("x", ["a", "b", "c", "", "a"]), order)).toMatchObject({ codes: Int32Array.from([2, 0, 0, -1]) });
    expect(orderByTime(numbers("t", [1, 1, 2], "time")).order).toBeNull();
  });
});

const loose = { minRows: { judge: 1, score: 1 } };

describe("numbers that are almost nothing", () => {
  test("are counted by the edges", () => {
    const values = Float64Array.of(0, -5e-324);
    const { counts } = countInBins(values, doaneEdges(values)!);
    expect([...counts]).toEqual([2]);
  });

  test("do not vary for a reconstruction", () => {
    const columns = (first: readonly number[], texts: readonly string[]): Column[] => [
      numbers("a", first),
      numbers("b", [0, 0, 0]),
      textColumn("c", texts),
    ];
    const found = reconstructionSeries(
      { columns: columns([0, 0, -2e-323], ["a", "b", "a"]), chunks: chunkBySize(3, 20) },
      { columns: columns([0, 0, 1], ["a", "a", "a"]), chunks: chunkBySize(3, 20) },
      loose,
    );
    expect(JSON.stringify(found)).not.toContain("NaN");
  });
});

describe("bins", () => {
  test("each value is in the bin whose edges hold it", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 100 }), (values) => {
        const edges = doaneEdges(Float64Array.from(values))!;
        const { counts, below, above } = countInBins(Float64Array.from(values), edges);
        expect([below, above]).toEqual([0, 0]);
        const last = counts.length - 1;
        expect([...counts]).toEqual(
          Array.from(
            counts,
            (_, i) => values.filter((v) => v >= edges[i]! && (i === last ? v <= edges[i + 1]! : v < edges[i + 1]!)).length,
          ),
        );
      }),
    );
  });

  test("a constant has one bin around it, a range beyond numbers none", () => {
    expect([...doaneEdges(Float64Array.from([7, 7, 7]))!]).toEqual([6.5, 7.5]);
    expect(doaneEdges(Float64Array.from([-1.7e308, 1.7e308]))).toBeNull();
    expect([...equalEdges(0, 1, 4)]).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

describe("limits", () => {
  test("are kept inside of what the measure can be, and need two chunks", () => {
    expect(thresholdsOf(THREE_SIGMA_BOTH, [0.1, 0.9], { lowest: 0, highest: 1 })).toEqual({ lower: 0, upper: 1 });
    expect(thresholdsOf(THREE_SIGMA_ABOVE, [1, 1, 1], { lowest: 0, highest: null })).toEqual({ lower: null, upper: 1 });
    expect(thresholdsOf(THREE_SIGMA_BOTH, [1], { lowest: 0, highest: 1 })).toEqual({ lower: null, upper: null });
    expect(thresholdsOf({ kind: "constant", lower: null, upper: 0.2 }, [], { lowest: 0, highest: 1 })).toEqual({ lower: null, upper: 0.2 });
  });
});

function series(
  method: UnivariateMethodId,
  reference: Column,
  current: Column,
  size: number,
  options: Parameters<typeof univariateSeries>[3] = {},
): ChunkSeries | NoSeries {
  const rows = (column: Column): number => ("values" in column ? column.values.length : column.codes.length);
  return univariateSeries(
    method,
    { column: reference, chunks: chunkBySize(rows(reference), size) },
    { column: current, chunks: chunkBySize(rows(current), size) },
    options,
  );
}

describe("chunks that cannot be judged", () => {
  const wave = numbers(
    "x",
    Array.from({ length: 1000 }, (_, i) => Math.sin(i)),
  );

  test("few rows: no alert below 200, no score below 30, and they do not widen the limits", () => {
    const far = numbers(
      "x",
      Array.from({ length: 234 }, () => 99),
    );
    const found = univariateSeries(
      "wasserstein",
      { column: wave, chunks: [...chunkBySize(800, 200), { from: 800, to: 804, label: "rest", start: null, end: null, gap: 0 }] },
      {
        column: far,
        chunks: [200, 30, 4].map((rows, i) => ({
          from: [0, 200, 230][i]!,
          to: [200, 230, 234][i]!,
          label: `${rows} rows`,
          start: null,
          end: null,
          gap: 0,
        })),
      },
    );
    expect(found).toMatchObject({
      thresholdSource: "Limits are the mean ± 3 standard deviations over 4 chunks of the reference.",
      current: [
        { alert: true, reason: null },
        { alert: null, reason: "Too few rows to judge: 30, at least 200 are needed." },
        { value: null, alert: null, reason: "Too few rows for a score: 4, at least 30 are needed." },
      ],
    });
  });

  test("missing and infinite values are no rows", () => {
    const found = series(
      "jensen_shannon",
      wave,
      numbers("x", [...new Array<number>(150).fill(NaN), ...new Array<number>(50).fill(Infinity), ...new Array<number>(100).fill(0)]),
      300,
    );
    expect(found).toMatchObject({ current: [{ rows: 100, alert: null }] });
  });

  test("kinds that do not fit have a sentence", () => {
    const text = textColumn("x", ["a", "b"]);
    expect(series("jensen_shannon", wave, text, 200)).toMatchObject({
      kind: "none",
      reason: "The reference holds numbers, the current data text.",
    });
    expect(series("chi2", wave, wave, 200)).toMatchObject({ kind: "none", reason: "χ² statistic is for categories, not for numbers." });
    expect(series("wasserstein", text, text, 200)).toMatchObject({
      kind: "none",
      reason: "Wasserstein distance is for numbers, not for categories.",
    });
    expect(series("wasserstein", numbers("x", [1, 2], "time"), wave, 200)).toMatchObject({ kind: "none" });
    expect(series("wasserstein", numbers("x", [NaN]), wave, 200)).toMatchObject({ kind: "none", reason: "The reference has no values." });
    expect(series("jensen_shannon", numbers("x", [-1.7e308, 1.7e308]), wave, 200)).toMatchObject({ kind: "none" });
  });

  test("one chunk of a reference gives no limits, and no alert", () => {
    expect(series("wasserstein", wave, wave, 1000)).toMatchObject({
      current: [{ alert: null, reason: expect.stringContaining("two chunks") as string }],
    });
    expect(series("wasserstein", wave, wave, 1000, { threshold: { kind: "constant", lower: null, upper: 0.1 } })).toMatchObject({
      current: [{ alert: false }],
    });
  });

  test("a constant column does not drift from itself, and does from another constant", () => {
    const constant = numbers("x", new Array<number>(600).fill(3));
    for (const method of ["jensen_shannon", "hellinger", "kolmogorov_smirnov", "wasserstein"] as const) {
      expect(series(method, constant, constant, 200)).toMatchObject({ current: [{ value: 0, alert: false }, {}, {}] });
      expect(series(method, constant, numbers("x", new Array<number>(200).fill(4)), 200)).toMatchObject({ current: [{ alert: true }] });
    }
    const category = textColumn("x", new Array<string>(600).fill("a"));
    expect(series("chi2", category, category, 200)).toMatchObject({ current: [{ value: 0, alert: false }, {}, {}] });
  });
});

describe("any two columns", () => {
  const values = fc.array(anyNumber, { minLength: 1, maxLength: 120 });
  const continuous = UNIVARIATE_METHODS.filter(({ appliesTo }) => appliesTo.includes("continuous"));

  test.each(continuous)("$label is a finite number from 0 on, or has a reason", ({ id }) => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: 1, max: 50 }), (a, b, size) => {
        const found = series(id, numbers("x", a), numbers("x", b), size, loose);
        if (found.kind === "measured") {
          for (const { value, reason } of [...found.reference, ...found.current]) {
            expect(value === null ? reason : value >= 0 && Number.isFinite(value)).toBeTruthy();
          }
        }
      }),
    );
  });

  test.each(UNIVARIATE_METHODS.filter(({ appliesTo }) => appliesTo.includes("categorical")))("$label of categories likewise", ({ id }) => {
    const words = fc.array(fc.constantFrom("a", "b", "c", "", "__proto__", "constructor"), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(words, words, fc.integer({ min: 1, max: 50 }), (a, b, size) => {
        const found = series(id, textColumn("x", a), textColumn("x", b), size, loose);
        if (found.kind === "measured") {
          for (const { value, reason } of found.current) {
            expect(value === null ? reason : value >= 0 && Number.isFinite(value)).toBeTruthy();
          }
        }
      }),
    );
  });

  test("distances by bins do not care for the order of rows", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [one, other] = [b, [...b].reverse()].map((rows) =>
          series("jensen_shannon", numbers("x", a), numbers("x", rows), 1000, loose),
        );
        expect(one).toEqual(other);
      }),
    );
  });

  test("the reconstruction error of any table is finite, or the table is refused", () => {
    const table = fc.array(fc.tuple(anyNumber, anyNumber, fc.constantFrom("a", "b", "")), { minLength: 2, maxLength: 60 });
    const columns = (rows: readonly (readonly [number, number, string])[]): Column[] => [
      numbers(
        "a",
        rows.map(([a]) => a),
      ),
      numbers(
        "b",
        rows.map(([, b]) => b),
      ),
      textColumn(
        "c",
        rows.map(([, , c]) => c),
      ),
    ];
    fc.assert(
      fc.property(table, table, (a, b) => {
        const found = reconstructionSeries(
          { columns: columns(a), chunks: chunkBySize(a.length, 20) },
          { columns: columns(b), chunks: chunkBySize(b.length, 20) },
          loose,
        );
        if (found.kind === "none") {
          expect(found.reason).toMatch(/\.$/);
        } else {
          for (const { value, reason } of [...found.reference, ...found.current]) {
            expect(value === null ? reason : value >= 0 && Number.isFinite(value)).toBeTruthy();
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

test("columns that only one side has, or of another kind, are left out of the reconstruction and named", () => {
  const fair = readFair("current").slice(0, 5);
  const [first, second, ...rest] = fair;
  const found = reconstructionSeries(
    { columns: fair, chunks: chunkBySize(1900, 300) },
    { columns: [textColumn(first!.name, new Array<string>(1900).fill("x")), ...rest], chunks: chunkBySize(1900, 300) },
  );
  expect(found).toMatchObject({
    columns: rest.map(({ name }) => name),
    leftOut: [
      { name: first!.name, reason: "It is of another kind in the current data." },
      { name: second!.name, reason: "The current data have no such column." },
    ],
  });
  expect(reconstructionSeries({ columns: [], chunks: [] }, { columns: [], chunks: [] })).toMatchObject({ kind: "none" });
});
