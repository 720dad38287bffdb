import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { checkTable } from "../../../src/core/dataCheck/checkTable";
import type { DataEntry, Expectation } from "../../../src/core/dataCheck/expectations";
import { testFolder } from "../tabular/testFolder";
import { broken, findingOf, judge, NOW } from "./judged";

const folder = testFolder();
const FIXTURES = join(__dirname, "../../fixtures/dataCheck");
let count = 0;
const csv = (text: string): string => folder.write(`table-${++count}.csv`, text);
const column = (values: readonly string[], name = "x"): string => csv([name, ...values].map((value) => `${value}\n`).join(""));
/** `x` beside a column that is always full, because a line of nothing is no row. */
const gappy = (values: readonly string[]): string => csv(["x,y", ...values.map((value) => `${value},1`)].join("\n"));

function holdsFor<T>(values: fc.Arbitrary<T>, claim: (value: T) => Promise<void>): Promise<void> {
  return fc.assert(fc.asyncProperty(values, claim), { numRuns: 60 });
}

describe("types", () => {
  it.each<[string, NonNullable<NonNullable<DataEntry["expect"]>["columns"]>[string] & object, readonly string[], readonly number[]]>([
    ["numbers", { type: "number" }, ["1", "-2.5", "1e3", "7.0", "abc", "NaN", "inf", "True"], [5, 6, 7, 8]],
    ["integers, also as 1.0 and 1e3", { type: "integer" }, ["1", "1.0", "1e3", "-4", "2.5", "x"], [5, 6]],
    ["booleans in any spelling", { type: "boolean" }, ["true", "FALSE", "Yes", "n", "1", "0.0", "T", "maybe", "2"], [8, 9]],
    [
      "dates",
      { type: "date" },
      ["2026-11-30", "2026-11-30T10:00:00+02:00", "20261130", "1764460800", "30.11.2026", "2026-02-30", "7"],
      [5, 6, 7],
    ],
    ["texts are everything in CSV", { type: "text" }, ["a", "1", "true"], []],
  ])("%s", async (_, says, values, rows) => {
    const found = findingOf(await judge(column(values), { columns: { x: says } }), "type");
    expect({ result: found.result, rows: found.rows }).toEqual({
      result: rows.length === 0 ? "pass" : "fail",
      rows: { count: rows.length, first: rows },
    });
  });

  it("knows that a number of a typed file is no text", async () => {
    const path = folder.write("typed.jsonl", '{"x": 1, "y": "a", "z": true}\n{"x": 2, "y": "1", "z": false}\n');
    const says = { type: "text" } as const;
    expect(broken(await judge(path, { columns: { x: says, y: says, z: says } }))).toEqual(["type x fail", "type z fail"]);
  });

  it("finds late texts in a column that began with numbers, and names the rows", async () => {
    const values = Array.from({ length: 3000 }, (_, row) => (row === 2500 ? "oops" : String(row)));
    const found = findingOf(await judge(column(values), { columns: { x: { type: "number", min: 0 } } }), "type");
    expect(found.message).toBe("In 1 of 3,000 rows x is no number (row 2501).");
  });
});

describe("limits", () => {
  it("tell the extreme, and the rows", async () => {
    const found = findingOf(await judge(column(["5", "-1", "7", "-3"]), { columns: { x: { min: 0 } } }), "min");
    expect(found).toMatchObject({ result: "fail", limit: "0", found: "-3", rows: { count: 2, first: [2, 4] } });
    expect(found.message).toBe("In 2 of 4 rows x is below the smallest allowed value, 0 (rows 2, 4). The smallest is -3.");
  });

  it("take the limit itself, and break on an infinity", async () => {
    expect(broken(await judge(column(["0", "10"]), { columns: { x: { min: 0, max: 10 } } }))).toEqual([]);
    expect(broken(await judge(column(["0", "inf"]), { columns: { x: { min: 0, max: 10 } } }))).toEqual(["max x fail"]);
  });

  it("cannot be judged where nothing can be compared, and hold where nothing is there", async () => {
    expect(broken(await judge(column(["a", "b"]), { columns: { x: { min: 0 } } }))).toEqual(["min x unknown"]);
    expect(broken(await judge(gappy(["", ""]), { columns: { x: { min: 0 } } }))).toEqual([]);
  });
});

describe("missing values", () => {
  it.each([
    [0.5, "pass"],
    [0.49, "fail"],
  ])("of half of the rows with at most %d", async (limit, result) => {
    const found = findingOf(await judge(gappy(["1", "", "3", ""]), { columns: { x: { max_missing: limit } } }), "max_missing");
    expect(found).toMatchObject({ result, found: "50%", rows: { count: 2, first: [2, 4] } });
  });

  it("are empty fields and null, and no words: NA can be Namibia", async () => {
    const says = { columns: { x: { max_missing: 0, type: "number" } } } as const;
    expect(broken(await judge(column(["1", "NA", "null"]), says))).toEqual(["type x fail"]);
    expect(broken(await judge(folder.write("null.jsonl", '{"x": 1}\n{"x": null}\n{}\n'), says))).toEqual(["max_missing x fail"]);
  });

  it("are no values for the other rules", async () => {
    const says = { type: "integer", min: 1, in: [1, 2] } as const;
    expect(broken(await judge(gappy(["1", "", "2"]), { columns: { x: says }, unique: ["x"] }))).toEqual([]);
  });
});

describe("lists", () => {
  it("compare numbers by value and codes by their letters", async () => {
    const of = async (values: readonly string[], list: readonly (string | number | boolean)[]) =>
      findingOf(await judge(column(values), { columns: { x: { in: list } } }), "in").rows?.first;
    expect(await of(["1", "1.0", "2", "3"], [1, 2])).toEqual([4]);
    expect(await of(["01", "1"], ["01"])).toEqual([2]);
    expect(await of(["True", "false", "yes"], [true, false])).toEqual([3]);
    expect(await of(["a", "A"], ["a"])).toEqual([2]);
  });

  it("name at most three foreign values, and none of a personal column", async () => {
    const path = column(["a", "zebra", "yak", "xerus", "wolf"]);
    const says = { columns: { x: { in: ["a"] } } };
    expect(findingOf(await judge(path, says), "in").found).toBe('"wolf", "xerus", "yak"');
    const personal = await judge(path, says, { personal: ["x"] });
    expect(JSON.stringify(personal)).not.toMatch(/wolf|xerus|yak|zebra/);
    expect(findingOf(personal, "in")).toMatchObject({ result: "fail", rows: { count: 4, first: [2, 3, 4, 5] } });
  });

  it("tell no extreme of a personal column", async () => {
    const outcome = await judge(column(["1", "987654"]), { columns: { x: { max: 10 } } }, { personal: ["x"] });
    expect(findingOf(outcome, "max").result).toBe("fail");
    expect(JSON.stringify(outcome)).not.toContain("987654");
  });
});

describe("keys", () => {
  it("count rows that repeat an earlier one; a part that is missing repeats nothing", async () => {
    const path = csv("a,b\n1,x\n1,y\n1,x\n,x\n,x\n2,x\n1,x\n");
    const found = findingOf(await judge(path, { unique: ["a", "b"] }), "unique");
    expect(found).toMatchObject({ result: "fail", column: null, rows: { count: 2, first: [3, 7] } });
    expect(found.message).toBe("In 2 of 7 rows the key a, b repeats an earlier row (rows 3, 7).");
  });

  it("tell long numbers apart that a double rounds", async () => {
    const ids = ["9007199254740992", "9007199254740993", "007", "7"];
    expect(broken(await judge(column(ids), { unique: ["x"] }))).toEqual([]);
    const rounded = await judge(column(ids.slice(0, 2)), { unique: ["x"], columns: { x: { type: "integer" } } });
    expect(broken(rounded)).toEqual(["unique x unknown"]);
  });

  const pairs = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom("a", "b", "")), { minLength: 1, maxLength: 60 });
  it("are counted as a set would count them", () =>
    holdsFor(pairs, async (rows) => {
      const path = csv(["x,y,z", ...rows.map(([x, y]) => `${x},${y},1`)].join("\n"));
      const whole = rows.filter(([, y]) => y !== "").map((row) => row.join("|"));
      const found = findingOf(await judge(path, { unique: ["x", "y"] }), "unique");
      expect(found.rows?.count).toBe(whole.length - new Set(whole).size);
    }));
});

describe("how new the rows are", () => {
  const newest = async (values: readonly string[], within = "7 days") =>
    findingOf(await judge(column(values), { newest: { column: "x", within } }), "newest");

  it.each<[string, readonly string[], string, string]>([
    ["is new enough", ["2026-11-01", "2026-11-29T00:00:01Z"], "7 days", "pass"],
    ["is too old", ["2026-11-20T10:00:00Z"], "7 days", "fail"],
    ["is a whole day without a clock", ["2026-11-23"], "7 days", "pass"],
    ["lies in the future", ["2026-11-29", "2027-01-01"], "7 days", "fail"],
    ["has no date at all", ["soon", "later"], "7 days", "unknown"],
  ])("%s", async (_, values, within, result) => {
    expect((await newest(values, within)).result).toBe(result);
  });

  it("also tells dates that cannot be read", async () => {
    expect(broken(await judge(column(["2026-11-29", "soon"]), { newest: { column: "x", within: "7 days" } }))).toEqual(["type x fail"]);
  });

  it("tells no date of a personal column", async () => {
    const outcome = await judge(column(["2026-10-01"]), { newest: { column: "x", within: "7 days" } }, { personal: ["x"] });
    expect(findingOf(outcome, "newest").message).toBe("The newest row by x is 59 days old; it may be at most 7 days old.");
  });
});

describe("tables that are not as they should be", () => {
  it("have no rows", async () => {
    expect(broken(await judge(csv("x\n"), { columns: { x: { type: "number" } } }))).toEqual(["min_rows - fail"]);
    expect(broken(await judge(csv("x\n"), { min_rows: 5 }))).toEqual(["min_rows - fail"]);
    expect(broken(await judge(join(FIXTURES, "../tabular/no-rows.parquet"), { min_rows: 0, max_rows: 3 }))).toEqual([]);
  });

  it("have too many or too few rows", async () => {
    const path = column(["1", "2", "3"]);
    expect(broken(await judge(path, { min_rows: 4, max_rows: 2 }))).toEqual(["min_rows - fail", "max_rows - fail"]);
    expect(findingOf(await judge(path, { min_rows: 4 }), "min_rows").message).toBe("There are 3 rows, and there must be at least 4.");
  });

  it("lack a column, which is said once", async () => {
    const outcome = await judge(csv("agee\n1\n"), { columns: { age: { type: "number", min: 1, max_missing: 0 } }, unique: ["age"] });
    expect(outcome.findings.map(({ message }) => message)).toEqual(["There is no column age. Did you mean agee?"]);
  });

  const whole = readFileSync(join(FIXTURES, "people.parquet"));
  it.each<[string, () => string]>([
    ["are not there", () => join(folder.path, "gone.csv")],
    ["are empty", () => csv("")],
    ["are cut off", () => folder.write("cut.parquet", whole.subarray(0, whole.length / 2))],
    ["are something else", () => folder.write("other.parquet", "no table")],
    ["hold no JSON", () => folder.write("broken.jsonl", '{"x": 1}\n{"x": ')],
    ["are damaged inside", () => folder.write("inside.parquet", damaged(whole))],
  ])("%s", async (_, path) => {
    const outcome = await judge(path(), { min_rows: 1, columns: { age: { type: "number" } } });
    expect(broken(outcome).some((one) => one.startsWith("readable "))).toBe(true);
    expect(JSON.stringify(outcome)).not.toContain(folder.path);
  });

  it("have columns that are nested", async () => {
    const path = folder.write("nested.jsonl", '{"x": {"a": 1}}\n{"x": {"a": 2}}\n');
    expect(broken(await judge(path, { columns: { x: { type: "number" } } }))).toEqual(["readable x unknown"]);
  });
});

/** The first pages, which hold values, overwritten; the footer stays whole. */
function damaged(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, (byte, at) => (at >= 4 && at < bytes.length / 3 ? 0xff : byte));
}

describe("files of one table", () => {
  const EXPECT: DataEntry["expect"] = {
    min_rows: 40,
    columns: {
      id: { type: "integer", max: 39 },
      age: { type: "number", min: 0, max: 120, max_missing: 0.02 },
      plan: { in: ["gold", "basic"] },
      active: { type: "boolean" },
      seen: { type: "date" },
      note: { type: "text", max_missing: 0 },
    },
    unique: ["id"],
    newest: { column: "seen", within: "7 days" },
  };

  it("give the same as CSV, Parquet and JSON lines", async () => {
    const [first, ...others] = await Promise.all(
      ["people.csv", "people.parquet", "people.jsonl"].map(async (name) => {
        const { findings, files } = await judge(join(FIXTURES, name), EXPECT);
        return { findings: findings.map((one) => ({ ...one, path: "" })), rows: files.map(({ rows }) => rows) };
      }),
    );
    expect(first?.findings.filter(({ result }) => result === "fail").map(({ message }) => message)).toEqual([
      "In 1 of 40 rows age is below the smallest allowed value, 0 (row 6). The smallest is -2.",
      "In 1 of 40 rows (2.5%) age has no value (row 4). Allowed: at most 2%.",
      'In 1 of 40 rows plan has a value that is not listed (row 10). For example "tin".',
      "In 1 of 40 rows (2.5%) note has no value (row 12).",
      "In 1 of 40 rows id repeats an earlier row (row 40).",
      "The newest row by seen is of 2026-11-20T12:00:00Z and is 10 days old; it may be at most 7 days old.",
    ]);
    for (const other of others) {
      expect(other).toEqual(first);
    }
  });

  it("are judged in parts where they are large, with the same result", async () => {
    const path = join(FIXTURES, "people.csv");
    const both = { ...EXPECT, unique: ["id", "plan"] };
    expect(await judge(path, both, { bytes: 300 * 1024 * 1024 })).toEqual(await judge(path, both));
  });

  it("count rows across the files, by their names", async () => {
    const one = folder.write("parts/a.csv", "x\n1\n2\n");
    const two = folder.write("parts/b.csv", "x\n3\n-1\n");
    const outcome = await judge(one, { min_rows: 4, columns: { x: { min: 0 } } }, { source: { paths: [two, one] } });
    expect(outcome.files.map(({ rows }) => rows)).toEqual([null, null]);
    expect(findingOf(outcome, "min").rows).toEqual({ count: 1, first: [4] });
  });
});

describe("any table", () => {
  const ROW = fc.record({ id: fc.nat(1e6), age: fc.integer({ min: 0, max: 120 }), plan: fc.constantFrom("a", "b") });
  const EXPECT: DataEntry["expect"] = {
    columns: { age: { type: "integer", min: 0, max: 120, max_missing: 0 }, plan: { in: ["a", "b"], max_missing: 0 } },
    unique: ["id"],
  };
  type Row = Readonly<Record<"id" | "age" | "plan", string | number>>;
  const tableOf = (rows: readonly Row[]): string =>
    csv(["id,age,plan", ...rows.map(({ id, age, plan }) => `${id},${age},${plan}`)].join("\n"));
  const rowsOf = fc.uniqueArray(ROW, { selector: ({ id }) => id, minLength: 2, maxLength: 40 });

  const shuffled = rowsOf.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
  it("that is fine passes in any order", () =>
    holdsFor(shuffled, async ([rows, other]) => {
      expect(broken(await judge(tableOf(rows), EXPECT))).toEqual([]);
      expect(broken(await judge(tableOf(other), EXPECT))).toEqual([]);
    }));

  const changed = fc.tuple(
    rowsOf,
    fc.nat(),
    fc.constantFrom<readonly [rule: string, change: Partial<Row>]>(
      ["type", { age: "x" }],
      ["type", { age: 1.5 }],
      ["min", { age: -1 }],
      ["max", { age: 121 }],
      ["max_missing", { age: "" }],
      ["in", { plan: "c" }],
      ["max_missing", { plan: "" }],
    ),
  );
  it("with a broken row fails at that row", () =>
    holdsFor(changed, async ([rows, at, [rule, change]]) => {
      const place = at % rows.length;
      const outcome = await judge(tableOf(rows.map((row, index) => (index === place ? { ...row, ...change } : row))), EXPECT);
      const failed = outcome.findings.filter(({ result }) => result === "fail");
      expect(failed).toMatchObject([{ rule, rows: { count: 1, first: [place + 1] } }]);
    }));
});

describe("more rows than are judged one by one", () => {
  const rows = (value: (row: number) => string, name = "x"): string =>
    column(
      Array.from({ length: 100 }, (_, row) => value(row)),
      name,
    );
  const sampled = (path: string, expect: DataEntry["expect"]) => judge(path, expect, {}, 40);

  it("are never said to be fine", async () => {
    const path = rows(String);
    const says = { min_rows: 100, columns: { x: { type: "integer", min: 0, max_missing: 0.5 } }, unique: ["x"] } as const;
    const outcome = await sampled(path, says);
    expect(broken(outcome)).toEqual(["type x unknown", "min x unknown", "max_missing x unknown", "unique x unknown"]);
    expect(findingOf(outcome, "min").message).toBe(
      "x cannot be judged as a whole: 20 of 100 rows were looked at. In none of 20 rows x is below the smallest allowed value, 0.",
    );
    expect(broken(await judge(path, says, {}, 100))).toEqual([]);
  });

  it("fail by what is found, without row numbers, which are those of the sample", async () => {
    const found = findingOf(
      await sampled(
        rows(() => "-1"),
        { columns: { x: { min: 0 } } },
      ),
      "min",
    );
    expect(found).toMatchObject({ result: "fail", rows: { count: 20, first: [] } });
    expect(
      findingOf(
        await sampled(
          rows(() => "7"),
          { unique: ["x"] },
        ),
        "unique",
      ).result,
    ).toBe("fail");
  });

  it("may be new enough, and are not said to be too old", async () => {
    const of = async (day: string) =>
      findingOf(
        await sampled(
          rows(() => day),
          { newest: { column: "x", within: "7 days" } },
        ),
        "newest",
      ).result;
    expect([await of("2026-11-29"), await of("2026-01-01")]).toEqual(["pass", "unknown"]);
  });
});

describe("cancelling and progress", () => {
  it("is no finding", async () => {
    const cancel = new AbortController();
    cancel.abort();
    const wish = { path: "x", use: null, source: { paths: [column(["1"])] }, bytes: 0, names: {}, personal: [], now: NOW };
    const expectations: readonly Expectation[] = [{ kind: "present", rule: "present", from: "mlops.yaml", column: "x" }];
    const check = checkTable(createTableReader(), { ...wish, expectations }, () => undefined, cancel.signal);
    await expect(check).rejects.toMatchObject({ name: "AbortError" });
  });

  it("tells bytes up to the whole", async () => {
    const told: (readonly [number, number])[] = [];
    const path = column(Array.from({ length: 1000 }, (_, row) => String(row)));
    const wish = { path: "x", use: null, source: { paths: [path] }, bytes: 0, names: {}, personal: [], now: NOW };
    const expectations: readonly Expectation[] = [{ kind: "present", rule: "present", from: "mlops.yaml", column: "x" }];
    await checkTable(
      createTableReader(),
      { ...wish, expectations },
      (done, total) => told.push([done, total]),
      new AbortController().signal,
    );
    expect(told.at(-1)?.[0]).toBe(told.at(-1)?.[1]);
    expect(told.every(([done, total]) => done <= total)).toBe(true);
  });
});
