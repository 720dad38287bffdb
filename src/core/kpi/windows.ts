import type { Chunk } from "../drift/chunks/chunk";
import { orderByTime, takeRows } from "../drift/chunks/timeOrder";
import { chunkTimes, type WindowLength } from "../drift/chunks/windowLength";
import type { Column, NumberColumn } from "../tabular/column";
import { kpiMeter } from "./kpiMeter";
import type { KpiPoint } from "./kpiSeries";
import type { KpiSpec } from "./kpiSpec";
import type { KpiMeter } from "./meter";
import { FEW_ROWS, noKpi, type KpiValue } from "./kpiValue";
import type { KpiRoles } from "./roles";

export interface WindowKpi {
  readonly chunk: Chunk;
  /** Over the rows whose label can be known. */
  readonly value: KpiValue;
  /** Rows of the window that are left out because their label cannot be known yet. */
  readonly waiting: number;
  /** Its time is over, and so is the time until its last label is known. */
  readonly complete: boolean;
  /** Too few rows to be judged. */
  readonly few: boolean;
}

export interface WindowedKpi {
  readonly windows: readonly WindowKpi[];
  /** Rows of all windows that wait for their label. */
  readonly waiting: number;
  /** Rows without a time, which are in no window. */
  readonly withoutTime: number;
  readonly notes: readonly string[];
}

export interface WindowOptions {
  readonly by: WindowLength;
  /** Milliseconds until the true outcome is known. */
  readonly labelDelay?: number;
  /** The moment that is looked from, milliseconds since 1970; null takes all rows as old enough and all windows as complete. */
  readonly asOf: number | null;
  readonly minRows?: number;
  readonly positive?: string | null;
}

/**
 * A KPI by windows of time. Rows younger than the label's delay are left out even where they have a label: outcomes that are known early are others than
 * those that are known late. Figures that need no label wait for none.
 * @param columns Those of the KPI.
 * @returns A sentence where it cannot be computed.
 */
export function kpiByWindow(
  spec: KpiSpec,
  columns: readonly Column[],
  roles: KpiRoles,
  time: NumberColumn,
  options: WindowOptions,
): WindowedKpi | string {
  const { by, positive = null } = options;
  const { order, times, without } = orderByTime(time);
  const meter = kpiMeter(
    spec,
    columns.map((column) => takeRows(column, order)),
    roles,
    positive,
  );
  if (typeof meter === "string") {
    return meter;
  }
  const measure = windowMeter(spec, meter, times, options);
  const windows = chunkTimes(times, by).map((chunk) => measure(chunk));
  return { windows, waiting: windows.reduce((sum, { waiting }) => sum + waiting, 0), withoutTime: without, notes: meter.notes };
}

/**
 * Measures a window, or a part of its rows.
 * @param times of the rows, in order within each chunk that is handed over.
 */
export function windowMeter(
  spec: KpiSpec,
  meter: KpiMeter,
  times: Float64Array,
  { labelDelay = 0, asOf, minRows = FEW_ROWS }: Omit<WindowOptions, "by">,
): (chunk: Chunk) => WindowKpi {
  const delay = spec.kind === "measure" && spec.needs.includes("label") ? labelDelay : 0;
  const known = asOf === null ? Infinity : asOf - delay;
  return (chunk) => {
    let to = chunk.to;
    // Times are in order, so those that wait are the last ones.
    while (delay > 0 && to > chunk.from && (times[to - 1] ?? 0) > known) {
      to--;
    }
    const waiting = chunk.to - to;
    const value = to === chunk.from ? noKpi("The labels of this window cannot be known yet.") : meter.measure({ from: chunk.from, to });
    return { chunk, value, waiting, complete: (chunk.end ?? 0) <= known, few: value.rows < minRows };
  };
}

/** Windows as points of a series; those that are not complete are not judged there. */
export function windowPoints({ windows }: Pick<WindowedKpi, "windows">): KpiPoint[] {
  return windows.map(({ chunk, value, complete }) => ({ time: chunk.start ?? 0, label: chunk.label, value, complete }));
}
