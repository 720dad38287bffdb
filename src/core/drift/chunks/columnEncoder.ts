import { isNumberColumn, type Column, type NumberColumn, type TextColumn } from "../../tabular/column";
import type { RowRange } from "./chunk";
import { moments } from "./histogram";
import { countCodes, finite } from "./rowValues";

/** Turns a column into standardised numbers, by what it has learnt of the reference. */
export interface ColumnEncoder {
  readonly name: string;
  /** The whole reference, encoded. */
  readonly reference: Float64Array;
  /** Rows of the reference's column, or of one of the same name and kind. */
  encode(column: Column, rows: RowRange): Float64Array;
}

/**
 * Learns a column: numbers are filled with their mean, categories with the most frequent one (the first by the alphabet of several) and replaced by
 * their share in the reference, 0 for unknown ones; then mean 0 and standard deviation 1 (population). A constant column keeps its scale.
 * Source: SimpleImputer and StandardScaler of scikit-learn and CountEncoder of category_encoders, as NannyML 0.13.1 puts them together.
 * @returns A sentence where there is nothing to learn.
 */
export function columnEncoder(column: Column): ColumnEncoder | string {
  if (column.kind === "time") {
    return "Times are not compared: later ones are always new.";
  }
  return isNumberColumn(column) ? numberEncoder(column) : categoryEncoder(column);
}

function numberEncoder(reference: NumberColumn): ColumnEncoder | string {
  const known = finite(reference.values, { from: 0, to: reference.values.length });
  if (known.length === 0) {
    return "The reference has no values.";
  }
  const fill = moments(known).mean;
  if (!Number.isFinite(fill)) {
    return "The reference's values are too large.";
  }
  return standardised(reference, (column, { from, to }) => {
    const values = isNumberColumn(column) ? column.values.subarray(from, to) : new Float64Array(to - from).fill(NaN);
    return values.map((value) => (Number.isFinite(value) ? value : fill));
  });
}

function categoryEncoder(reference: TextColumn): ColumnEncoder | string {
  const rows = reference.codes.length;
  const counts = countCodes(reference, { from: 0, to: rows });
  const present = counts.reduce((sum, count) => sum + count, 0);
  if (present === 0) {
    return "The reference has no values.";
  }
  const most = counts.reduce((largest, count) => Math.max(largest, count), 0);
  const fill = reference.labels.filter((_, code) => counts[code] === most).sort((a, b) => (a < b ? -1 : 1))[0] ?? "";
  const shares = new Map(
    reference.labels.map((label, code) => [label, ((counts[code] ?? 0) + (label === fill ? rows - present : 0)) / rows] as const),
  );
  return standardised(reference, (column, { from, to }) => {
    if (isNumberColumn(column)) {
      return new Float64Array(to - from);
    }
    const byCode = Float64Array.from(column.labels, (label) => shares.get(label) ?? 0);
    const filled = shares.get(fill) ?? 0;
    return Float64Array.from(column.codes.subarray(from, to), (code) => (code < 0 ? filled : (byCode[code] ?? 0)));
  });
}

function standardised(reference: Column, raw: (column: Column, rows: RowRange) => Float64Array): ColumnEncoder | string {
  const rows = isNumberColumn(reference) ? reference.values.length : reference.codes.length;
  const all = raw(reference, { from: 0, to: rows });
  const { mean, std } = moments(all);
  if (!Number.isFinite(std)) {
    return "The reference's values are too large.";
  }
  const scale = std <= Math.abs(mean) * rows * Number.EPSILON ? 1 : std;
  const standardise = (values: Float64Array): Float64Array => values.map((value) => (value - mean) / scale);
  return { name: reference.name, reference: standardise(all), encode: (column, range) => standardise(raw(column, range)) };
}
