import { ownValue } from "../base/ownValue";
import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { missingShare } from "./columnNotes";
import { checkWindowCount, chunkTimes, windowLabel } from "./chunks/windowLength";
import { columnsToJudge, type DriftTables } from "./computeDrift";
import { datasetDrift } from "./datasetDrift";
import { decide } from "./decide";
import type { DriftSettings } from "./driftReport";
import type { DriftEvents, WindowDrift, WindowWish } from "./driftService";
import type { ColumnFacts, DriftSide } from "./driftSide";
import { countText } from "./numberText";

interface Period {
  readonly start: number;
  readonly end: number;
}

/**
 * Each window of the current side against the whole reference, oldest first. Windows without a row are not listed.
 * @throws AppError where the column holds no times, or there would be more windows than anybody looks at.
 */
export async function windowDrift(
  tables: DriftTables,
  wish: WindowWish,
  settings: DriftSettings,
  events: DriftEvents,
  signal: CancelSignal,
): Promise<readonly WindowDrift[]> {
  const periods = periodsIn(await timesOf(tables.current, wish.column, signal), wish);
  if (periods.length === 0) {
    return [];
  }
  // Parts between two windows hold no row, and are left out again.
  const edges = [...new Set(periods.flatMap(({ start, end }) => [start, end]))];
  const places = periods.map(({ start }) => edges.indexOf(start));
  const cut = { kind: "time", column: wish.column, edges } as const;
  const inWindows: DriftSettings = {
    ...settings,
    minRows: wish.minRows,
    minRowsForScore: Math.min(settings.minRowsForScore, wish.minRows),
    allMethods: false,
  };
  const rows = await tables.current.partRows(cut, signal);
  const names = columnsToJudge(tables, settings);
  const columns = await windowColumns(tables, names, wish, { cut, places }, inWindows, events, signal);
  return periods.map(({ start, end }, index) => {
    const own = columns.flatMap(({ name, parts }) => parts.slice(index, index + 1).map((part) => ({ name, ...part })));
    const count = rows[places[index] ?? -1] ?? 0;
    const isSmall = count < wish.minRows;
    const dataset = datasetDrift(own, settings);
    return {
      from: start,
      to: end,
      label: windowLabel(start, end, wish.by),
      rows: count,
      status: isSmall ? "unjudged" : dataset.status,
      reason: isSmall
        ? `It has ${countText(count, "row")}, too few to judge; ${wish.minRows.toLocaleString("en-US")} are needed.`
        : dataset.status === "unjudged"
          ? dataset.verdict
          : null,
      dataset: isSmall ? null : dataset,
      columns: own.map(({ name, status, score, reason, missing }) => ({
        name,
        status: isSmall ? "unjudged" : status,
        score,
        reason,
        missing,
      })),
    };
  });
}

type WindowColumn = Pick<WindowDrift["columns"][number], "status" | "score" | "reason" | "missing"> &
  Pick<ReturnType<typeof decide>, "result">;

async function windowColumns(
  { reference, current }: DriftTables,
  names: readonly string[],
  wish: WindowWish,
  { cut, places }: { readonly cut: Parameters<DriftSide["parts"]>[1]; readonly places: readonly number[] },
  settings: DriftSettings,
  events: DriftEvents,
  signal: CancelSignal,
): Promise<{ readonly name: string; readonly parts: readonly WindowColumn[] }[]> {
  const isIn = (side: DriftSide, name: string): boolean => side.columns.some((column) => column.name === name);
  const both = names.filter((name) => isIn(reference, name) && isIn(current, name) && name !== wish.column);
  reference.prepare(both);
  const columns = [];
  for (const name of both) {
    signal.throwIfAborted();
    const [whole, parts] = await Promise.all([
      reference.facts(name, ownValue(settings.types, name) === "cat", signal),
      current.parts(name, cut, signal),
    ]);
    const inOrder = places.flatMap((place) => parts.slice(place, place + 1));
    columns.push({ name, parts: inOrder.map((part) => windowColumn(name, whole, part, settings)) });
    events.onProgress?.({
      text: `Compared ${columns.length} of ${both.length} columns over time`,
      done: columns.length,
      total: both.length,
    });
  }
  return columns;
}

function windowColumn(name: string, reference: ColumnFacts, part: ColumnFacts, settings: DriftSettings): WindowColumn {
  const { status, result, reason } = decide(name, reference, part, settings);
  return { status, score: result?.score ?? null, reason, missing: missingShare(part), result };
}

async function timesOf(side: DriftSide, column: string, signal: CancelSignal): Promise<Float64Array> {
  if (!side.columns.some(({ name }) => name === column)) {
    throw new AppError("usage", `The current data have no column ${column}.`, { remedy: "Choose another column of times." });
  }
  const { sample } = await side.timeFacts(column, signal);
  if (sample?.kind !== "numeric" || sample.sorted.length === 0) {
    throw new AppError("usage", `The column ${column} holds no times that can be read.`, {
      remedy: "Choose a column with dates such as 2026-11-02.",
    });
  }
  return sample.sorted;
}

/** @param times ascending. */
function periodsIn(times: Float64Array, { by }: WindowWish): readonly Period[] {
  const periods = chunkTimes(times, by).flatMap(({ start, end }) => (start === null || end === null ? [] : [{ start, end }]));
  checkWindowCount(periods.length, by);
  return periods;
}
