import type { Column } from "../tabular/column";
import type { ColumnFacts } from "./driftSide";
import { numberStats } from "./numberStats";
import { evidentlyType, toSample } from "./toSample";
import { usableRows } from "./usableRows";

/** From so many distinct texts on it matters whether they are kept. */
const MANY_TEXTS = 50_000;

/**
 * What a column holds: numbers in order, or rows by text.
 * @param whole also where nearly every row has a text of its own.
 * @param rows indexes of the rows to look at; all of them unless they are given.
 */
export function columnFacts(column: Column, whole: boolean, rows?: Uint32Array): ColumnFacts {
  const sample = toSample(column, "num", rows);
  const { missing, infinite } = sample;
  const about = { kind: column.kind, guess: rows === undefined ? evidentlyType(column) : null, rows: sample.rows, missing, infinite };
  if (sample.kind === "numeric") {
    return { ...about, distinct: distinctOf(sample.sorted), numbers: numberStats(sample.sorted), sample };
  }
  const distinct = sample.counts.size;
  const isFreeText = !whole && distinct > MANY_TEXTS && distinct > usableRows(sample) / 2;
  return { ...about, distinct, numbers: null, sample: isFreeText ? null : sample };
}

/** The column's facts for each part of the rows. */
export function partFacts(column: Column, parts: readonly Uint32Array[]): ColumnFacts[] {
  return parts.map((rows) => columnFacts(column, true, rows));
}

function distinctOf(sorted: Float64Array): number {
  let distinct = sorted.length > 0 ? 1 : 0;
  for (let index = 1; index < sorted.length; index++) {
    if (sorted[index] !== sorted[index - 1]) {
      distinct++;
    }
  }
  return distinct;
}
