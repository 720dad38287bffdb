import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { calibrationBins } from "../../../src/core/kpi/calibration";

const always = (): boolean => true;

/** `count` rows with one score, of which a share came true; outcomes of the last `unknown` rows are not known. */
function rows(parts: readonly { readonly score: number; readonly count: number; readonly share: number; readonly unknown?: number }[]): {
  readonly scores: Float64Array;
  readonly predicted: Int8Array;
  readonly actual: Int8Array;
} {
  const all = parts.flatMap(({ score, count, share, unknown = 0 }) =>
    Array.from({ length: count }, (_, index) => ({
      score,
      actual: index >= count - unknown ? -1 : index < Math.round(count * share) ? 1 : 0,
    })),
  );
  return {
    scores: Float64Array.from(all, ({ score }) => score),
    predicted: Int8Array.from(all, ({ score }) => (score >= 0.5 ? 1 : 0)),
    actual: Int8Array.from(all, ({ actual }) => actual),
  };
}

describe("calibration", () => {
  it("sets what happened against what was predicted, on both sides", () => {
    const reference = rows([
      { score: 0.15, count: 100, share: 0.15 },
      { score: 0.85, count: 100, share: 0.85 },
    ]);
    const current = rows([
      { score: 0.15, count: 100, share: 0.4 },
      { score: 0.85, count: 200, share: 0.5 },
    ]);
    const bins = calibrationBins(reference, current, always);
    expect(bins?.map(({ observed, reference: usual, rows: count }) => [observed, usual, count])).toEqual([
      [0.4, 0.15, 100],
      [0.5, 0.85, 200],
    ]);
    expect(bins?.[0]?.predicted).toBeCloseTo(0.15, 12);
  });

  it("says nothing of a bin with few outcomes, and counts its rows", () => {
    const bins = calibrationBins(
      null,
      rows([
        { score: 0.5, count: 100, share: 0.5 },
        { score: 0.95, count: 60, share: 0.9, unknown: 31 },
      ]),
      always,
    );
    expect(bins?.map(({ observed, rows: count }) => [observed, count])).toEqual([
      [0.5, 100],
      [null, 60],
    ]);
  });

  it("does not count outcomes that came before their time", () => {
    const current = rows([{ score: 0.5, count: 100, share: 0.5 }]);
    expect(calibrationBins(null, current, (row) => row >= 50)?.[0]?.observed).toBe(0);
  });

  it("is null for scores that are no probabilities, and where nobody knows an outcome", () => {
    expect(calibrationBins(null, rows([{ score: 1.5, count: 100, share: 0.5 }]), always)).toBeNull();
    expect(calibrationBins(null, rows([{ score: Infinity, count: 100, share: 0.5 }]), always)).toBeNull();
    expect(calibrationBins(null, rows([{ score: 0.5, count: 100, share: 0.5, unknown: 100 }]), always)).toBeNull();
    expect(calibrationBins(null, rows([]), always)).toBeNull();
  });

  it("never gives a number that is none, whatever the scores are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: false }), fc.constantFrom(-1, 0, 1)), { maxLength: 300 }),
        (pairs) => {
          const bins = calibrationBins(
            null,
            {
              scores: Float64Array.from(pairs, ([score]) => score),
              predicted: new Int8Array(pairs.length),
              actual: Int8Array.from(pairs, ([, actual]) => actual),
            },
            always,
          );
          for (const { predicted, observed } of bins ?? []) {
            expect(predicted).toBeGreaterThanOrEqual(0);
            expect(predicted).toBeLessThanOrEqual(1 + 1e-12);
            expect(observed === null || (observed >= 0 && observed <= 1)).toBe(true);
          }
        },
      ),
    );
  });
});
