import { type Column, isNumberColumn } from "../tabular/column";
import type { RowCut } from "./driftSide";

/** The rows of each part, ascending. Rows that fit nowhere are in none. */
export function cutRows(column: Column, cut: RowCut): readonly Uint32Array[] {
  const length = isNumberColumn(column) ? column.values.length : column.codes.length;
  const partOf = cut.kind === "time" ? byTime(column, cut.edges) : byValue(column, cut.values);
  const parts = cut.kind === "time" ? cut.edges.length - 1 : cut.values.length;
  const place = new Int32Array(length);
  const sizes = new Uint32Array(parts);
  for (let row = 0; row < length; row++) {
    const part = partOf(row);
    place[row] = part;
    if (part >= 0) {
      sizes[part] = (sizes[part] ?? 0) + 1;
    }
  }
  const rows = Array.from(sizes, (size) => new Uint32Array(size));
  const used = new Uint32Array(parts);
  place.forEach((part, row) => {
    const own = rows[part];
    if (own !== undefined) {
      const at = used[part] ?? 0;
      own[at] = row;
      used[part] = at + 1;
    }
  });
  return rows;
}

type PartOf = (row: number) => number;

function byTime(column: Column, edges: readonly number[]): PartOf {
  return isNumberColumn(column) ? (row) => partAt(column.values[row] ?? Number.NaN, edges) : () => -1;
}

function partAt(value: number, edges: readonly number[]): number {
  if (!(value >= (edges[0] ?? Infinity)) || !(value < (edges.at(-1) ?? -Infinity))) {
    return -1;
  }
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (value >= (edges[middle] ?? Infinity)) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

function byValue(column: Column, values: readonly (string | null)[]): PartOf {
  const partOfText = new Map(values.map((value, part) => [value, part] as const));
  const missing = partOfText.get(null) ?? -1;
  if (isNumberColumn(column)) {
    const partOfNumber = new Map([...partOfText].flatMap(([text, part]) => (text === null ? [] : [[Number(text), part] as const])));
    return (row) => {
      const value = column.values[row] ?? Number.NaN;
      return Number.isNaN(value) ? missing : (partOfNumber.get(value) ?? -1);
    };
  }
  const partOfCode = column.labels.map((label) => partOfText.get(label) ?? -1);
  return (row) => {
    const code = column.codes[row] ?? -1;
    return code < 0 ? missing : (partOfCode[code] ?? -1);
  };
}
