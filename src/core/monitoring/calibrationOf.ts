import type { CancelSignal } from "../base/cancel";
import { type CalibrationBin, calibrationBins } from "../kpi/calibration";
import { chooseRoles } from "../kpi/roles";
import { scoredRows } from "../kpi/scoredRows";
import { isNumberColumn } from "../tabular/column";
import type { TableReader } from "../tabular/tableReader";
import type { KpisOverTimeWish } from "./kpisOverTime";
import { readColumns, readReference } from "./readColumns";

export type CalibrationWish = Pick<KpisOverTimeWish, "live" | "columns" | "reference" | "time" | "given" | "labelDelay" | "asOf">;

export interface Calibration {
  /** The column with the probabilities. */
  readonly column: string;
  readonly bins: readonly CalibrationBin[];
}

/** How live predictions keep their word, beside those of the training. Null where there are no probabilities of one class, or no outcomes. */
export async function calibrationOf(tables: TableReader, wish: CalibrationWish, signal: CancelSignal): Promise<Calibration | null> {
  const { live, columns, reference, time, given, labelDelay, asOf } = wish;
  const roles = chooseRoles(
    columns.filter(({ name }) => name !== time),
    given,
  );
  const known = new Set(columns.map(({ name }) => name));
  const names = [roles.score, roles.label, roles.prediction].flatMap((role) =>
    role !== null && known.has(role.column) ? [role.column] : [],
  );
  const { score, label } = roles;
  if (score === null || label === null || !names.includes(score.column) || !names.includes(label.column)) {
    return null;
  }
  const current = await readColumns(tables, live, [...names, time], signal);
  const scored = scoredRows(current.columns, roles, given.positive);
  if (typeof scored === "string") {
    return null;
  }
  const usual = await readReference(tables, reference, names, signal);
  const before = usual === null ? null : scoredRows(usual.columns, roles, scored.positive.value);
  const times = current.columns.find(({ name }) => name === time);
  const isDue = (row: number): boolean =>
    times === undefined || !isNumberColumn(times) || (times.values[row] ?? Number.NaN) + labelDelay <= asOf;
  const bins = calibrationBins(before === null || typeof before === "string" ? null : before.rows, scored.rows, isDue);
  return bins === null ? null : { column: score.column, bins };
}
