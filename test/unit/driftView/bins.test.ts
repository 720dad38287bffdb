import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { SharedBins } from "../../../src/core/drift/driftReport";
import { binLabels } from "../../../src/core/drift/view/binLabels";
import { toBins, toMini } from "../../../src/core/drift/view/toBins";

const range = (edges: readonly number[], open: boolean): SharedBins => {
  const counts = edges.slice(1).map((_, index) => index + 1);
  return { kind: "range", edges, open, reference: counts, current: [...counts].reverse() };
};
const values = (keys: readonly (string | number)[], others = 0): SharedBins => {
  const counts = keys.map((_, index) => index);
  return { kind: "values", keys, reference: counts, current: counts, others };
};

describe("labels of bins", () => {
  it("name open ends by what lies beyond them", () => {
    expect(binLabels(range([0, 37, 42, 120], true))).toEqual(["below 37", "37 to 42", "above 42"]);
    expect(binLabels(range([0, 37, 42], false))).toEqual(["0 to 37", "37 to 42"]);
    expect(binLabels(range([0, 1], true))).toEqual(["all values"]);
  });

  it("write edges with as many digits as tell them apart, and no more", () => {
    expect(binLabels(range([0.1 + 0.2, 0.5, 1], false))).toEqual(["0.3 to 0.5", "0.5 to 1"]);
    expect(binLabels(range([1000.001, 1000.002, 1000.003], false))).toEqual(["1000.001 to 1000.002", "1000.002 to 1000.003"]);
    expect(binLabels(range([-5, -3, 1e-9], false))).toEqual(["-5 to -3", "-3 to 1e-9"]);
  });

  it("name categories, empty texts and the rest", () => {
    expect(binLabels(values(["green", "", 3]))).toEqual(["green", '""', "3"]);
    expect(binLabels(values(["green", "other"], 1200))).toEqual(["green", "1,200 other values"]);
    expect(binLabels(values(["green", "other"], 1))).toEqual(["green", "1 other value"]);
  });

  it("differ where edges differ", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { minLength: 3, maxLength: 20 }), (numbers) => {
        // Bins narrower than a number's last digits cannot be told apart by anybody.
        const edges = [...new Set(numbers.map((number) => Number(number.toPrecision(15)) + 0))].sort((a, b) => a - b);
        fc.pre(edges.length > 2);
        const labels = binLabels(range(edges, false));
        expect(new Set(labels).size).toBe(edges.length - 1);
        expect(labels.join(" ")).not.toMatch(/NaN|Infinity/);
      }),
    );
  });
});

describe("bins on the page", () => {
  it("say whether the ends are open", () => {
    expect(toBins(range([0, 1, 2], true))).toMatchObject({ open: true, edges: [0, 1, 2], others: 0 });
    expect(toBins(values(["a"], 0))).toEqual({ labels: ["a"], edges: null, reference: [0], current: [0], others: 0 });
  });

  it("shrink to at most twelve whose shares add up to one", () => {
    const counts = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(counts, fc.boolean(), (reference, isRange) => {
        const bins: SharedBins = isRange
          ? { kind: "range", edges: [...reference.keys(), reference.length], open: false, reference, current: reference }
          : { kind: "values", keys: reference.map((_, index) => `k${String(index)}`), reference, current: reference, others: 0 };
        const mini = toMini(bins);
        expect(mini.reference.length).toBe(mini.current.length);
        expect(mini.reference.length).toBeLessThanOrEqual(12);
        const total = mini.reference.reduce((sum, share) => sum + share, 0);
        expect(total).toBeCloseTo(reference.some((count) => count > 0) ? 1 : 0, 9);
      }),
    );
  });

  it("put rare categories together, and neighbours of numbers", () => {
    const counts = Array.from({ length: 24 }, (_, index) => (index < 12 ? 10 : 0));
    const texts = toMini({ kind: "values", keys: counts.map((_, i) => `k${String(i)}`), reference: counts, current: counts, others: 0 });
    expect(texts.reference.at(0)).toBeCloseTo(1 / 12);
    const numbers = toMini({ kind: "values", keys: counts.map((_, i) => i), reference: counts, current: counts, others: 0 });
    expect(numbers.reference.at(0)).toBeCloseTo(2 / 12);
    expect(numbers.reference.at(-1)).toBe(0);
  });
});
