import { numberText } from "../drift/numberText";
import { type Column, isNumberColumn, type NumberColumn } from "../tabular/column";

/** How rows are told apart by the values of a column. */
export interface Grouping {
  readonly names: readonly string[];
  /** Index into `names` of each row of a column, -1 where it is missing or in no group. The column may be that of another table. */
  readonly codes: (column: Column) => Int32Array;
}

/** Numbers with more different values are cut into ranges. */
const MOST_NUMBERS = 20;
const RANGES = 5;

/** Groups by the values of a column: texts and few numbers each by itself, many numbers as five ranges with about the same number of rows. */
export function groupingOf(column: Column): Grouping {
  if (!isNumberColumn(column)) {
    const places = new Map(column.labels.map((label, i) => [label, i]));
    return { names: column.labels, codes: (other) => (other === column ? column.codes : codesByText(other, places)) };
  }
  const sorted = column.values.filter(Number.isFinite).sort();
  const distinct = distinctOf(sorted);
  if (distinct === null) {
    return rangesOf(column, sorted);
  }
  const names = distinct.map((value) => String(value));
  const texts = new Map(names.map((name, i) => [name, i]));
  const places = new Map(distinct.map((value, i) => [value, i]));
  return {
    names,
    codes: (other) =>
      isNumberColumn(other) ? Int32Array.from(other.values, (value) => places.get(value) ?? -1) : codesByText(other, texts),
  };
}

/** By quantiles; the first range and the last reach to the ends. */
function rangesOf({ kind }: NumberColumn, sorted: Float64Array): Grouping {
  const name = kind === "time" ? (value: number): string => new Date(value).toISOString() : (value: number): string => numberText(value, 6);
  const cuts = [...new Set(Array.from({ length: RANGES - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / RANGES)] ?? 0))];
  const edges = [sorted[0] ?? 0, ...cuts, sorted.at(-1) ?? 0];
  return {
    names: edges.slice(0, -1).map((edge, i) => `${name(edge)} to ${i + 2 === edges.length ? "" : "below "}${name(edges[i + 1] ?? 0)}`),
    codes: (other) =>
      isNumberColumn(other)
        ? Int32Array.from(other.values, (value) => (Number.isFinite(value) ? cuts.filter((cut) => value >= cut).length : -1))
        : new Int32Array(other.codes.length).fill(-1),
  };
}

function codesByText(column: Column, places: ReadonlyMap<string, number>): Int32Array {
  if (isNumberColumn(column)) {
    return Int32Array.from(column.values, (value) => (Number.isFinite(value) ? (places.get(String(value)) ?? -1) : -1));
  }
  const moved = column.labels.map((label) => places.get(label) ?? -1);
  return column.codes.map((code) => (code < 0 ? -1 : (moved[code] ?? -1)));
}

function distinctOf(sorted: Float64Array): number[] | null {
  const distinct: number[] = [];
  for (const value of sorted) {
    if (value !== distinct.at(-1)) {
      distinct.push(value);
      if (distinct.length > MOST_NUMBERS) {
        return null;
      }
    }
  }
  return distinct;
}
