import { readFileSync } from "node:fs";

import papaparse from "papaparse";

import type { Column } from "../../../../src/core/tabular/column";

/** Reads a CSV file as pandas does with only the empty field as missing: whole columns of integers, floats, booleans or texts. */
export function readColumns(path: string): Map<string, Column> {
  const { data } = papaparse.parse<string[]>(readFileSync(path, "utf8"), { skipEmptyLines: true });
  const [names = [], ...rows] = data;
  return new Map(
    names.map((name, i) => [
      name,
      toColumn(
        name,
        rows.map((row) => row[i] ?? ""),
      ),
    ]),
  );
}

/** @param texts a row each; an empty one is missing. */
export function toColumn(name: string, texts: readonly string[]): Column {
  const present = texts.filter((text) => text !== "");
  if (present.every((text) => /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^-?inf$/i.test(text))) {
    const isInteger = present.length === texts.length && present.length > 0 && present.every((text) => /^-?\d+$/.test(text));
    return { name, kind: isInteger ? "integer" : "float", values: Float64Array.from(texts, toNumber) };
  }
  const labels = [...new Set(present)];
  const codes = new Map(labels.map((label, code) => [label, code]));
  const isBoolean = labels.every((label) => label === "True" || label === "False");
  return { name, kind: isBoolean ? "boolean" : "text", labels, codes: Int32Array.from(texts, (text) => codes.get(text) ?? -1) };
}

function toNumber(text: string): number {
  return text === "" ? NaN : /inf/i.test(text) ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
}
