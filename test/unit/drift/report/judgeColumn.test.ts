import { describe, expect, it } from "vitest";
import { columnOf, judgedColumn, numbersFrom, reportOf, type Values } from "../../../builders/driftTables";

const uniform = numbersFrom(1, 500);
const other = numbersFrom(2, 500);
const repeat = <T>(value: T, count: number): T[] => new Array<T>(count).fill(value);
const words = (...parts: readonly (readonly [string, number])[]): string[] => parts.flatMap(([word, count]) => repeat(word, count));

describe("a column in our own mode", () => {
  it("has not drifted when both sides come from the same", async () => {
    const column = await judgedColumn(uniform, other);
    expect(column).toMatchObject({ status: "ok", type: "num", reason: null, direction: null });
    expect(column.result).toMatchObject({ method: "psi_quantile", threshold: 0.1, failThreshold: 0.25, drifted: false });
    expect(column.verdict).toMatch(/^`x` has not drifted: PSI 0\.0\d+, limit 0\.1\.$/);
    expect(column.methods.map(({ method }) => method)).toEqual(["psi_quantile", "wasserstein"]);
  });

  it.each([
    ["up", other.map((value) => value + 0.25)],
    ["down", other.map((value) => value - 0.25)],
    ["wider", other.map((value) => (value - 0.5) * 3 + 0.5)],
    ["narrower", other.map((value) => (value - 0.5) / 3 + 0.5)],
  ])("says that it went %s", async (direction, current) => {
    const column = await judgedColumn(uniform, current);
    expect(column).toMatchObject({ status: "fail", direction });
    expect(column.verdict).toContain(direction === "up" || direction === "down" ? `moved ${direction}: PSI ` : `became ${direction}: PSI `);
    expect(column.verdict).toContain("limit 0.25");
  });

  it("warns between the two limits", async () => {
    const column = await judgedColumn(words(["a", 250], ["b", 250]), words(["a", 320], ["b", 180]), {
      limits: { method: null, warn: 0.05, fail: 0.2, from: "user" },
    });
    expect(column).toMatchObject({ status: "warn", limitsFrom: "user" });
    expect(column.result).toMatchObject({ threshold: 0.05, failThreshold: 0.2, drifted: true });
  });

  it("names the values that moved, came and went", async () => {
    const column = await judgedColumn(words(["red", 300], ["green", 190], ["old", 10]), words(["red", 290], ["green", 10], ["blue", 200]));
    expect(column).toMatchObject({ status: "fail", type: "cat", newCategoryCount: 1, lostCategoryCount: 1, outOfRange: null });
    expect(column.newCategories).toEqual([{ value: "blue", count: 200 }]);
    expect(column.lostCategories).toEqual([{ value: "old", count: 10 }]);
    expect(column.verdict).toContain('most of it in "blue"');
    expect(column.verdict).toContain("1 new value, 1 value gone");
    expect(column.methods.map(({ method }) => method)).toEqual(["psi_quantile", "jensenshannon"]);
  });

  it("adds the contributions of its bins up to the index", async () => {
    const column = await judgedColumn(
      uniform,
      other.map((value) => value ** 2),
    );
    const sum = column.psiContributions.reduce((total, each) => total + each, 0);
    expect(sum).toBeCloseTo(column.result?.score ?? -1, 12);
    expect(column.psiBins?.reference.reduce((total, count) => total + count, 0)).toBe(500);
    expect(column.psiBins?.current.reduce((total, count) => total + count, 0)).toBe(500);
  });

  it("flags what an outlier hides from bins of equal width, and says that it stretched the range", async () => {
    const decay = (values: readonly number[], scale: number): number[] => values.map((value) => -Math.log(1 - value) * scale);
    const column = await judgedColumn(decay(uniform, 1), [...decay(other, 2), 1e6], { allMethods: true });
    expect(column.result?.drifted).toBe(true);
    expect(column.methods.find(({ method }) => method === "psi")?.drifted).toBe(false);
    expect(column.notes.join("\n")).toMatch(
      /An outlier stretched the range: 1 value in the current data lies far above .*the largest is 1,000,000/,
    );
    expect(column.bins).toMatchObject({ kind: "range", open: true });
    expect(column.bins?.current.at(-1)).toBe(1);
    expect(column.bins?.current.slice(0, -1).filter((count) => count > 0).length).toBeGreaterThan(5);
  });
});

describe("what cannot be judged is said in a sentence", () => {
  const cases: readonly (readonly [string, Values, Values, RegExp])[] = [
    ["no rows now", uniform, [], /The current data have no rows\./],
    ["no rows before", [], uniform, /The reference has no rows\./],
    ["no rows at all", [], [], /Neither side has a row\./],
    ["all missing now", uniform, repeat(null, 300), /All values are missing in the current data\./],
    ["all missing before", repeat(null, 300), uniform, /All values are missing in the reference\./],
    ["all missing on both sides", repeat(null, 300), repeat(null, 300), /All values are missing on both sides\./],
    ["all infinite", uniform, repeat(Infinity, 300), /All values are missing or infinite in the current data\./],
    ["one row", uniform, [0.5], /It has 1 value in the current data; a score needs 30\./],
    ["a window of four rows", uniform, [5, 6, 7, 8], /It has 4 values in the current data; a score needs 30\./],
    ["too few rows", uniform, other.slice(0, 199), /It has 199 values in the current data, too few to judge; 200 are needed\./],
    ["texts in place of numbers", uniform, words(["a", 500]), /Its type changed: numbers in the reference, texts in the current data\./],
    ["numbers in place of texts", words(["a", 500]), uniform, /Its type changed: texts in the reference, numbers in the current data\./],
    ["free text", uniform.map(String), other.map(String), /It holds free text \(100 of 100 values differ\)/],
    ["dates as texts", uniform.map((_, day) => `2026-01-01T00:00:${day}`), words(["2026-01-01", 500]), /It holds times/],
  ];

  it.each(cases)("%s", async (_, reference, current, reason) => {
    const { columns, dataset } = await reportOf({ x: reference }, { x: current });
    const [column] = columns;
    expect(column?.status).toBe("unjudged");
    expect(column?.reason).toMatch(reason);
    expect(column?.verdict).toMatch(/^`x` is not judged: .+\.$/);
    expect(dataset).toMatchObject({ drifted: null, share: null, testedColumns: 0, status: "unjudged" });
    expect(JSON.stringify(columns)).not.toMatch(/NaN|Infinity|undefined|:null,"methods":null/);
  });

  it("a column that one side lacks", async () => {
    const { columns, dataset } = await reportOf({ both: uniform, old: uniform }, { new: other, both: other });
    expect(columns.map(({ name, status, reason }) => [name, status, reason])).toEqual([
      ["both", "ok", null],
      ["old", "unjudged", "It is in the reference and not in the current data."],
      ["new", "unjudged", "It is in the current data and not in the reference."],
    ]);
    expect(dataset).toMatchObject({ drifted: false, testedColumns: 1, unjudgedColumns: 2 });
  });

  it("shows the score of few rows, and does not count it", async () => {
    const column = await judgedColumn(
      uniform,
      other.slice(0, 100).map((value) => value + 5),
    );
    expect(column.status).toBe("unjudged");
    expect(column.result?.score).toBeGreaterThan(1);
  });
});

describe("constants", () => {
  it("that are the same are no drift, by any method", async () => {
    const column = await judgedColumn(repeat(7.5, 300), repeat(7.5, 400), { allMethods: true });
    expect(column.status).toBe("ok");
    expect(column.methods.filter(({ drifted }) => drifted === true)).toEqual([]);
    expect(column.notes).toContain("It is constant: every value is 7.5 on both sides.");
  });

  it("that differ drift, and say so", async () => {
    const column = await judgedColumn(repeat(7.5, 300), repeat(8.5, 400));
    expect(column.status).toBe("fail");
    expect(column.notes.join()).toContain(
      "It is constant on both sides, at different values: 7.5 in the reference, 8.5 in the current data.",
    );
  });

  it("that a column became are told", async () => {
    const column = await judgedColumn(uniform, repeat(0.5, 300));
    expect(column.status).toBe("fail");
    expect(column.notes).toContain("It became constant: every current value is 0.5.");
  });

  it("that it no longer is are told", async () => {
    expect((await judgedColumn(repeat(0.5, 300), uniform)).notes).toContain(
      "It is no longer constant: every value of the reference is 0.5.",
    );
  });
});

describe("notes", () => {
  it("say that ranges lie apart", async () => {
    const column = await judgedColumn(
      uniform,
      other.map((value) => value + 10),
    );
    expect(column.outOfRange).toEqual({ below: 0, above: 500 });
    expect(column.notes.join()).toMatch(/The ranges do not overlap: 0\.\d+ to 0?\.?\d+ in the reference, 10 to 11 in the current data\./);
  });

  it("say that values went missing, which no score sees", async () => {
    const holes = other.map((value, row) => (row % 4 === 0 ? null : value));
    const column = await judgedColumn(uniform, holes);
    expect(column).toMatchObject({ status: "ok", current: { rows: 500, missing: 125 } });
    expect(column.notes).toContain("The share of missing values rose from 0 % to 25 %. Missing values do not count in the score.");
  });

  it("say that infinite values are left out", async () => {
    const column = await judgedColumn(uniform, [...other, Infinity, -Infinity]);
    expect(column.current.infinite).toBe(2);
    expect(column.notes).toContain("Infinite values are left out: 2 in the current data.");
  });

  it("warn of p-values of many rows, and stand beside an effect size", async () => {
    const [a, b] = [numbersFrom(3, 20_000), numbersFrom(4, 20_000).map((value) => value + 0.02)];
    const column = await judgedColumn(a, b, { limits: { method: "ks", warn: null, fail: null, from: "user" } });
    expect(column.result).toMatchObject({ method: "ks", drifted: true });
    expect(column.result?.effect?.score).toBeLessThan(0.1);
    expect(column.notes.join()).toContain("With 20,000 values a side a p-value flags differences that do not matter");
  });

  it("say that another method was taken where the wished one does not apply", async () => {
    const column = await judgedColumn(words(["a", 300]), words(["a", 300]), {
      limits: { method: "ks", warn: null, fail: null, from: "user" },
    });
    expect(column.result?.method).toBe("psi_quantile");
    expect(column.notes.join()).toContain("does not apply to categories");
  });
});

describe("missing values with a limit", () => {
  const holes = (every: number): Values => other.map((value, row) => (row % every === 0 ? null : value));

  it("fail the column at the limit, whatever is left of it", async () => {
    expect(await judgedColumn(uniform, holes(4), { missingIncrease: 0.25 })).toMatchObject({ status: "fail", result: { drifted: false } });
    expect(await judgedColumn(uniform, holes(4), { missingIncrease: 0.3 })).toMatchObject({ status: "ok" });
  });

  it("are named in the verdict where drift alone would only warn", async () => {
    const moved = other.map((value, row) => (row % 4 === 0 ? null : value * 1.2));
    const column = await judgedColumn(uniform, moved, { missingIncrease: 0.1 });
    expect(column).toMatchObject({ status: "fail", result: { drifted: true } });
    expect(column.verdict).toMatch(/limit 0\.1;.*; more values are missing than allowed\.$/);
  });

  it("do not fail an outcome, which comes later than what it belongs to", async () => {
    expect(await judgedColumn(uniform, holes(4), { missingIncrease: 0.1, roles: { x: "target" } })).toMatchObject({ status: "ok" });
    expect(await judgedColumn(uniform, holes(4), { missingIncrease: 0.1, roles: { x: "feature" } })).toMatchObject({ status: "fail" });
  });

  it("fail a column that is gone", async () => {
    const column = await judgedColumn(uniform, repeat(null, 300), { missingIncrease: 0.5 });
    expect(column.status).toBe("fail");
    expect(column.reason).toContain("All values are missing in the current data.");
  });
});

describe("settings", () => {
  it("turn numbers into categories, and say of texts that they are no numbers", async () => {
    expect(
      await judgedColumn(
        uniform.map((value) => Math.floor(value * 12)),
        other.map((value) => Math.floor(value * 12)),
        { types: { x: "cat" } },
      ),
    ).toMatchObject({ type: "cat", status: "ok" });
    expect((await judgedColumn(words(["a", 300]), words(["a", 300]), { types: { x: "num" } })).reason).toContain(
      "set to be judged as numbers",
    );
  });

  it("compare numbers with texts of the same look where they are set to be categories", async () => {
    const codes = uniform.map((value) => Math.floor(value * 4));
    const column = await judgedColumn(codes, columnOf("x", codes.map(String), "text"), { types: { x: "cat" } });
    expect(column).toMatchObject({ status: "ok", newCategoryCount: 0 });
    expect(column.result?.score).toBe(0);
  });

  it("choose columns, and leave times out", async () => {
    const time = columnOf(
      "t",
      uniform.map((_, row) => row * 1000),
      "time",
    );
    const values = { t: time, a: uniform, b: uniform };
    expect((await reportOf(values, values)).columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect((await reportOf(values, values, { ignore: ["a"] })).columns.map(({ name }) => name)).toEqual(["b"]);
    expect((await reportOf(values, values, { only: ["b"] })).columns.map(({ name }) => name)).toEqual(["b"]);
    await expect(reportOf(values, values, { only: ["c"] })).rejects.toThrow("There is no column c on either side. Did you mean");
  });

  it("are the column's own where it has some, also for a name that every object has", async () => {
    const limits = { method: null, warn: 5, fail: 9, from: "config" } as const;
    const moved = other.map((value) => value + 0.2);
    const { columns } = await reportOf({ x: uniform, constructor: uniform }, { x: moved, constructor: moved }, { columns: { x: limits } });
    expect(columns.map(({ name, status, limitsFrom }) => [name, status, limitsFrom])).toEqual([
      ["x", "ok", "config"],
      ["constructor", "fail", "default"],
    ]);
  });
});
