import { readFileSync } from "node:fs";

import Papa from "papaparse";

import { isNumberColumn, type Column, type NumberColumn } from "../../../../src/core/tabular/column";

/** Columns of a CSV text, of the kinds that pandas would give them; the empty field is missing. */
function columnsOf(csv: string): Column[] {
  const { data } = Papa.parse<string[]>(csv.trim(), { delimiter: "," });
  const [names = [], ...rows] = data;
  return names.map((name, i) =>
    columnOf(
      name,
      rows.map((row) => row[i] ?? ""),
    ),
  );
}

function columnOf(name: string, fields: readonly string[]): Column {
  const present = fields.filter((field) => field !== "");
  if (present.every((field) => field === "True" || field === "False")) {
    return textColumn(name, fields, "boolean");
  }
  if (present.some((field) => Number.isNaN(Number(field)))) {
    return textColumn(name, fields, "text");
  }
  const whole = present.length === fields.length && present.every((field) => /^-?\d+$/.test(field));
  return { name, kind: whole ? "integer" : "float", values: Float64Array.from(fields, (field) => (field === "" ? NaN : Number(field))) };
}

export function numbers(name: string, values: Iterable<number>, kind: NumberColumn["kind"] = "float"): NumberColumn {
  return { name, kind, values: Float64Array.from(values) };
}

export function textColumn(name: string, fields: readonly string[], kind: "text" | "boolean" = "text"): Column {
  const labels = [...new Set(fields.filter((field) => field !== ""))];
  const codes = new Map(labels.map((label, code) => [label, code]));
  return { name, kind, codes: Int32Array.from(fields, (field) => codes.get(field) ?? -1), labels };
}

const FOLDER = new URL("../../../fixtures/drift/", import.meta.url);

/** The survey with missing values, a biased sample of it, and a logistic model's score. */
export function readFair(side: "reference" | "current"): Column[] {
  return columnsOf(readFileSync(new URL(`fair_large/${side}.csv`, FOLDER), "utf8"));
}

export function readNannyAnswers(): unknown {
  return JSON.parse(readFileSync(new URL("fair_large/expected_nannyml.json", FOLDER), "utf8")) as unknown;
}

export function named(columns: readonly Column[], name: string): Column {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) {
    throw new Error(`There is no column ${name}.`);
  }
  return found;
}

export function numbersOf(columns: readonly Column[], name: string): Float64Array {
  const column = named(columns, name);
  if (!isNumberColumn(column)) {
    throw new Error(`Column ${name} holds no numbers.`);
  }
  return column.values;
}
