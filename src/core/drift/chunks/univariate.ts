import { chiSquareTail } from "../statistics/gammaTail";
import { isNumberColumn, type Column, type NumberColumn, type TextColumn } from "../../tabular/column";
import { categoricalHellinger, categoricalJensenShannon, chiSquared, lInfinity, type CategoryCounts } from "./categoricalMethods";
import { MIN_ROWS, type Chunk, type MinRows, type RowRange } from "./chunk";
import { judgeChunks, type ChunkSeries, type Measured, type NoSeries } from "./chunkSeries";
import { continuousHellinger, continuousJensenShannon, kolmogorovSmirnov, wasserstein, type ContinuousMeasure } from "./continuousMethods";
import { countCodes, finite } from "./rowValues";
import { THREE_SIGMA_ABOVE, type ThresholdRule } from "./thresholds";
import { univariateMethod, type UnivariateMethodId } from "./univariateMethods";

/** A column with the chunks that its rows are cut into. */
export interface ChunkedColumn {
  readonly column: Column;
  readonly chunks: readonly Chunk[];
}

export interface UnivariateOptions {
  readonly threshold?: ThresholdRule;
  readonly minRows?: MinRows;
}

/** Measures rows of a column that may be the reference's or another one of the same name. */
type Measure = (column: Column, rows: RowRange) => Measured;

/**
 * Drift of one column over chunks, as NannyML 0.13.1 measures it: every chunk, those of the reference too, is compared with the whole reference.
 * Numbers are continuous; text and booleans are categorical. Missing values are dropped, and infinite ones with them (NannyML raises an error there).
 */
export function univariateSeries(
  method: UnivariateMethodId,
  reference: ChunkedColumn,
  current: ChunkedColumn,
  options: UnivariateOptions = {},
): ChunkSeries | NoSeries {
  const { threshold = THREE_SIGMA_ABOVE, minRows = MIN_ROWS } = options;
  const { label, highest } = univariateMethod(method);
  const measure = learn(method, reference.column);
  if (typeof measure === "string") {
    return { kind: "none", label, reason: measure };
  }
  const mismatch = kindMismatch(reference.column, current.column);
  if (mismatch !== null) {
    return { kind: "none", label, reason: mismatch };
  }
  const measured = ({ column, chunks }: ChunkedColumn): (readonly [Chunk, Measured])[] =>
    chunks.map((chunk) => [chunk, measure(column, chunk)] as const);
  const limits = { lowest: 0, highest };
  return judgeChunks({ label, limits }, { reference: measured(reference), current: measured(current) }, threshold, minRows);
}

/** What the method learns of the reference, or a sentence that says why it cannot. */
function learn(method: UnivariateMethodId, reference: Column): Measure | string {
  if (reference.kind === "time") {
    return "Times are not compared: later ones are always new.";
  }
  const type = isNumberColumn(reference) ? "continuous" : "categorical";
  const { label, appliesTo } = univariateMethod(method);
  if (!appliesTo.includes(type)) {
    return type === "continuous" ? `${label} is for categories, not for numbers.` : `${label} is for numbers, not for categories.`;
  }
  return isNumberColumn(reference) ? learnNumbers(method, reference) : learnCategories(method, reference);
}

function learnNumbers(method: UnivariateMethodId, reference: NumberColumn): Measure | string {
  const known = finite(reference.values, { from: 0, to: reference.values.length });
  if (known.length === 0) {
    return "The reference has no values.";
  }
  const measure = continuousMeasure(method, known);
  if (measure === null) {
    return "The reference's range is too large to be cut into bins.";
  }
  return (column, rows) => {
    const values = isNumberColumn(column) ? finite(column.values, rows) : new Float64Array();
    return answer(values.length, () => measure(values));
  };
}

function continuousMeasure(method: UnivariateMethodId, reference: Float64Array): ContinuousMeasure | null {
  switch (method) {
    case "jensen_shannon":
      return continuousJensenShannon(reference);
    case "hellinger":
      return continuousHellinger(reference);
    case "kolmogorov_smirnov":
      return kolmogorovSmirnov(reference);
    case "wasserstein":
      return wasserstein(reference);
    case "l_infinity":
    case "chi2":
      return null;
  }
}

function learnCategories(method: UnivariateMethodId, reference: TextColumn): Measure | string {
  const known = countCodes(reference, { from: 0, to: reference.codes.length });
  const knownRows = total(known);
  if (knownRows === 0) {
    return "The reference has no values.";
  }
  const places = new Map(reference.labels.map((text, i) => [text, i]));
  return (column, rows) => {
    if (isNumberColumn(column)) {
      return answer(0, () => 0);
    }
    const here = countCodes(column, rows);
    const chunk = [...new Float64Array(known.length)];
    column.labels.forEach((text, code) => {
      const count = here[code] ?? 0;
      const place = places.get(text);
      if (place === undefined) {
        chunk.push(count);
      } else {
        chunk[place] = (chunk[place] ?? 0) + count;
      }
    });
    const chunkRows = total(here);
    return compareCategories(method, { known, knownRows, chunk: Float64Array.from(chunk), chunkRows });
  };
}

function compareCategories(method: UnivariateMethodId, counts: CategoryCounts): Measured {
  const rows = counts.chunkRows;
  if (method === "chi2" && rows > 0) {
    const { statistic, freedom } = chiSquared(counts);
    // The statistic grows with rows and categories, so NannyML judges its p-value and takes no limits.
    return Number.isFinite(statistic)
      ? { value: statistic, rows, alert: freedom > 0 && chiSquareTail(freedom, statistic) < 0.05 }
      : answer(rows, () => NaN);
  }
  return answer(rows, () => {
    switch (method) {
      case "jensen_shannon":
        return categoricalJensenShannon(counts);
      case "hellinger":
        return categoricalHellinger(counts);
      default:
        return lInfinity(counts);
    }
  });
}

function answer(rows: number, compute: () => number): Measured {
  if (rows === 0) {
    return { value: null, rows, reason: "The chunk has no values." };
  }
  const value = compute();
  return Number.isFinite(value) ? { value, rows } : { value: null, rows, reason: "The values are too large to be compared." };
}

/** A sentence when the two sides cannot be compared. */
function kindMismatch(reference: Column, current: Column): string | null {
  if (isNumberColumn(reference) === isNumberColumn(current) && (reference.kind === "time") === (current.kind === "time")) {
    return null;
  }
  return `The reference holds ${KIND_WORDS[reference.kind]}, the current data ${KIND_WORDS[current.kind]}.`;
}

const KIND_WORDS = { float: "numbers", integer: "numbers", time: "times", text: "text", boolean: "true and false" } as const;

function total(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
