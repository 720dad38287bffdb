import type { CancelSignal } from "../base/cancel";
import { chunkTimes, type WindowLength } from "../drift/chunks/windowLength";
import { periodOf, type Period } from "../drift/chunks/periods";
import { AppError } from "../base/appError";
import type { ColumnKind } from "../tabular/column";
import type { TableReader, TableSource } from "../tabular/tableReader";
import type { WindowRows } from "./chooseWindows";
import { type EstimatedFigure, estimatedFigures, type EstimateWish, type Figure, type FigureWish, scoredFigures } from "./scoredFigures";
import { guessTimeColumn } from "./timeColumn";

/** One column of so many rows is read whole, because which window is the newest cannot be told from a sample. */
const MOST_ROWS = 50_000_000;
const SOME_ROWS = 10_000;

export interface SurveyWish {
  /** Column that holds the time; null to guess it. */
  readonly time: string | null;
  /** Length of a window; null where there are none to be counted. */
  readonly by: WindowLength | null;
}

/** What a table holds, as far as a check has to know before it judges. All of it can be sent to another thread. */
export interface TableSurvey {
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  readonly rows: number;
  /** Null where no column holds times, or none was asked for. */
  readonly time: {
    readonly column: string;
    readonly isGuessed: boolean;
    /** Windows that have rows, oldest first. */
    readonly windows: readonly WindowRows[];
    readonly rowsWithout: number;
  } | null;
}

/** Looks into tables. The editor has it in another thread. */
export interface LiveTables {
  /** @throws AppError with a sentence when the table cannot be read, or has no such time column. */
  survey(source: TableSource, wish: SurveyWish, signal: CancelSignal): Promise<TableSurvey>;
  /** Figures of a scored table. */
  figures(wish: FigureWish, signal: CancelSignal): Promise<readonly Figure[]>;
  /** Figures that are estimated, because outcomes are not known yet. */
  estimates(wish: EstimateWish, signal: CancelSignal): Promise<readonly EstimatedFigure[]>;
}

export function liveTables(tables: TableReader): LiveTables {
  return {
    survey: (source, wish, signal) => survey(tables, source, wish, signal),
    figures: (wish, signal) => scoredFigures(tables, wish, signal),
    estimates: (wish, signal) => estimatedFigures(tables, wish, signal),
  };
}

async function survey(tables: TableReader, source: TableSource, { time, by }: SurveyWish, signal: CancelSignal): Promise<TableSurvey> {
  const { columns, rows } = await lookInto(tables, source, signal);
  const column = by === null ? null : (time ?? guessTimeColumn(columns));
  if (column === null || by === null) {
    return { columns, rows, time: null };
  }
  const kind = columns.find(({ name }) => name === column)?.kind;
  if (kind === undefined) {
    throw new AppError("usage", `The live data has no column "${column}", which is to hold the time of each row.`, {
      remedy: "Name another one in monitoring.columns.time.",
    });
  }
  // Text files write times as texts, or as numbers.
  const timed: TableSource = kind === "time" ? source : { ...source, kinds: { ...source.kinds, [column]: "time" } };
  const table = await tables.open(timed, { maxRows: MOST_ROWS, sampleRows: MOST_ROWS, seed: 0, columns: [column] }, signal);
  try {
    const values = await table.column(column, signal);
    const counted = values.kind === "time" ? countWindows(values.values, by) : null;
    const isTime = counted !== null && 2 * counted.rowsWithout <= table.rows;
    if (!isTime && time !== null && table.rows > 0) {
      throw new AppError("usage", `The column "${column}" of the live data holds no times.`, {
        remedy: "Name another one in monitoring.columns.time; times are written like 2026-11-02T13:00:00Z.",
      });
    }
    return { columns, rows, time: isTime ? { column, isGuessed: time === null, ...counted } : null };
  } finally {
    table.dispose();
  }
}

/** Kinds of columns show in some rows as well as in all. */
async function lookInto(tables: TableReader, source: TableSource, signal: CancelSignal): Promise<Pick<TableSurvey, "columns" | "rows">> {
  const table = await tables.open(source, { maxRows: SOME_ROWS, sampleRows: SOME_ROWS, seed: 0, columns: null }, signal);
  try {
    return { columns: table.columns, rows: table.totalRows };
  } finally {
    table.dispose();
  }
}

function countWindows(times: Float64Array, by: WindowLength): { readonly windows: readonly WindowRows[]; readonly rowsWithout: number } {
  return typeof by === "number" ? countByRows(times, by) : countByPeriod(times, by);
}

function countByRows(times: Float64Array, size: number): ReturnType<typeof countWindows> {
  const sorted = times.filter((time) => Number.isFinite(time)).sort();
  const windows = chunkTimes(sorted, size).flatMap(({ from, to, start, end }) =>
    start === null || end === null ? [] : [{ from: start, to: end, rows: to - from }],
  );
  return { windows, rowsWithout: times.length - windows.reduce((sum, { rows }) => sum + rows, 0) };
}

function countByPeriod(times: Float64Array, by: Period): { readonly windows: readonly WindowRows[]; readonly rowsWithout: number } {
  const found = new Map<number, { readonly from: number; readonly to: number; rows: number }>();
  let last: { readonly from: number; readonly to: number; rows: number } | undefined;
  let rowsWithout = 0;
  for (const time of times) {
    // Most rows lie beside others of the same window.
    if (last === undefined || !(time >= last.from && time < last.to)) {
      const period = periodOf(time, by);
      if (period === null) {
        rowsWithout++;
        continue;
      }
      last = found.get(period.start) ?? { from: period.start, to: period.end, rows: 0 };
      found.set(period.start, last);
    }
    last.rows++;
  }
  return { windows: [...found.values()].sort((a, b) => a.from - b.from), rowsWithout };
}
