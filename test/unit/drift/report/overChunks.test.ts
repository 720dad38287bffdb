import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NEVER_CANCELLED } from "../../../../src/core/base/cancel";
import { DriftAnalysis } from "../../../../src/core/drift/driftAnalysis";
import type { DriftSettings } from "../../../../src/core/drift/driftReport";
import type { ChunkDrift, ChunkWish } from "../../../../src/core/drift/driftService";
import { DEFAULT_DRIFT_SETTINGS } from "../../../../src/core/drift/driftSettings";
import { chunksJson } from "../../../../src/core/drift/report/chunksJson";
import { chunksText } from "../../../../src/core/drift/report/chunksText";
import { columnOf, numbersFrom, sideOf, type TableValues } from "../../../builders/driftTables";

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 2);

function follow(
  reference: TableValues,
  current: TableValues,
  wish: Partial<ChunkWish> = {},
  settings: Partial<DriftSettings> = {},
): Promise<ChunkDrift> {
  const tables = { reference: sideOf(reference, "reference"), current: sideOf(current, "current") };
  return new DriftAnalysis(tables, () => 0).chunks(
    { by: 300, column: null, method: "jensen_shannon", ...wish },
    { ...DEFAULT_DRIFT_SETTINGS, ...settings },
    {},
    NEVER_CANCELLED,
  );
}

/** Two numbers that go together, apart from a little; each of them looks the same from either side. */
function pair(seed: number, rows: number, together: (row: number) => boolean): { readonly a: number[]; readonly b: number[] } {
  const a = numbersFrom(seed, rows);
  const other = numbersFrom(seed + 100, rows);
  return { a, b: a.map((value, row) => (together(row) ? value : 1 - value) + (other[row] ?? 0) / 100) };
}

const reference = pair(1, 3000, () => true);
const current = pair(2, 1500, (row) => row < 900);

const alerts = (scores: readonly { readonly alert: boolean | null }[]): (boolean | null)[] => scores.map(({ alert }) => alert);

describe("inputs together", () => {
  it("move where columns stop going together, which no column alone shows", async () => {
    const found = await follow(reference, current);
    expect(found.together.kind === "measured" && alerts(found.together.current)).toEqual([false, false, false, true, true]);
    for (const { series } of found.columns) {
      expect(series.kind === "measured" && alerts(series.current)).toEqual([false, false, false, false, false]);
    }
    const text = chunksText(found);
    expect(text[0]).toMatch(
      /^Inputs together \(reconstruction error, 2 columns\): outside of .* in 2 of 5 parts: rows 900 to 1199, rows 1200 to 1499\.$/,
    );
    expect(text[1]).toBe("0 columns of 2 left the usual range of the reference at least once.");
  });

  it("hold no target, prediction or free text, and name them; whoever names columns gets them", async () => {
    const more = (one: typeof reference): TableValues => ({
      ...one,
      target: one.a.map((value) => (value > 0.5 ? 1 : 0)),
      id: one.a.map((_, row) => `row ${row}`),
    });
    const found = await follow(more(reference), more(current));
    expect(found.together).toMatchObject({
      columns: ["a", "b"],
      leftOut: [
        { name: "target", reason: "It is no input of the model." },
        { name: "id", reason: "Nearly every row has a text of its own." },
      ],
    });
    expect(found.columns.map(({ name, series }) => [name, series.kind])).toEqual([
      ["a", "measured"],
      ["b", "measured"],
      ["target", "measured"],
      ["id", "none"],
    ]);
    expect(await follow(more(reference), more(current), {}, { only: ["a", "target"] })).toMatchObject({
      together: { columns: ["a", "target"] },
    });
  });

  it("are three hundred at most", async () => {
    const many = Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`c${i}`, numbersFrom(i + 1, 40)]));
    const found = await follow(many, many, { by: 40 });
    expect(found.together).toMatchObject({
      kind: "none",
      reason: "There are 301 columns; more than 300 are not looked at together. Choose some.",
    });
    expect(found.columns).toHaveLength(301);
  });

  it("need two columns", async () => {
    const found = await follow({ a: reference.a }, { a: current.a });
    expect(found.together).toMatchObject({ kind: "none" });
    expect(chunksText(found)[0]).toBe("Inputs together: no figure. It needs two columns at least that both sides have, with values.");
  });
});

describe("cutting by time", () => {
  /** 300 rows a week, put in the file in the order of `a`, so that order of rows and of time differ. */
  const inTime = (one: typeof reference): TableValues => {
    const rows = one.a.map((_, row) => row).sort((x, y) => one.a[x]! - one.a[y]!);
    const take = (values: readonly number[]): number[] => rows.map((row) => values[row] ?? 0);
    const times = rows.map((row) => MONDAY + Math.floor(row / 300) * 7 * DAY + row);
    return { t: columnOf("t", times, "time"), a: take(one.a), b: take(one.b) };
  };

  it("puts rows in order first, on both sides", async () => {
    const found = await follow(inTime(reference), inTime(current), { by: "week", column: "t" });
    expect(found.reference.cut).toBe("Cut by week in the order of t.");
    expect(found.together).toMatchObject({ current: [{ chunk: { label: "2026-11-02 to 2026-11-08", start: MONDAY } }, {}, {}, {}, {}] });
    expect(found.together.kind === "measured" && alerts(found.together.current)).toEqual([false, false, false, true, true]);
    const byRows = await follow(reference, current);
    const values = (one: ChunkDrift): unknown =>
      one.columns.map(({ name, series }) => (series.kind === "measured" ? [name, series.current.map(({ value }) => value)] : name));
    expect(values(found)).toEqual(values(byRows));
  });

  it("cuts a reference by its rows that has no such times, or all in one part, and says so", async () => {
    const found = await follow(reference, inTime(current), { by: "week", column: "t" });
    expect(found.reference.cut).toBe("Cut into 10 parts in the order of the rows, because it has no column t.");
    expect(found.together.kind === "measured" && alerts(found.together.current)).toEqual([false, false, false, true, true]);
    const sameDay = {
      ...reference,
      t: columnOf(
        "t",
        reference.a.map((_, row) => MONDAY + row),
        "time",
      ),
    };
    expect((await follow(sameDay, inTime(current), { by: "week", column: "t" })).reference.cut).toBe(
      "Cut into 10 parts in the order of the rows, because its times make no two parts.",
    );
  });

  it("leaves rows without a time out, and counts them", async () => {
    const gaps = {
      ...current,
      t: columnOf(
        "t",
        current.a.map((_, row) => (row < 20 ? null : MONDAY + row * 60_000)),
        "time",
      ),
    };
    const found = await follow(reference, gaps, { by: "day", column: "t" });
    expect(found.current).toMatchObject({ looked: 1500, rows: 1500, without: 20 });
    expect(chunksText(found).at(-1)).toBe("Current: Cut by day in the order of t. 20 rows without a time are left out.");
  });

  it.each([
    [{ by: "week", column: "gone" } as const, "The current data have no column gone."],
    [{ by: "week", column: "w" } as const, "The column w holds no times that can be read."],
    [{ by: "week", column: null } as const, "Parts of one week each need a column of times."],
    [{ by: 1, column: null } as const, "span more than 1,000 windows of 1 row"],
  ])("%j is a sentence", async (wish, sentence) => {
    const words = { ...current, w: current.a.map((_, row) => `word ${row % 3}`) };
    await expect(follow(reference, words, wish)).rejects.toThrow(sentence);
  });
});

it("few rows raise no alarm, and there is always a sentence where there is no figure", async () => {
  const found = await follow(reference, { a: [9, 9, 9, 9], b: [1, 2, 3, 4] });
  expect(found.together).toMatchObject({
    current: [{ value: null, alert: null, reason: expect.stringContaining("Too few rows") as string }],
  });
  expect(chunksText(found)[0]).toContain("not judged. Too few rows for a score: 4, at least 30 are needed.");
});

it("types that somebody corrects hold here too", async () => {
  const codes = (one: typeof reference): TableValues => ({ a: one.a, zip: one.a.map((value) => Math.floor(value * 5)) });
  const found = await follow(codes(reference), codes(current), { method: "l_infinity" }, { types: { zip: "cat" } });
  expect(found.columns.map(({ name, series }) => [name, series.kind])).toEqual([
    ["a", "none"],
    ["zip", "measured"],
  ]);
  const left = await follow(codes(reference), codes(current), {}, { types: { zip: "text" } });
  expect(left.columns[1]?.series).toMatchObject({ kind: "none", reason: "It is free text, which has no distribution to compare." });
});

it("of more fields than are held at once, rows are spread evenly and keep their part", async () => {
  // 5,000 columns leave 2,000 rows.
  const wide = (seed: number, rows: number): TableValues => {
    const values = numbersFrom(seed, rows);
    const column = columnOf("c", values);
    return Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`c${index}`, { ...column, name: `c${index}` }]));
  };
  // One of them is followed; the others only make the table wide.
  const found = await follow(
    wide(1, 4000),
    wide(2, 3000),
    {},
    { types: Object.fromEntries(Array.from({ length: 4999 }, (_, i) => [`c${i + 1}`, "text" as const])) },
  );
  expect(found.reference).toMatchObject({ looked: 2000, rows: 4000 });
  expect(found.columns[0]?.series).toMatchObject({ kind: "measured" });
  const { series } = found.columns[0]!;
  const parts = series.kind === "measured" ? series.current : [];
  expect(parts.map(({ chunk }) => chunk.label)).toEqual(Array.from({ length: 10 }, (_, i) => `rows ${i * 300} to ${i * 300 + 299}`));
  expect(parts.map(({ rows }) => rows)).toEqual(new Array<number>(10).fill(200));
  expect(chunksText(found).at(-1)).toBe(
    "Current: Cut into parts of 300 rows, in the order of the rows. Looked at 2,000 rows of 3,000, spread evenly.",
  );
});

it("what is written for scripts is JSON without a number that it lacks", async () => {
  const anything = fc.array(fc.oneof(fc.double(), fc.constant(null), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(anything, anything, fc.integer({ min: 1, max: 30 }), async (a, b, by) => {
      const side = (values: readonly (number | null)[]): TableValues => ({ x: values, y: [...values].reverse() });
      const found = await follow(side(a), side(b), { by }, { minRows: 1, minRowsForScore: 1 });
      const json = chunksJson(found);
      expect(JSON.parse(JSON.stringify(json))).toEqual(json);
      expect(JSON.stringify(chunksText(found))).not.toMatch(/NaN|Infinity|undefined/);
    }),
    { numRuns: 60 },
  );
});
