import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { evidentlyBins, psiContributions, quantileBins } from "../../../../src/core/drift/binning";
import { chooseMethod, driftVerdict } from "../../../../src/core/drift/chooseMethod";
import type { DriftMethodId } from "../../../../src/core/drift/driftMethod";
import { DRIFT_METHODS, driftMethod } from "../../../../src/core/drift/methods";
import { categories, normals, numbers } from "./samples";

const numeric = DRIFT_METHODS.filter(({ appliesTo }) => appliesTo.includes("num"));
const categorical = DRIFT_METHODS.filter(({ appliesTo }) => appliesTo.includes("cat"));

/** Numbers as tables hold them: a few decimals, ties, large and small, missing and infinite ones. */
const column = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -500, max: 500 }).map((value) => value / 10) },
    { weight: 3, arbitrary: fc.double({ min: -1e9, max: 1e9, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0, 1e300, -1e300, 5e-324) },
  ),
  { maxLength: 60 },
);
const labels = fc.array(fc.constantFrom("A", "b", "Zürich", "🚲", "日本", null), { maxLength: 60 });
/** Not so wild that scaling them rounds or overflows. */
const plainColumn = fc.array(
  fc.integer({ min: -5000, max: 5000 }).map((value) => value / 8),
  { minLength: 6, maxLength: 60 },
);

describe.each(numeric.map((method) => [method.id, method] as const))("%s of numbers", (_, method) => {
  it("gives a finite score that it can have, or a sentence", () => {
    fc.assert(
      fc.property(column, column, (left, right) => {
        const answer = method.compute(numbers(left), numbers(right));
        if (answer.score === null) {
          expect(answer.reason).toMatch(/^[A-Z].*\.$/);
        } else {
          expect(answer.score).toBeGreaterThanOrEqual(0);
          expect(answer.score).toBeLessThanOrEqual(method.result === "p-value" ? 1 : Number.MAX_VALUE);
        }
      }),
    );
  });

  it("does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(plainColumn, plainColumn, (left, right) => {
        const answer = method.compute(numbers(left), numbers(right));
        expect(method.compute(numbers([...left].reverse()), numbers(right.toSorted((a, b) => a - b)))).toEqual(answer);
      }),
    );
  });

  it("finds no drift between a column and itself", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -5000, max: 5000 }), { minLength: 8, maxLength: 80 }), (values) => {
        const answer = method.compute(numbers(values), numbers(values));
        if (method.result === "distance") {
          expect(answer.score).toBeCloseTo(0, 7);
        } else if (answer.score !== null) {
          // Half of an exact one-sided test lies above the middle.
          expect(answer.score).toBeGreaterThanOrEqual(method.id === "anderson" ? 0.25 : 0.5);
        }
      }),
    );
  });
});

describe.each(categorical.map((method) => [method.id, method] as const))("%s of categories", (_, method) => {
  it("gives a finite score that it can have, or a sentence", () => {
    fc.assert(
      fc.property(labels, labels, (left, right) => {
        const answer = method.compute(categories(left), categories(right));
        if (answer.score === null) {
          expect(answer.reason).toMatch(/^[A-Z].*\.$/);
        } else {
          expect(answer.score).toBeGreaterThanOrEqual(0);
          expect(answer.score).toBeLessThanOrEqual(method.result === "p-value" ? 1 : Number.MAX_VALUE);
        }
      }),
    );
  });

  it("does not depend on the order of the rows, nor on what the categories are called", () => {
    // The z-test compares the smallest value with the rest; new names keep the order.
    const renamed = new Map([
      ["A", "alpha"],
      ["Zürich", "beta"],
      ["b", "gamma"],
      ["日本", "ρ"],
      ["🚲", "🛵"],
    ]);
    fc.assert(
      fc.property(labels, labels, (left, right) => {
        const rename = (texts: (string | null)[]): (string | null)[] =>
          texts.map((text) => (text === null ? null : renamed.get(text)!)).reverse();
        const before = method.compute(categories(left), categories(right));
        const after = method.compute(categories(rename(left)), categories(rename(right)));
        expect(after.score === null).toBe(before.score === null);
        if (before.score !== null) {
          expect(after.score).toBeCloseTo(before.score, 12);
        }
      }),
    );
  });

  it("finds no drift between a column and itself", () => {
    fc.assert(
      fc.property(labels, (texts) => {
        const { score } = method.compute(categories(texts), categories(texts));
        if (score !== null) {
          expect(score).toBeCloseTo(method.result === "distance" ? 0 : 1, 7);
        }
      }),
    );
  });
});

describe("scaling", () => {
  const scaleFree: readonly DriftMethodId[] = [
    "psi",
    "psi_quantile",
    "kl_div",
    "jensenshannon",
    "hellinger",
    "ks",
    "cramer_von_mises",
    "anderson",
    "es",
    "mannw",
    "mannw_two_sided",
    "t_test",
    "welch_t",
  ];

  it.each(scaleFree)("by a power of two, which rounds nothing, leaves %s as it is", (id) => {
    fc.assert(
      fc.property(plainColumn, plainColumn, fc.constantFrom(0.25, 2, 1024), (left, right, factor) => {
        const scale = (values: number[]): number[] => values.map((value) => value * factor);
        const before = driftMethod(id).compute(numbers(left), numbers(right)).score;
        const after = driftMethod(id).compute(numbers(scale(left)), numbers(scale(right))).score;
        expect(after === null ? null : after.toPrecision(10)).toBe(before === null ? null : before.toPrecision(10));
      }),
    );
  });

  it("by any factor leaves what only knows ranks as it is", () => {
    fc.assert(
      fc.property(plainColumn, plainColumn, fc.double({ min: 0.01, max: 1000, noNaN: true }), (left, right, factor) => {
        for (const id of ["ks", "cramer_von_mises", "anderson", "mannw"] as const) {
          const scale = (values: number[]): number[] => values.map((value) => value * factor);
          expect(driftMethod(id).compute(numbers(scale(left)), numbers(scale(right)))).toEqual(
            driftMethod(id).compute(numbers(left), numbers(right)),
          );
        }
      }),
    );
  });

  it("multiplies the energy distance by the root of the factor, and leaves a normed Wasserstein distance", () => {
    const [left, right] = [normals(300, 1), normals(200, 2).map((value) => value + 0.4)];
    const by4 = [left, right].map((values) => numbers(values.map((value) => value * 4)));
    const score = (id: DriftMethodId, ...sides: Parameters<(typeof DRIFT_METHODS)[0]["compute"]>): number =>
      driftMethod(id).compute(...sides).score!;
    expect(score("ed", by4[0]!, by4[1]!)).toBeCloseTo(2 * score("ed", numbers(left), numbers(right)), 12);
    expect(score("wasserstein", by4[0]!, by4[1]!)).toBeCloseTo(score("wasserstein", numbers(left), numbers(right)), 12);
  });
});

describe("bins", () => {
  it("hold every finite row of both sides, and their parts add up to the index", () => {
    fc.assert(
      fc.property(column, column, (left, right) => {
        const [reference, current] = [numbers(left), numbers(right)];
        const finite = (values: number[]): number => values.filter(Number.isFinite).length;
        for (const [id, bins] of [
          ["psi", evidentlyBins(reference, current)],
          ["psi_quantile", quantileBins(reference, current, 10)],
        ] as const) {
          const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
          expect([total(bins.reference), total(bins.current)]).toEqual([finite(left), finite(right)]);
          const { score } = driftMethod(id).compute(reference, current);
          if (score !== null) {
            expect(total(psiContributions(bins))).toBeCloseTo(score, 10);
          }
        }
      }),
    );
  });
});

describe("samples of one distribution", () => {
  /** Largest share of alarms in 200 pairs that a test at its own threshold gives by chance in fewer than one of a million runs. */
  const limit = (threshold: number): number => threshold + 5 * Math.sqrt((threshold * (1 - threshold)) / 200);

  it.each([8, 30, 300, 1500])("raise no more alarms than the threshold says, with %d rows", (rows) => {
    const pairs = Array.from({ length: 200 }, (_, i) => [numbers(normals(rows, 2 * i)), numbers(normals(rows, 2 * i + 1))] as const);
    for (const id of ["ks", "cramer_von_mises", "anderson", "mannw", "mannw_two_sided", "t_test", "welch_t"] as const) {
      const method = driftMethod(id);
      const alarms = pairs.filter((pair) => driftVerdict(method, method.compute(...pair).score!, method.threshold)).length;
      expect(alarms / pairs.length, id).toBeLessThanOrEqual(limit(method.threshold));
    }
  });

  it.each([2000, 5000, 20_000])("are not taken for drift by what Evidently chooses, with %d rows", (rows) => {
    for (let seed = 0; seed < 20; seed++) {
      const [reference, current] = [numbers(normals(rows, 2 * seed)), numbers(normals(rows, 2 * seed + 1))];
      const method = chooseMethod("num", reference, current);
      expect(method.id).toBe("wasserstein");
      expect(driftVerdict(method, method.compute(reference, current).score!, method.threshold)).toBe(false);
      const own = driftMethod("psi_quantile");
      expect(own.compute(reference, current).score).toBeLessThan(own.threshold);
    }
  });
});
