import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { TableSource } from "../../../src/core/tabular/tableReader";
import { readTable } from "./readTable";
import { testFolder } from "./testFolder";

const folder = testFolder();
const FIXTURES = join(import.meta.dirname, "../../fixtures/tabular");

const TEXT = `when,group,n
2024-01-01T00:00:00Z,a,1
2024-01-02T00:00:00Z,b,2
2024-01-03T00:00:00Z,,3
,a,4
soon,a,5
2024-01-04T00:00:00Z,7,6
2024-01-05T00:00:00Z,7.0,7
2024-01-06T00:00:00Z,007,8
`;

/** The same rows as CSV and as JSON lines. */
function sources(text: string): string[] {
  const [heading = "", ...lines] = text.trim().split("\n");
  const names = heading.split(",");
  const records = lines.map((line) =>
    JSON.stringify(Object.fromEntries(line.split(",").map((field, index) => [names[index], names[index] === "n" ? Number(field) : field]))),
  );
  return [folder.write("rows.csv", text), folder.write("rows.jsonl", records.join("\n"))];
}

async function numbers(source: Omit<TableSource, "paths">): Promise<unknown> {
  const [csv, jsonl] = await Promise.all(sources(TEXT).map((path) => readTable({ ...source, paths: [path] })));
  expect(jsonl!.values["n"]).toEqual(csv!.values["n"]);
  expect(csv!.table.totalRows).toBe(8);
  expect(csv!.table.matchingRows).toBe(csv!.table.rows);
  expect(jsonl!.table.notes).toEqual(csv!.table.notes);
  return { n: csv!.values["n"], notes: csv!.table.notes };
}

describe("window and filter", () => {
  const at = (day: number): number => Date.UTC(2024, 0, day);

  it("keep rows from the first time on and before the last, and count those without a time", async () => {
    expect(await numbers({ window: { column: "when", from: at(2), to: at(4) } })).toEqual({
      n: [2, 3],
      notes: ["2 rows have no time in column when and are left out."],
    });
    expect(await numbers({ window: { column: "when", from: null, to: at(2) } })).toMatchObject({ n: [1] });
    expect(await numbers({ window: { column: "when", from: at(5), to: null } })).toMatchObject({ n: [7, 8] });
    expect(await numbers({ window: { column: "when", from: at(30), to: null } })).toMatchObject({ n: [] });
  });

  it("keep rows of a value; numbers by value, codes as they stand", async () => {
    expect(await numbers({ where: { column: "group", equals: "a" } })).toMatchObject({ n: [1, 4, 5] });
    expect(await numbers({ where: { column: "group", equals: null } })).toMatchObject({ n: [3] });
    expect(await numbers({ where: { column: "group", equals: "7" } })).toMatchObject({ n: [6, 7] });
    expect(await numbers({ where: { column: "group", equals: "007" } })).toMatchObject({ n: [8] });
    expect(await numbers({ where: { column: "group", equals: null }, missing: ["b"] })).toMatchObject({ n: [2, 3] });
    expect(await numbers({ where: { column: "group", equals: "a" }, window: { column: "when", from: at(1), to: null } })).toMatchObject({
      n: [1],
    });
  });

  it("find true and false in any case", async () => {
    const path = folder.write("flags.csv", "flag,n\nTrue,1\nfalse,2\nTRUE,3\n");
    expect((await readTable({ paths: [path], where: { column: "flag", equals: "true" } })).values["n"]).toEqual([1, 3]);
  });

  it("leave the kinds of columns as in the whole file", async () => {
    const path = folder.write("kinds.csv", "part,x\na,1\nb,2.5\nb,\n");
    const { kinds, values } = await readTable({ paths: [path], where: { column: "part", equals: "a" } });
    expect(kinds["x"]).toBe("float");
    expect(values).toEqual({ part: ["a"], x: [1] });
  });

  it("may go by columns that are not wanted", async () => {
    const path = folder.write("unwanted.csv", "part,x,y\na,1,3\nb,2,4\n");
    expect((await readTable({ paths: [path], where: { column: "part", equals: "b" } }, { columns: ["y"] })).values).toEqual({ y: [4] });
  });

  it("choose the rows of Parquet files by time, number, text and missing value", async () => {
    const paths = [join(FIXTURES, "codec-snappy.parquet")];
    const count = async (source: Omit<TableSource, "paths">): Promise<unknown> => (await readTable({ ...source, paths })).values["i"];
    expect(await count({ window: { column: "t", from: 1_700_000_000_000 + 24 * 60_000, to: 1_700_000_000_000 + 26 * 60_000 } })).toEqual([
      576, 625,
    ]);
    expect(
      await count({ where: { column: "s", equals: "value 3" }, window: { column: "t", from: null, to: 1_700_000_000_000 + 20 * 60_000 } }),
    ).toEqual([9, 64, 169, 324]);
    expect(await count({ where: { column: "i", equals: "625.0" } })).toEqual([625]);
    expect(await count({ where: { column: "n", equals: null } })).toEqual([0, 11, 22, 33, 44, 55].map((row) => row * row));
    expect(
      await count({ where: { column: "b", equals: "true" }, window: { column: "t", from: 1_700_000_000_000 + 55 * 60_000, to: null } }),
    ).toEqual([57 * 57]);
  });

  it("read a day's rows of times in Parquet", async () => {
    const source = {
      paths: [join(FIXTURES, "types.parquet")],
      window: { column: "date", from: Date.UTC(1970, 0, 1), to: Date.UTC(1971, 0, 2) },
    };
    const { table, values } = await readTable(source);
    expect(values["int8"]).toEqual([1, 127]);
    expect(table.notes).toContain("1 row has no time in column date and is left out.");
  });
});

describe("sample", () => {
  const rows = 30_000;
  const lines = Array.from({ length: rows }, (_, row) => `${row},${row % 3 === 0 ? "" : row / 7},label ${row % 1000},${row}`);
  const csv = folder.write("sample.csv", `id,x,s,late\n${lines.join("\n")}\n`);
  const jsonl = folder.write(
    "sample.jsonl",
    lines
      .map((line) => JSON.stringify({ id: Number(line.split(",")[0]), x: line.split(",")[1] === "" ? null : Number(line.split(",")[1]) }))
      .join("\n"),
  );

  it("holds the same rows in every column, in the file's order, and in every format", async () => {
    const { table, values } = await readTable(csv, { maxRows: 5000, sampleRows: 700, seed: 3 });
    expect(table).toMatchObject({ rows: 700, matchingRows: rows, totalRows: rows, sample: { seed: 3 } });
    const ids = values["id"] as number[];
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(ids).size).toBe(700);
    expect(values["x"]).toEqual(ids.map((id) => (id % 3 === 0 ? null : id / 7)));
    expect(values["s"]).toEqual(ids.map((id) => `label ${id % 1000}`));
    const json = await readTable(jsonl, { maxRows: 5000, sampleRows: 700, seed: 3 });
    expect(json.values["id"]).toEqual(ids);
    expect(json.values["x"]).toEqual(values["x"]);
  });

  it("is the same for the same seed, and another for another", async () => {
    const ids = async (seed: number): Promise<unknown> =>
      (await readTable(csv, { maxRows: 5000, sampleRows: 700, seed, columns: ["id"] })).values["id"];
    expect(await ids(1)).toEqual(await ids(1));
    expect(await ids(1)).not.toEqual(await ids(2));
  });

  it("takes each row with the same chance", async () => {
    const hits = new Float64Array(10);
    for (let seed = 0; seed < 12; seed++) {
      const { values } = await readTable(csv, { maxRows: 2000, sampleRows: 1000, seed, columns: ["id"] });
      for (const id of values["id"] as number[]) {
        hits[Math.floor((id / rows) * 10)]!++;
      }
    }
    // 1200 are expected in each tenth, with a standard deviation of 33.
    for (const hit of hits) {
      expect(Math.abs(hit - 1200)).toBeLessThan(6 * 33);
    }
  });

  it("is none while there are no more rows than allowed, filtered rows not counted", async () => {
    expect((await readTable(csv, { maxRows: rows, sampleRows: 10 })).table).toMatchObject({ rows, sample: null });
    const where = { column: "s", equals: "label 5" };
    expect((await readTable({ paths: [csv], where }, { maxRows: 30, sampleRows: 10 })).table).toMatchObject({
      rows: 30,
      matchingRows: 30,
      sample: null,
    });
    expect((await readTable({ paths: [csv], where }, { maxRows: 29, sampleRows: 10 })).table).toMatchObject({ rows: 10, matchingRows: 30 });
  });

  it("survives a column that turns into text after it began", async () => {
    const path = folder.write("late.csv", `${readFileSync(csv, "utf8")}${rows},1,x,not a number\n`);
    const { kinds, values } = await readTable(path, { maxRows: 5000, sampleRows: 700, seed: 3 });
    expect(kinds["late"]).toBe("text");
    expect(values["late"]).toEqual((values["id"] as number[]).map((id) => (id === rows ? "not a number" : String(id))));
  });

  it("has no value of a row that another row has taken the place of", async () => {
    const ids = (from: number): number[] => Array.from({ length: 4000 }, (_, row) => from + row);
    const first = folder.write(
      "parts/1.csv",
      `id,x,s\n${ids(0)
        .map((id) => `${id},${id},s${id}\n`)
        .join("")}`,
    );
    const second = folder.write("parts/2.csv", `id\n${ids(4000).join("\n")}\n`);
    const { values } = await readTable({ paths: [first, second] }, { maxRows: 4000, sampleRows: 500 });
    const kept = values["id"] as number[];
    expect(kept.some((id) => id >= 4000)).toBe(true);
    expect(values["x"]).toEqual(kept.map((id) => (id < 4000 ? id : null)));
    expect(values["s"]).toEqual(kept.map((id) => (id < 4000 ? `s${id}` : null)));
  });

  it("of Parquet files is that of the same rows of a text file", async () => {
    const paths = ["codec-gzip.parquet", "codec-zstd.parquet"].map((name) => join(FIXTURES, name));
    const all = await readTable({ paths });
    const text = folder.write(
      "same.csv",
      `i,s\n${all.values["i"]!.map((value, row) => `${value},${all.values["s"]![row] ?? ""}\n`).join("")}`,
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 119 }), fc.integer({ min: 1, max: 119 }), async (seed, maxRows, sampleRows) => {
        const options = { maxRows, sampleRows, seed };
        const parquet = await readTable({ paths }, options);
        const csv = await readTable(text, options);
        expect(parquet.values["i"]).toEqual(csv.values["i"]);
        expect(parquet.values["s"]).toEqual(csv.values["s"]);
        expect(parquet.table).toMatchObject({ rows: Math.min(maxRows, sampleRows), matchingRows: 120, sample: { seed } });
      }),
      { numRuns: 25 },
    );
  });
});
