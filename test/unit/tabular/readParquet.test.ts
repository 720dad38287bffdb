import { createHash } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { readTable } from "./readTable";
import { testFolder } from "./testFolder";

const FIXTURES = join(import.meta.dirname, "../../fixtures/tabular");
type Values = Record<string, (number | string | boolean | null)[]>;
const expected = JSON.parse(readFileSync(join(FIXTURES, "expected.json"), "utf8")) as { "types.parquet": Values; table: Values };
const folder = testFolder();

/** As the reader tells them: infinities as numbers, true and false as labels. */
function asRead(values: Values): Record<string, (number | string | null)[]> {
  const convert = (value: number | string | boolean | null): number | string | null =>
    typeof value === "boolean" ? (value ? "True" : "False") : value === "inf" ? Infinity : value === "-inf" ? -Infinity : value;
  return Object.fromEntries(Object.entries(values).map(([name, column]) => [name, column.map(convert)]));
}

describe("Parquet", () => {
  it("of every type gives the values that pyarrow wrote", async () => {
    const { kinds, values, table } = await readTable(join(FIXTURES, "types.parquet"));
    expect(values).toEqual(asRead(expected["types.parquet"]));
    const integer = ["int8", "int16", "int32", "int64", "uint8", "uint32", "uint64"];
    const time = ["date", "time_s", "time_ms", "time_us", "time_ns", "time_local"];
    const text = ["text", "large_text", "category"];
    expect(kinds).toEqual(
      Object.fromEntries(
        Object.keys(values).map((name) => [
          name,
          integer.includes(name)
            ? "integer"
            : time.includes(name)
              ? "time"
              : text.includes(name)
                ? "text"
                : name === "bool"
                  ? "boolean"
                  : "float",
        ]),
      ),
    );
    expect(Object.fromEntries(table.skipped.map(({ name, reason }) => [name, reason]))).toEqual({
      bytes: "It holds bytes, and nothing says that they are text.",
      clock: "It holds times of day without a date.",
      list: "It is nested: a list, a map or a structure.",
      struct: "It is nested: a list, a map or a structure.",
      map: "It is nested: a list, a map or a structure.",
    });
    expect(table.notes).toEqual([
      "Column int_big has whole numbers beyond 9,007,199,254,740,991; they are rounded as floats.",
      "Column uint_big has whole numbers beyond 9,007,199,254,740,991; they are rounded as floats.",
      "Column time_local: times without a time zone are taken as UTC.",
    ]);
  });

  it.each([
    ...["none", "snappy", "gzip", "brotli", "zstd", "lz4"].map((codec) => `codec-${codec}.parquet`),
    ...["pages-v2.parquet", "encodings.parquet", "int96.parquet", "no-statistics.parquet", "checksum.parquet", "required.parquet"],
  ])("is read from %s", async (name) => {
    const { kinds, values, table } = await readTable(join(FIXTURES, name));
    expect(values).toEqual(asRead(expected.table));
    expect(kinds).toEqual({ n: "float", i: "integer", s: "text", u: "text", b: "boolean", t: "time" });
    expect(table).toMatchObject({ rows: 60, matchingRows: 60, totalRows: 60, sample: null });
  });

  it("without rows has columns all the same", async () => {
    const { values, table } = await readTable(join(FIXTURES, "no-rows.parquet"));
    expect(values).toEqual({ n: [], i: [], s: [], u: [], b: [], t: [] });
    expect(table.rows).toBe(0);
  });

  it("has an index of pandas, which is no column", async () => {
    const { values, table } = await readTable(join(FIXTURES, "index.parquet"));
    expect(values).toEqual({ a: [1, 2, 3] });
    expect(table.skipped).toEqual([{ name: "__index_level_0__", reason: "It is the row index that pandas wrote beside the columns." }]);
  });

  it("is hashed and told of in progress where that is asked for", async () => {
    const path = join(FIXTURES, "types.parquet");
    const told: number[] = [];
    const { table } = await readTable(path, { hash: true, onProgress: (done, total) => told.push(done / total) });
    expect(table.files[0]!.sha256).toBe(createHash("sha256").update(readFileSync(path)).digest("hex"));
    expect(told.length).toBeGreaterThan(0);
    expect(Math.max(...told)).toBeLessThanOrEqual(1);
  });

  it("takes what a user says of kinds and missing texts", async () => {
    const { kinds, values, table } = await readTable({
      paths: [join(FIXTURES, "types.parquet")],
      kinds: {
        int8: "text",
        float32: "integer",
        text: "float",
        bool: "integer",
        time_s: "text",
        uint8: "boolean",
        category: "boolean",
        int32: "time",
      },
      missing: ["a"],
    });
    expect(kinds).toMatchObject({
      int8: "text",
      float32: "integer",
      text: "float",
      bool: "integer",
      time_s: "text",
      uint8: "boolean",
      int32: "time",
    });
    expect(values["int8"]).toEqual(["1", "-2", "3", "4", "127"]);
    expect(values["float32"]).toEqual([null, -2, null, null, null]);
    expect(values["text"]).toEqual([null, null, null, null, null]);
    expect(values["bool"]).toEqual([1, 0, 1, null, 0]);
    expect(values["time_s"]![1]).toBe("2024-05-01T12:00:00.000Z");
    expect(values["uint8"]).toEqual(["True", null, null, null, null]);
    expect(values["int32"]!.slice(0, 2)).toEqual([1000, -2000]);
    expect(values["large_text"]).toEqual(["b", null, "b", null, "c"]);
    expect(table.notes).toContain("Column float32: 3 values are not whole numbers and taken as missing.");
    expect(table.notes).toContain("Column text: 4 values are not numbers and taken as missing.");
  });
});

describe("several Parquet files", () => {
  const fixture = (name: string, as: string): string => {
    const path = join(folder.path, as);
    copyFileSync(join(FIXTURES, name), path);
    return path;
  };

  it("are one table, of all their columns", async () => {
    const paths = [fixture("codec-zstd.parquet", "a.parquet"), fixture("index.parquet", "b.parquet")];
    const { kinds, values, table } = await readTable({ paths });
    expect(table).toMatchObject({ rows: 63, totalRows: 63 });
    expect(kinds).toEqual({ n: "float", i: "float", s: "text", u: "text", b: "boolean", t: "time", a: "float" });
    expect(values["i"]!.slice(58)).toEqual([58 * 58, 59 * 59, null, null, null]);
    expect(values["s"]!.slice(59)).toEqual(["value 4", null, null, null]);
    expect(values["b"]!.slice(59)).toEqual(["False", null, null, null]);
    expect(values["a"]!.slice(59)).toEqual([null, 1, 2, 3]);
    expect(table.notes).toContain(`Column s is not in ${paths[1]}; its rows are missing there.`);
  });

  it("whose columns do not agree are read without those, unless a user says what they are", async () => {
    const paths = [fixture("codec-zstd.parquet", "one.parquet"), fixture("other-types.parquet", "two.parquet")] as const;
    const { kinds, values, table } = await readTable({ paths });
    expect(kinds).toEqual({ n: "float", u: "text", b: "boolean", t: "time" });
    expect(values["n"]!.slice(-3)).toEqual([expected.table["n"]!.at(-1), 1, 2]);
    expect(table.skipped).toEqual([
      { name: "i", reason: `It is integer in ${paths[0]} and text in ${paths[1]}; say under kinds which it is.` },
      { name: "s", reason: `It is nested or of no known type in ${paths[1]}, and a plain column elsewhere.` },
    ]);
    const said = await readTable({ paths, kinds: { i: "integer" } }, { columns: ["i"] });
    expect(said.values["i"]!.slice(-3)).toEqual([59 * 59, null, 7]);
    expect(said.table.notes).toEqual(["Column i: 1 value is not a whole number and taken as missing."]);
    expect((await readTable({ paths, kinds: { i: "text" } }, { columns: ["i"] })).values["i"]!.slice(-3)).toEqual([
      String(59 * 59),
      "x",
      "7",
    ]);
  });
});
