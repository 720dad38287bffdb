import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";

import { readTable } from "./readTable";
import { testFolder } from "./testFolder";

const FIXTURES = join(import.meta.dirname, "../../fixtures/drift");
const folder = testFolder();
type Value = number | string | null;

/** What pandas makes of a column of texts, written down as plainly as possible. */
function modelColumn(fields: readonly string[]): { readonly kind: string; readonly values: readonly Value[] } {
  const present = fields.filter((field) => field !== "");
  const isNumber = (field: string): boolean => /^[ \t]*[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf(inity)?)[ \t]*$/i.test(field);
  const toNumber = (field: string): number => Number(/^[ \t]*[+-]?inf/i.test(field) ? `${field.includes("-") ? "-" : ""}Infinity` : field);
  if (present.every(isNumber)) {
    const isWhole = present.length === fields.length && present.every((field) => /^[ \t]*[+-]?\d+[ \t]*$/.test(field));
    return { kind: isWhole ? "integer" : "float", values: fields.map((field) => (field === "" ? null : toNumber(field))) };
  }
  if (present.every((field) => /^(true|True|TRUE|false|False|FALSE)$/.test(field))) {
    return { kind: "boolean", values: fields.map((field) => (field === "" ? null : field.toLowerCase() === "true" ? "True" : "False")) };
  }
  return { kind: "text", values: fields.map((field) => (field === "" ? null : field)) };
}

/** -0 and 0 are the same number. */
function plain(values: readonly Value[]): Value[] {
  return values.map((value) => (value === 0 ? 0 : value));
}

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true }).map((value) => (Number.isFinite(value) ? String(value) : value < 0 ? "-inf" : "inf")),
  fc.constantFrom("+1", "1e5", ".5", "5.", "-0", " 3", "007"),
);
const text = fc
  .string({ unit: fc.constantFrom("a", "ß", "☃", '"', ",", ";", "\n", "\r", " ", "1", "𝔵"), maxLength: 5 })
  .map((one) => `t${one}`);
const column = fc.oneof(
  fc.array(fc.oneof(number, fc.constant("")), { minLength: 20, maxLength: 20 }),
  fc.array(fc.integer({ min: -50, max: 50 }).map(String), { minLength: 20, maxLength: 20 }),
  fc.array(fc.constantFrom("True", "false", "TRUE", ""), { minLength: 20, maxLength: 20 }),
  fc.array(fc.oneof(text, fc.constant("")), { minLength: 20, maxLength: 20 }),
  fc.array(fc.oneof({ weight: 10, arbitrary: number }, text, fc.constantFrom("True", "nan", " ")), { minLength: 20, maxLength: 20 }),
);

describe("a CSV table", () => {
  it("is what PapaParse and a plain model of pandas' rules make of it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(column, { minLength: 2, maxLength: 5 }),
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.boolean(),
        fc.boolean(),
        async (columns, delimiter, newline, quotes, isUtf16) => {
          const names = columns.map((_, index) => `c${index}`);
          const rows = columns[0]!
            .map((_, row) => columns.map((fields) => fields[row]!))
            .filter((row) => row.some((field) => field.trim() !== ""));
          const content = Papa.unparse([names, ...rows], { delimiter, newline, quotes });
          const path = folder.write("model.csv", isUtf16 ? Buffer.from(`\ufeff${content}`, "utf16le") : content);
          const parsed = Papa.parse<string[]>(content, { delimiter, newline }).data.slice(1);
          const { kinds, values } = await readTable({ paths: [path], separator: delimiter });
          names.forEach((name, index) => {
            const model = modelColumn(parsed.map((row) => row[index]!));
            expect({ kind: kinds[name], values: plain(values[name]!) }).toEqual({ kind: model.kind, values: plain(model.values) });
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is the same however it falls into pieces as it is read", async () => {
    // Fields of all lengths, so that each kind of byte comes to lie at the end of some megabyte.
    const rows = Array.from({ length: 60_000 }, (_, row) => [
      String(row),
      `${'é☃𝔵"\n,'.repeat(row % 5)}${row % 97}`,
      row % 13 === 0 ? "" : String((row * 7919) / 1000),
      "x".repeat(row % 40),
    ]);
    const content = Papa.unparse([["id", "text", "number", "pad"], ...rows], { newline: "\r\n" });
    expect(content.length).toBeGreaterThan(3 * 1024 * 1024);
    const { kinds, values, table } = await readTable(folder.write("pieces.csv", content));
    expect(kinds).toEqual({ id: "integer", text: "text", number: "float", pad: "text" });
    expect(table.notes).toEqual([]);
    expect(values["id"]).toEqual(rows.map((_, row) => row));
    expect(values["text"]).toEqual(rows.map((row) => row[1]));
    expect(values["number"]).toEqual(rows.map((row) => (row[2] === "" ? null : Number(row[2]))));
    expect(values["pad"]).toEqual(rows.map((row) => (row[3] === "" ? null : row[3])));
  });
});

describe("the drift fixtures", () => {
  const sides = ["macro_small", "fair_large", "edge_small", "edge_large"].flatMap((set) => [`${set}/reference`, `${set}/current`]);

  it.each(sides)("%s is the same table from CSV and from Parquet", async (side) => {
    const csv = await readTable(join(FIXTURES, `${side}.csv`));
    const parquet = await readTable(join(FIXTURES, `${side}.parquet`));
    expect(csv.kinds).toEqual(parquet.kinds);
    expect(csv.values).toEqual(parquet.values);
    expect([csv.table.notes, csv.table.skipped, csv.table.rows]).toEqual([[], [], parquet.table.rows]);
    const { data } = Papa.parse<Record<string, string>>(readFileSync(join(FIXTURES, `${side}.csv`), "utf8"), {
      header: true,
      skipEmptyLines: true,
    });
    for (const [name, values] of Object.entries(csv.values)) {
      expect(values.map((value) => (typeof value === "number" ? value : (value ?? "")))).toEqual(
        data.map((row) => (csv.kinds[name] === "text" || row[name] === "" ? row[name] : Number(row[name]))),
      );
    }
  });
});
