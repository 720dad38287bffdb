import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { evidentlyBins, quantileBins, sturgesEdges } from "../../../../src/core/drift/binning";
import { chooseMethod, driftVerdict } from "../../../../src/core/drift/chooseMethod";
import type { DriftMethodId } from "../../../../src/core/drift/driftMethod";
import { DRIFT_METHODS, driftMethod } from "../../../../src/core/drift/methods";
import { evidentlyType, toSample } from "../../../../src/core/drift/toSample";
import type { Column, ColumnKind } from "../../../../src/core/tabular/column";
import { categories, normals, numbers } from "./samples";
import { toColumn } from "./readColumns";

function reasonOf(id: DriftMethodId, ...sides: Parameters<(typeof DRIFT_METHODS)[0]["compute"]>): string | null {
  const answer = driftMethod(id).compute(...sides);
  return answer.score === null ? answer.reason : null;
}

const filled = (count: number, value: number): number[] => new Array<number>(count).fill(value);

describe("what cannot be computed", () => {
  it.each(DRIFT_METHODS.map((method) => [method.id, method] as const))("%s says which side is empty", (_, method) => {
    const some = method.appliesTo[0] === "num" ? numbers([1, 2, 3]) : categories(["A", "B"]);
    const none = method.appliesTo[0] === "num" ? numbers([NaN, Infinity]) : categories([null, null]);
    expect(method.compute(none, some)).toEqual({ score: null, reason: "The reference has no values." });
    expect(method.compute(some, none)).toEqual({ score: null, reason: "The current data has no values." });
    expect(method.compute(none, none)).toEqual({ score: null, reason: "Neither side has values." });
  });

  it("needs equal rows where Evidently does, and says how many there are", () => {
    const [left, right] = [categories(["A", "B", "A"]), categories(["A", "B"])];
    for (const id of ["g_test", "fisher_exact"] as const) {
      expect(reasonOf(id, left, right)).toBe("It needs equal row counts on both sides, and there are 3 and 2 values.");
    }
    expect(driftMethod("fisher_exact").compute(left, left)).toEqual({ score: 1 });
    expect(reasonOf("fisher_exact", categories(["A", "B", "C"]), categories(["A", "B", "C"]))).toMatch("there are 3");
  });

  it("is said of texts that are to be compared as numbers", () => {
    expect(reasonOf("ks", numbers([1, 2]), categories(["A"]))).toBe("It compares numbers, and a side holds texts or categories.");
  });

  it("needs enough rows", () => {
    expect(reasonOf("es", numbers([1, 2, 3, 4]), numbers([1, 2, 3, 4, 5]))).toMatch("five values on each side");
    expect(reasonOf("anderson", numbers([1]), numbers([2, 3]))).toMatch("four values");
    expect(reasonOf("cramer_von_mises", numbers([1]), numbers([2, 3]))).toMatch("two values on each side");
    expect(reasonOf("t_test", numbers([1]), numbers([2]))).toMatch("three values");
    expect(reasonOf("welch_t", numbers([1]), numbers([2, 3]))).toMatch("two values on each side");
  });

  it("is a spread of nothing", () => {
    expect(reasonOf("es", numbers([...filled(20, 5), 1]), numbers([...filled(20, 5), 9]))).toMatch("spread is 0");
  });

  it("are numbers whose differences overflow", () => {
    const [left, right] = [numbers([-1.7e308, 0, 1.7e308]), numbers([1.7e308, 1, -1.7e308])];
    expect(reasonOf("wasserstein", left, right)).toMatch("too far apart");
    expect(reasonOf("t_test", left, right)).toMatch("too far apart");
    expect(reasonOf("welch_t", left, right)).toMatch("too far apart");
    expect(driftMethod("ks").compute(left, right).score).toBeGreaterThan(0.9);
    expect(evidentlyBins(numbers([...normals(50, 1), -1.7e308]), right)).toMatchObject({ kind: "ranges" });
  });
});

describe("constants", () => {
  it.each(DRIFT_METHODS.filter(({ appliesTo }) => appliesTo.includes("num")).map((method) => [method.id, method] as const))(
    "that are equal are no drift for %s",
    (_, method) => {
      // Means of 0.1 are rounded otherwise for 300 rows than for 200.
      const { score } = method.compute(numbers(filled(300, 0.1)), numbers(filled(200, 0.1)));
      expect(score === null || !driftVerdict(method, score, method.threshold)).toBe(true);
    },
  );

  it("that differ are drift", () => {
    const sides = [numbers(filled(30, 3)), numbers(filled(20, 4))] as const;
    expect(driftMethod("ks").compute(...sides).score).toBeLessThan(1e-12);
    expect(driftMethod("t_test").compute(...sides)).toEqual({ score: 0 });
    expect(driftMethod("wasserstein").compute(...sides)).toEqual({ score: 1000 });
    expect(driftMethod("psi_quantile").compute(...sides).score).toBeGreaterThan(10);
  });
});

describe("quantile bins", () => {
  it("see a change where one value fills the reference", () => {
    const reference = numbers([...filled(97, 0), 1, 2, 3]);
    const current = numbers([...filled(60, 0), ...filled(30, 2), ...filled(10, -1)]);
    expect(quantileBins(reference, current, 10)).toMatchObject({ reference: [0, 97, 3], current: [10, 60, 30] });
    expect(driftMethod("psi_quantile").compute(reference, current).score).toBeGreaterThan(0.25);
  });

  it("are not stretched by an outlier that hides drift from bins of equal width", () => {
    const exponential = (count: number, seed: number, mean: number): number[] =>
      Array.from(normals(2 * count, seed), (value) => (mean * value * value) / 2).slice(0, count);
    const [reference, current] = [numbers(exponential(1500, 1, 1)), numbers([...exponential(1500, 2, 2), 1e6])];
    expect(driftMethod("psi").compute(reference, current).score).toBeLessThan(0.1);
    expect(driftMethod("psi_quantile").compute(reference, current).score).toBeGreaterThan(0.1);
  });
});

describe("Sturges's bins", () => {
  it("are as wide as 1 for integers, and one for a constant", () => {
    expect(sturgesEdges(0, 21, 1000, true)).toEqual([
      0, 1.9090909090909092, 3.8181818181818183, 5.7272727272727275, 7.636363636363637, 9.545454545454547, 11.454545454545455,
      13.363636363636363, 15.272727272727273, 17.181818181818183, 19.090909090909093, 21,
    ]);
    expect(sturgesEdges(0, 3, 1000, true)).toEqual([0, 1, 2, 3]);
    expect(sturgesEdges(7, 7, 10, false)).toEqual([6.5, 7.5]);
  });

  it("never have two edges at one place", () => {
    const edges = sturgesEdges(1e16, 1e16 + 4, 1_000_000, false);
    expect(edges).toEqual([...new Set(edges)]);
    expect([edges[0], edges.at(-1)]).toEqual([1e16, 1e16 + 4]);
  });
});

describe("the type of a column", () => {
  it.each<[ColumnKind, string[], string | null]>([
    ["float", ["1.5", "2"], "num"],
    ["float", ["", ""], "num"],
    ["integer", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], "cat"],
    ["integer", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"], "num"],
    ["boolean", ["True", "False", "True"], "cat"],
    ["text", ["a", "b", "a", "b"], "cat"],
    ["text", ["a", "b", "a"], "text"],
    ["text", ["a", "a", "b", "b", "", ""], "cat"],
  ])("%s %j", (kind, texts, type) => {
    const column = toColumn("x", texts);
    expect(column.kind).toBe(kind);
    expect(evidentlyType(column)).toBe(type);
  });

  it("is not guessed for times, nor for texts that are all missing", () => {
    expect(evidentlyType({ name: "t", kind: "time", values: new Float64Array(3) })).toBeNull();
    expect(evidentlyType({ name: "t", kind: "text", labels: ["gone"], codes: Int32Array.of(-1, -1) })).toBeNull();
  });
});

describe("a sample", () => {
  it("takes the rows that it is asked for, and counts what it leaves out", () => {
    const column: Column = { name: "x", kind: "float", values: Float64Array.of(3, NaN, 1, Infinity, 2, NaN) };
    expect(toSample(column, "num", Uint32Array.of(0, 1, 3, 4))).toMatchObject({
      sorted: Float64Array.of(2, 3),
      rows: 4,
      missing: 1,
      infinite: 1,
    });
    expect(toSample(column, "cat")).toMatchObject({
      counts: new Map([
        [1, 1],
        [2, 1],
        [3, 1],
      ]),
      rows: 6,
      missing: 2,
      infinite: 1,
    });
    const texts: Column = { name: "x", kind: "text", labels: ["b", "a"], codes: Int32Array.of(0, -1, 1, 0) };
    expect(toSample(texts, "num", Uint32Array.of(1, 3))).toMatchObject({ counts: new Map([["b", 1]]), rows: 2, missing: 1 });
  });

  it("keeps categories that are numbers in the order of numbers, and texts in that of code points", () => {
    const integers: Column = { name: "x", kind: "integer", values: Float64Array.of(10, 9, 1, 10) };
    expect(evidentlyBins(toSample(integers, "cat"), toSample(integers, "cat"))).toMatchObject({ keys: [1, 9, 10], reference: [1, 1, 2] });
    const texts = categories(["🚲", "～", "é", "z"]);
    expect(evidentlyBins(texts, texts)).toMatchObject({ keys: ["z", "é", "～", "🚲"] });
  });
});

describe("Evidently's choice", () => {
  it.each<["num" | "cat", number, number, DriftMethodId]>([
    ["num", 1000, 6, "ks"],
    ["num", 1000, 5, "chisquare"],
    ["num", 1000, 3, "chisquare"],
    ["num", 1000, 2, "z"],
    ["num", 1000, 1, "z"],
    ["num", 1001, 6, "wasserstein"],
    ["num", 1001, 5, "jensenshannon"],
    ["num", 1001, 2, "jensenshannon"],
    ["cat", 1000, 6, "chisquare"],
    ["cat", 1000, 2, "z"],
    ["cat", 1001, 6, "jensenshannon"],
  ])("for a column of type %s with %d rows and %d values is made by them", (type, rows, distinct, id) => {
    const values = Float64Array.from({ length: rows }, (_, i) => i % distinct);
    const sample = toSample({ name: "x", kind: "float", values }, type);
    expect(chooseMethod(type, sample, sample).id).toBe(id);
  });

  it("counts only rows with a value", () => {
    const values = Float64Array.from({ length: 1001 }, (_, i) => (i === 0 ? NaN : i));
    const sample = numbers(values);
    expect(chooseMethod("num", sample, sample).id).toBe("ks");
  });

  it("compares at the threshold as each method does", () => {
    expect(
      DRIFT_METHODS.filter((method) => driftVerdict(method, method.threshold, method.threshold))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(
      [
        "psi_quantile",
        "psi",
        "wasserstein",
        "jensenshannon",
        "hellinger",
        "kl_div",
        "tvd",
        "l_infinity",
        "cramers_v",
        "ks",
        "cramer_von_mises",
      ].sort(),
    );
  });
});

describe("every method", () => {
  it("is listed once, under its own id, and has an effect size that has none itself", () => {
    expect(new Set(DRIFT_METHODS.map(({ id }) => id)).size).toBe(DRIFT_METHODS.length);
    for (const method of DRIFT_METHODS) {
      expect(driftMethod(method.id)).toBe(method);
      expect(method.effect === undefined).toBe(method.result === "distance");
      expect(method.effect === undefined || driftMethod(method.effect).result === "distance").toBe(true);
    }
  });

  it("is measured by a tool of others in the live suite", () => {
    const answers = readFileSync(join(__dirname, "..", "..", "..", "live", "driftAnswers.py"), "utf8");
    expect(DRIFT_METHODS.filter(({ id }) => !answers.includes(`"${id}"`)).map(({ id }) => id)).toEqual([]);
  });
});
