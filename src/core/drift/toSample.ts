import { isNumberColumn, type Column, type NumberColumn, type TextColumn } from "../tabular/column";
import type { CategoricalSample, ColumnSample, DriftType, NumericSample } from "./sample";
import { pairwiseSum } from "./statistics/pairwiseSum";

/** Integers with at most so many distinct values are taken for categories. */
const INTEGER_CARDINALITY_LIMIT = 10;

/**
 * One side of a column as the methods see it. A column of text or of true and false gives categories whatever the type says: it has no
 * order, and a method for numbers then says so.
 * @param rows Indexes of the rows to take; all of them unless they are given.
 */
export function toSample(column: Column, type: "num" | "cat", rows?: Uint32Array): ColumnSample {
  if (!isNumberColumn(column)) {
    return countLabels(column, rows);
  }
  return type === "num" ? sortValues(column, rows) : countValues(column, rows);
}

/**
 * How Evidently 0.7.23 takes a column (`infer_column_type`): a float is a number, an integer one unless it has ten distinct values or
 * fewer, a text a category unless more than half of its values are distinct. Null for times, which it does not test, and for texts
 * without any value, which it does not know.
 */
export function evidentlyType(column: Column): DriftType | null {
  switch (column.kind) {
    case "time":
      return null;
    case "float":
      return "num";
    case "boolean":
      return "cat";
    case "integer":
      return hasFewValues(column.values) ? "cat" : "num";
    case "text":
      return textType(column);
  }
}

function hasFewValues(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    if (!Number.isNaN(value)) {
      seen.add(value);
      if (seen.size > INTEGER_CARDINALITY_LIMIT) {
        return false;
      }
    }
  }
  return true;
}

function textType(column: TextColumn): DriftType | null {
  const { counts, rows, missing } = countLabels(column, undefined);
  const present = rows - missing;
  return present === 0 ? null : counts.size > present * 0.5 ? "text" : "cat";
}

function sortValues(column: NumberColumn, rows: Uint32Array | undefined): NumericSample {
  const { values } = column;
  const count = rows?.length ?? values.length;
  const finite = new Float64Array(count);
  let kept = 0;
  let missing = 0;
  for (let i = 0; i < count; i++) {
    const value = values[rows === undefined ? i : (rows[i] ?? 0)] ?? NaN;
    if (Number.isFinite(value)) {
      finite[kept++] = value;
    } else if (Number.isNaN(value)) {
      missing++;
    }
  }
  const inOrder = finite.subarray(0, kept);
  const mean = pairwiseSum(inOrder) / kept;
  return {
    kind: "numeric",
    sorted: inOrder.sort(),
    integer: column.kind === "integer",
    mean: Number.isFinite(mean) ? mean : undefined,
    rows: count,
    missing,
    infinite: count - kept - missing,
  };
}

function countValues(column: NumberColumn, rows: Uint32Array | undefined): CategoricalSample {
  const { sorted, rows: count, missing, infinite } = sortValues(column, rows);
  const counts = new Map<number, number>();
  for (let from = 0; from < sorted.length;) {
    const value = sorted[from] ?? 0;
    let to = from + 1;
    while (to < sorted.length && sorted[to] === value) {
      to++;
    }
    counts.set(value, to - from);
    from = to;
  }
  return { kind: "categorical", counts, rows: count, missing, infinite };
}

function countLabels(column: TextColumn, rows: Uint32Array | undefined): CategoricalSample {
  const { codes, labels } = column;
  const count = rows?.length ?? codes.length;
  const byCode = new Uint32Array(labels.length);
  let missing = 0;
  for (let i = 0; i < count; i++) {
    const code = codes[rows === undefined ? i : (rows[i] ?? 0)] ?? -1;
    if (code < 0) {
      missing++;
    } else {
      byCode[code] = (byCode[code] ?? 0) + 1;
    }
  }
  const counts = new Map<string, number>();
  for (const [code, label] of labels.entries()) {
    const found = byCode[code] ?? 0;
    if (found > 0) {
      counts.set(label, found);
    }
  }
  return { kind: "categorical", counts, rows: count, missing, infinite: 0 };
}
