import { EigenvalueDecomposition, Matrix } from "ml-matrix";

import { isNumberColumn, type Column } from "../../tabular/column";
import { countText } from "../numberText";
import { MIN_ROWS, type Chunk, type MinRows } from "./chunk";
import { judgeChunks, type ChunkSeries, type Measured, type NoSeries } from "./chunkSeries";
import { columnEncoder, type ColumnEncoder } from "./columnEncoder";
import { THREE_SIGMA_BOTH, type ThresholdRule } from "./thresholds";

export interface ReconstructionOptions {
  readonly threshold?: ThresholdRule;
  readonly minRows?: MinRows;
  /** Share of the variance that the kept components explain. */
  readonly variance?: number;
}

export interface ReconstructionSeries extends ChunkSeries {
  readonly components: number;
  /** Columns that take part, and those that do not, with a reason. */
  readonly columns: readonly string[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** The work grows with the square of the columns, and with the cube for their principal components. */
const MOST_COLUMNS = 300;

/** A table cut into chunks. All columns have the same rows. */
export interface ChunkedTable {
  readonly columns: readonly Column[];
  readonly chunks: readonly Chunk[];
}

/**
 * Drift of all columns together, as NannyML 0.13.1's data reconstruction has it: columns are filled (mean, most frequent), categories replaced by their
 * share in the reference, and all standardised on the reference; a principal component analysis of the reference keeps the components that explain
 * 65 % of the variance. The figure of a chunk is the mean distance of its rows from what the components keep of them: it moves up or down when
 * relations between columns change, which single columns do not show. `error` is the standard error of that mean.
 */
export function reconstructionSeries(
  reference: ChunkedTable,
  current: ChunkedTable,
  options: ReconstructionOptions = {},
): ReconstructionSeries | NoSeries {
  const { threshold = THREE_SIGMA_BOTH, minRows = MIN_ROWS, variance = 0.65 } = options;
  const label = "Reconstruction error of all columns together";
  const found = encoders(reference, current);
  if (found.encoders.length < 2) {
    return { kind: "none", label, reason: "It needs two columns at least that both sides have, with values." };
  }
  if (found.encoders.length > MOST_COLUMNS) {
    const reason = `There are ${countText(found.encoders.length, "column")}; more than ${MOST_COLUMNS} are not looked at together. Choose some.`;
    return { kind: "none", label, reason };
  }
  const rows = reference.columns[0] === undefined ? 0 : rowsOf(reference.columns[0]);
  if (rows < 2) {
    return { kind: "none", label, reason: "The reference needs two rows at least." };
  }
  const basis = principalComponents(found.encoders, rows, variance);
  if (basis === null) {
    return { kind: "none", label, reason: "No column of the reference varies." };
  }
  const measured = (table: ChunkedTable): (readonly [Chunk, Measured])[] => {
    const columns = found.encoders.map(({ name }) => table.columns.find((column) => column.name === name));
    return table.chunks.map((chunk) => [chunk, measure(found.encoders, columns, basis, chunk)] as const);
  };
  const series = judgeChunks(
    { label, limits: { lowest: 0, highest: null } },
    { reference: measured(reference), current: measured(current) },
    threshold,
    minRows,
  );
  return { ...series, components: basis.length, columns: found.encoders.map(({ name }) => name), leftOut: found.leftOut };
}

function encoders(
  reference: ChunkedTable,
  current: ChunkedTable,
): { encoders: ColumnEncoder[]; leftOut: { name: string; reason: string }[] } {
  const made: ColumnEncoder[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  for (const column of reference.columns) {
    const other = current.columns.find(({ name }) => name === column.name);
    if (other === undefined) {
      leftOut.push({ name: column.name, reason: "The current data have no such column." });
    } else if (isNumberColumn(other) !== isNumberColumn(column)) {
      leftOut.push({ name: column.name, reason: "It is of another kind in the current data." });
    } else {
      const encoder = columnEncoder(column);
      if (typeof encoder === "string") {
        leftOut.push({ name: column.name, reason: encoder });
      } else {
        made.push(encoder);
      }
    }
  }
  return { encoders: made, leftOut };
}

const ALMOST_NOTHING = 1e-200;

/** Unit vectors of the kept components; null where nothing varies. */
function principalComponents(columns: readonly ColumnEncoder[], rows: number, variance: number): Float64Array[] | null {
  const count = columns.length;
  const covariance = Matrix.zeros(count, count);
  for (let a = 0; a < count; a++) {
    for (let b = a; b < count; b++) {
      const [left, right] = [columns[a]?.reference ?? [], columns[b]?.reference ?? []];
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        sum += (left[row] ?? 0) * (right[row] ?? 0);
      }
      // Columns are of a spread of one, or constant; the decomposition breaks on what is almost nothing.
      const value = Math.abs(sum) < ALMOST_NOTHING ? 0 : sum / (rows - 1);
      covariance.set(a, b, value);
      covariance.set(b, a, value);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const values = realEigenvalues.map((value) => Math.max(0, value));
  const order = values.map((_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const all = values.reduce((sum, value) => sum + value, 0);
  if (!(all > 0)) {
    return null;
  }
  const kept: Float64Array[] = [];
  let explained = 0;
  for (const i of order) {
    kept.push(Float64Array.from(eigenvectorMatrix.getColumn(i)));
    explained += (values[i] ?? 0) / all;
    if (explained > variance) {
      break;
    }
  }
  return kept;
}

/** Mean distance of the rows of a chunk from the space of the components, and its standard error. */
function measure(
  encoders: readonly ColumnEncoder[],
  columns: readonly (Column | undefined)[],
  basis: readonly Float64Array[],
  chunk: Chunk,
): Measured {
  const rows = chunk.to - chunk.from;
  const encoded = encoders.map((encoder, i) => {
    const column = columns[i];
    return column === undefined ? new Float64Array(rows) : encoder.encode(column, chunk);
  });
  let sum = 0;
  let squares = 0;
  const point = new Float64Array(encoders.length);
  for (let row = 0; row < rows; row++) {
    let place = 0;
    for (const values of encoded) {
      point[place++] = values[row] ?? 0;
    }
    const distance = takeAway(point, basis);
    const from = distance - sum;
    sum += from / (row + 1);
    squares += from * (distance - sum);
  }
  if (!Number.isFinite(sum)) {
    return { value: null, rows, reason: "The values are too large to be compared." };
  }
  return { value: sum, rows, error: rows < 2 ? 0 : Math.sqrt(squares / (rows - 1) / rows) };
}

/** Takes away from a point what lies along the directions; the length of what is left. */
function takeAway(point: Float64Array, basis: readonly Float64Array[]): number {
  const size = point.length;
  for (const direction of basis) {
    let along = 0;
    for (let i = 0; i < size; i++) {
      along += (point[i] ?? 0) * (direction[i] ?? 0);
    }
    for (let i = 0; i < size; i++) {
      point[i] = (point[i] ?? 0) - along * (direction[i] ?? 0);
    }
  }
  let squares = 0;
  for (let i = 0; i < size; i++) {
    squares += (point[i] ?? 0) ** 2;
  }
  return Math.sqrt(squares);
}

function rowsOf(column: Column): number {
  return isNumberColumn(column) ? column.values.length : column.codes.length;
}
