import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { learnCalibration } from "../../../../src/core/drift/chunks/calibration";
import {
  alertOf,
  CBPE_ASSUMPTION,
  estimatePerformance,
  type EstimatedSeries,
  type ScoredTable,
} from "../../../../src/core/drift/chunks/cbpe";
import { chunkBySize } from "../../../../src/core/drift/chunks/chunk";
import { fitIsotonic, predictIsotonic } from "../../../../src/core/drift/chunks/isotonic";
import { MersenneTwister } from "../../../../src/core/drift/chunks/mersenneTwister";
import { canSplit, stratifiedSplits } from "../../../../src/core/drift/chunks/stratifiedSplits";
import { chooseRoles } from "../../../../src/core/kpi/roles";
import { scoredRows } from "../../../../src/core/kpi/scoredRows";
import type { Column } from "../../../../src/core/tabular/column";
import { numbers, textColumn } from "./fixtureTable";

const upTo = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

describe("numpy's random numbers", () => {
  test("seed 42 gives its numbers and its permutations", () => {
    const random = new MersenneTwister(42);
    expect([random.uint32(), random.uint32(), random.uint32()]).toEqual([1608637542, 3421126067, 4083286876]);
    const again = new MersenneTwister(42);
    expect([...again.shuffle(upTo(10))]).toEqual([8, 1, 5, 0, 7, 2, 9, 4, 3, 6]);
    expect([...again.shuffle(upTo(10))]).toEqual([0, 1, 8, 5, 3, 4, 7, 9, 6, 2]);
  });

  test("long permutations need more than one block of the generator", () => {
    const order = new MersenneTwister(7).shuffle(upTo(1000));
    expect([...order.subarray(0, 8)]).toEqual([778, 334, 271, 802, 216, 408, 812, 94]);
    expect([...order.subarray(-4)]).toEqual([502, 537, 196, 175]);
  });
});

describe("scikit-learn's stratified splits", () => {
  const labels = Uint8Array.from([0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 1]);

  test("come out row for row", () => {
    expect([...stratifiedSplits(labels, 3, 0.1, 42)].map(({ train, test }) => [[...train], [...test]])).toEqual([
      [
        [18, 7, 22, 5, 16, 2, 9, 10, 0, 20, 11, 1, 15, 21, 14, 6, 8, 17, 19, 3],
        [12, 4, 13],
      ],
      [
        [20, 16, 15, 5, 6, 0, 19, 9, 4, 21, 1, 17, 12, 18, 14, 7, 22, 11, 13, 10],
        [8, 2, 3],
      ],
      [
        [4, 0, 2, 12, 14, 18, 5, 19, 16, 8, 7, 17, 10, 21, 20, 9, 6, 13, 15, 11],
        [1, 3, 22],
      ],
    ]);
  });

  test("any labels: each row is on one side, and classes keep their share", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 20, maxLength: 120 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (flags, seed) => {
        const positive = Uint8Array.from(flags, Number);
        fc.pre(canSplit(positive, 0.1));
        for (const { train, test } of stratifiedSplits(positive, 2, 0.1, seed)) {
          expect([...train, ...test].sort((a, b) => a - b)).toEqual([...upTo(flags.length)]);
          expect(test).toHaveLength(Math.ceil(flags.length * 0.1));
          const share = positive.reduce((sum, value) => sum + value, 0) / flags.length;
          const ones = train.reduce((sum, row) => sum + (positive[row] ?? 0), 0);
          expect(Math.abs(ones - share * train.length)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe("isotonic regression", () => {
  test("is scikit-learn's", () => {
    const x = Float64Array.from([0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    const curve = fitIsotonic(x, [0, 1, 1, 0, 0, 1, 0, 1, 1, 1]);
    const found = [-1, 0.1, 0.15, 0.2, 0.35, 0.45, 0.55, 0.65, 0.75, 2].map((at) => predictIsotonic(curve, at));
    [0.4, 0.4, 0.4, 0.4, 0.4, 0.45, 0.5, 0.75, 1, 1].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
  });

  test("any points: the curve rises, stays within the labels, and keeps their mean", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()), { minLength: 1, maxLength: 80 }), (points) => {
        const sorted = [...points].sort(([a], [b]) => a - b);
        const x = Float64Array.from(sorted, ([at]) => at / 30);
        const labels = sorted.map(([, label]) => (label ? 1 : 0));
        const fitted = [...x].map((at) => predictIsotonic(fitIsotonic(x, labels), at));
        expect(fitted.every((value, i) => value >= (fitted[i - 1] ?? 0) - 1e-12 && value <= 1)).toBe(true);
        const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(mean(fitted)).toBeCloseTo(mean(labels), 9);
      }),
    );
  });
});

/** Scores that are right probabilities, from a seeded generator; `flip` turns labels of high scores around. */
function scored(rows: number, seed: number, flip = false): ScoredTable {
  const random = new MersenneTwister(seed);
  const next = (): number => random.uint32() / 2 ** 32;
  const scores = Float64Array.from({ length: rows }, next);
  const actual = Int8Array.from(scores, (score) => (next() < (flip ? 1 - score : score) ? 1 : 0));
  return { rows: { scores, predicted: Int8Array.from(scores, (score) => (score >= 0.5 ? 1 : 0)), actual }, chunks: chunkBySize(rows, 500) };
}

function estimate(reference: ScoredTable, current: ScoredTable): readonly EstimatedSeries[] {
  const found = estimatePerformance(reference, current);
  if (found.kind === "none") {
    throw new Error(found.reason);
  }
  return found.series;
}

describe("columns of a scored table", () => {
  const label = textColumn("label", ["leave", "stay", "", "leave"]);
  const score = numbers("score", [0.9, 0.2, 0.5, NaN]);
  const rowsOf = (...[columns, positive]: [readonly Column[], string?]) => {
    const found = scoredRows(columns, chooseRoles(columns), positive ?? null);
    return typeof found === "string"
      ? found
      : { ...found, predicted: [...found.rows.predicted], actual: found.rows.actual && [...found.rows.actual] };
  };

  test("become rows to estimate from, with what was guessed", () => {
    expect(rowsOf([label, score], "leave")).toMatchObject({
      predicted: [1, 0, 1, -1],
      actual: [1, 0, -1, 1],
      positive: { value: "leave", from: "given" },
      notes: ['Predictions are taken from "score": positive from 0.5 on.'],
    });
    expect(rowsOf([textColumn("prediction", ["stay", "leave", "stay", ""]), label, score])).toMatchObject({
      predicted: [1, 0, 1, -1],
      actual: [0, 1, -1, 0],
      notes: ['"stay" was taken as the positive class.'],
    });
    expect(rowsOf([score])).toMatchObject({ actual: null, positive: { value: "1" } });
  });

  test("without a score or with three classes are refused", () => {
    expect(rowsOf([label])).toBe("No column of numbers holds the score; say which one does.");
    expect(rowsOf([textColumn("label", ["a", "b", "c", "a"]), score])).toBe("Performance is estimated for two classes only.");
  });
});

describe("estimates without labels", () => {
  const reference = scored(5000, 1);

  test("are near to what labels say while the outcome follows the scores, and say that they are estimates", () => {
    const current = scored(1000, 2);
    const known = estimate(reference, current);
    for (const series of estimate(reference, { ...current, rows: { ...current.rows, actual: null } })) {
      expect(series).toMatchObject({ kind: "estimated", assumption: CBPE_ASSUMPTION });
      for (const [i, point] of series.current.entries()) {
        expect(point).toMatchObject({ estimated: { kind: "estimated", alert: false }, realised: null });
        const truth = known.find(({ metric }) => metric === series.metric)!.current[i]!.realised!;
        expect(Math.abs(point.estimated!.value - truth.value)).toBeLessThan(0.08);
        expect(point.estimated!.interval!.low).toBeLessThanOrEqual(point.estimated!.value);
      }
    }
  });

  test("do not see that the outcome has turned around, and labels overrule them", () => {
    const accuracy = estimate(reference, scored(500, 3, true)).find(({ metric }) => metric === "accuracy")!;
    const [point] = accuracy.current;
    expect(point).toMatchObject({ estimated: { alert: false }, realised: { kind: "measured", alert: true } });
    expect(alertOf(point!)).toBe(true);
    expect(alertOf({ ...point!, realised: null })).toBe(false);
  });

  test("few rows: shown and not judged, or not estimated", () => {
    const few = scored(250, 4);
    const chunks = [
      { ...few.chunks[0]!, from: 0, to: 150 },
      { ...few.chunks[0]!, from: 150, to: 160 },
    ];
    const [series] = estimate(reference, { ...few, chunks });
    expect(series!.current).toMatchObject([
      { estimated: { alert: null }, reason: "Too few rows to judge: 150, at least 200 are needed." },
      { estimated: null, reason: "Too few rows for an estimate: 10, at least 30 are needed." },
    ]);
  });

  test("are refused with a sentence where there is nothing to learn from", () => {
    const current = scored(500, 5);
    const withRows = (rows: Partial<ScoredTable["rows"]>): ScoredTable => ({ ...reference, rows: { ...reference.rows, ...rows } });
    expect(estimatePerformance(withRows({ actual: null }), current)).toMatchObject({
      kind: "none",
      reason: "The reference has no labels to learn from.",
    });
    expect(estimatePerformance(withRows({ scores: reference.rows.scores.map(() => NaN) }), current)).toMatchObject({ kind: "none" });
    expect(estimatePerformance(withRows({ scores: reference.rows.scores.map((score) => score * 3) }), current)).toMatchObject({
      reason: "The scores are no probabilities: some lie outside of 0 to 1.",
    });
  });

  test("are not calibrated for one class, for perfect scores, or for a handful of rows", () => {
    const scores = Float64Array.from({ length: 100 }, (_, i) => i / 100);
    const learn = (label: (row: number) => number, rows = 100): string =>
      learnCalibration(
        scores.slice(0, rows),
        Uint8Array.from({ length: rows }, (_, i) => label(i)),
      ).reason;
    expect(learn(() => 1)).toContain("one class only");
    expect(learn((row) => (row < 50 ? 0 : 1))).toContain("almost perfectly");
    expect(learn((row) => (row < 3 ? 1 : 0), 4)).toContain("too few rows");
    expect(learn((row) => (row % 2 === 0 ? 1 : 0))).toMatch(/^Scores were calibrated/);
  });

  test("any scores, predictions and labels give finite estimates or a sentence", () => {
    const row = fc.record({
      score: fc.oneof(fc.double({ min: 0, max: 1 }), fc.constantFrom(0, 1, NaN)),
      predicted: fc.constantFrom(0, 1, -1),
      actual: fc.constantFrom(0, 1, -1),
    });
    const table = fc.array(row, { minLength: 1, maxLength: 80 }).map((rows): ScoredTable => ({
      rows: {
        scores: Float64Array.from(rows, ({ score }) => score),
        predicted: Int8Array.from(rows, ({ predicted }) => predicted),
        actual: Int8Array.from(rows, ({ actual }) => actual),
      },
      chunks: chunkBySize(rows.length, 20),
    }));
    fc.assert(
      fc.property(table, table, (a, b) => {
        const found = estimatePerformance(a, b, { minRows: { judge: 1, score: 1 } });
        if (found.kind === "none") {
          expect(found.reason).toMatch(/\.$/);
          return;
        }
        for (const { estimated, realised, reason } of found.series.flatMap(({ reference: before, current }) => [...before, ...current])) {
          expect(estimated === null ? reason : estimated.value >= 0 && estimated.value <= 1 + 1e-9).toBeTruthy();
          expect(realised === null || (realised.value >= 0 && realised.value <= 1)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
