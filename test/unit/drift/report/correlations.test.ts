import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlationsOf } from "../../../../src/core/drift/correlationsOf";
import { pickRows } from "../../../../src/core/drift/pickRows";
import { numbersFrom, reportOf } from "../../../builders/driftTables";

/** As the formula is written, over complete pairs. */
function pearson(x: readonly number[], y: readonly number[]): number {
  const pairs = x.map((value, row) => [value, y[row] ?? Number.NaN] as const).filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
  const mean = (side: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const sum = (of: (a: number, b: number) => number): number => pairs.reduce((total, [a, b]) => total + of(a - meanX, b - meanY), 0);
  return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
}

describe("correlations", () => {
  it("are Pearson's over the rows where both are there", () => {
    const value = fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity) },
    );
    const rows = fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const [ours] = correlationsOf([Float64Array.from(x), Float64Array.from(y)]);
        const theirs = pearson(x, y);
        if (Number.isFinite(theirs)) {
          expect(ours).toBeCloseTo(theirs, 9);
        } else {
          expect(ours).toBeNaN();
        }
      }),
    );
  });

  it("go up with one column and down with another, and are null where a side is constant", async () => {
    const x = numbersFrom(1, 300);
    const flat = x.map(() => 1.5);
    const { correlations } = await reportOf({ x, y: x.map((value) => value * 2), z: x }, { x, y: x.map((value) => -value), z: flat });
    expect(correlations[0]).toEqual({
      columns: ["x", "y"],
      reference: expect.closeTo(1, 12) as number,
      current: expect.closeTo(-1, 12) as number,
    });
    expect(correlations.find(({ columns }) => columns.join() === "x,z")).toEqual({
      columns: ["x", "z"],
      reference: expect.closeTo(1, 12) as number,
      current: null,
    });
  });

  it("are those of the fifty pairs that changed most, and of the first hundred columns of a wide table", async () => {
    const wide = (seed: number): Record<string, number[]> =>
      Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`c${index}`, numbersFrom(seed + index, 40)]));
    const { correlations } = await reportOf(wide(1), wide(500), { minRows: 1, minRowsForScore: 1 });
    expect(correlations).toHaveLength(50);
    const moves = correlations.map(({ reference, current }) => Math.abs((current ?? 0) - (reference ?? 0)));
    expect(moves).toEqual([...moves].sort((a, b) => b - a));
    expect(correlations.every(({ columns }) => columns.every((name) => Number(name.slice(1)) < 100))).toBe(true);
  });
});

describe("rows that stand for all", () => {
  it("are all where there are no more, else one of each stretch, the same in each run", () => {
    expect(pickRows(100, 100)).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), fc.integer({ min: 1, max: 1000 }), (rows, limit) => {
        fc.pre(rows > limit);
        const picked = pickRows(rows, limit) ?? new Uint32Array(0);
        expect(picked).toHaveLength(limit);
        expect(
          [...picked].every((row, index) => row >= Math.floor((index * rows) / limit) && row < Math.floor(((index + 1) * rows) / limit)),
        ).toBe(true);
        expect(pickRows(rows, limit)).toEqual(picked);
      }),
    );
  });
});
