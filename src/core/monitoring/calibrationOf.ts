import { type CalibrationBin, calibrationBins } from "../kpi/calibration";
import type { KpiRoles } from "../kpi/roles";
import { scoredRows } from "../kpi/scoredRows";
import { type Column, type NumberColumn } from "../tabular/column";

export interface Calibration {
  /** The column with the probabilities. */
  readonly column: string;
  readonly bins: readonly CalibrationBin[];
}

/** Columns of live data and of the training, with the time of each live row. */
export interface CalibratedTables {
  readonly live: readonly Column[];
  readonly time: NumberColumn;
  /** Null where there is none. */
  readonly reference: readonly Column[] | null;
}

export interface CalibrationOptions {
  readonly positive: string | null;
  /** Milliseconds until outcomes are known. */
  readonly labelDelay: number;
  /** The moment that is looked from, milliseconds since 1970. */
  readonly asOf: number;
}

/** How live predictions keep their word, beside those of the training. Null where there are no probabilities of one class, or no outcomes. */
export function calibrationOf(
  { live, time, reference }: CalibratedTables,
  roles: KpiRoles,
  { positive, labelDelay, asOf }: CalibrationOptions,
): Calibration | null {
  const { score, label } = roles;
  if (score === null || label === null || !live.some(({ name }) => name === label.column)) {
    return null;
  }
  const scored = scoredRows(live, roles, positive);
  if (typeof scored === "string") {
    return null;
  }
  const before = reference === null ? null : scoredRows(reference, roles, scored.positive.value);
  const isDue = (row: number): boolean => (time.values[row] ?? Number.NaN) + labelDelay <= asOf;
  const bins = calibrationBins(before === null || typeof before === "string" ? null : before.rows, scored.rows, isDue);
  return bins === null ? null : { column: score.column, bins };
}
