import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { ownValue } from "../base/ownValue";
import { type Column, isNumberColumn } from "../tabular/column";
import { type ChunkedSide, cutSide } from "./chunks/cutSide";
import { reconstructionSeries } from "./chunks/reconstruction";
import { takeRows } from "./chunks/timeOrder";
import { type ChunkedColumn, univariateSeries } from "./chunks/univariate";
import { univariateMethod } from "./chunks/univariateMethods";
import { columnRole } from "./columnRole";
import { columnsToJudge, type DriftTables } from "./computeDrift";
import type { DriftSettings } from "./driftReport";
import type { ChunkDrift, ChunkedSideSummary, ChunkWish, DriftEvents } from "./driftService";
import type { DriftSide } from "./driftSide";
import { areTimes } from "./typedSamples";

/** Numbers that are held of a side at most, all columns together: 80 MB, and as much again once they are standardised. */
const CELLS = 10_000_000;

/**
 * Follows all columns that both sides have over parts of their rows. Of tables with more than ten million fields some rows are looked at, spread evenly.
 * Parts with too few rows are not judged.
 * @throws AppError `usage` where the column holds no times, or there would be more parts than anybody looks at.
 */
export async function chunkDrift(
  tables: DriftTables,
  wish: ChunkWish,
  settings: DriftSettings,
  events: DriftEvents,
  signal: CancelSignal,
): Promise<ChunkDrift> {
  const names = sharedColumns(tables, wish, settings);
  const limit = Math.max(1, Math.floor(CELLS / Math.max(1, names.length)));
  const [reference, current] = await Promise.all([
    cutSide(tables.reference, wish, limit, "reference", signal),
    cutSide(tables.current, wish, limit, "current", signal),
  ]);
  const minRows = { judge: settings.minRows, score: settings.minRowsForScore };
  const columns: ChunkDrift["columns"][number][] = [];
  const inputs: { readonly reference: Column; readonly current: Column }[] = [];
  const leftOut: { readonly name: string; readonly reason: string }[] = [];
  for (const name of names) {
    const sides = await readSides(tables, name, settings, { reference, current, limit }, signal);
    if (typeof sides === "string") {
      leftOut.push({ name, reason: sides });
      columns.push({ name, series: { kind: "none", label: univariateMethod(wish.method).label, reason: sides } });
    } else {
      // Whoever names columns wants them, whatever they are to the model.
      if (settings.only !== null || (ownValue(settings.roles, name) ?? columnRole(name)) === "feature") {
        inputs.push({ reference: sides.reference.column, current: sides.current.column });
      } else {
        leftOut.push({ name, reason: "It is no input of the model." });
      }
      columns.push({ name, series: univariateSeries(wish.method, sides.reference, sides.current, { minRows }) });
    }
    events.onProgress?.({ text: `Followed ${columns.length} of ${names.length} columns`, done: columns.length, total: names.length });
  }
  const together = reconstructionSeries(
    { columns: inputs.map((input) => input.reference), chunks: reference.chunks },
    { columns: inputs.map((input) => input.current), chunks: current.chunks },
    { minRows },
  );
  return {
    wish,
    reference: summary(reference),
    current: summary(current),
    columns,
    together: together.kind === "none" ? together : { ...together, leftOut: [...leftOut, ...together.leftOut] },
  };
}

function sharedColumns(tables: DriftTables, wish: ChunkWish, settings: DriftSettings): readonly string[] {
  const isIn = (side: DriftSide, name: string): boolean => side.columns.some((column) => column.name === name);
  const names = columnsToJudge(tables, settings).filter(
    (name) => name !== wish.column && isIn(tables.reference, name) && isIn(tables.current, name),
  );
  if (names.length === 0) {
    throw new AppError("usage", "There is no column that both sides have.", { remedy: "Compare tables with columns in common." });
  }
  return names;
}

/** A column of both sides with its rows in order; or why it cannot be followed, a sentence. */
async function readSides(
  tables: DriftTables,
  name: string,
  { types }: DriftSettings,
  cut: { readonly reference: ChunkedSide; readonly current: ChunkedSide; readonly limit: number },
  signal: CancelSignal,
): Promise<{ readonly reference: ChunkedColumn; readonly current: ChunkedColumn } | string> {
  const type = ownValue(types, name);
  if (type === "text") {
    return "It is free text, which has no distribution to compare.";
  }
  const kind = type === "num" ? "float" : type === "cat" ? "text" : null;
  const read = async (which: "reference" | "current"): Promise<ChunkedColumn> => {
    const { order, chunks } = cut[which];
    return { column: takeRows(await tables[which].rows(name, kind, cut.limit, signal), order), chunks };
  };
  const [reference, current] = await Promise.all([read("reference"), read("current")]);
  signal.throwIfAborted();
  const reason = type === undefined ? textReason([reference.column, current.column]) : null;
  return reason ?? { reference, current };
}

/** Why texts cannot be followed, a sentence; null where they can. */
function textReason(sides: readonly Column[]): string | null {
  const texts = sides.flatMap((column) => (isNumberColumn(column) ? [] : [column]));
  if (texts.some(({ labels }) => areTimes(labels))) {
    return "It holds times, which are not judged.";
  }
  const isFree = texts.some(({ labels, codes }) => labels.length > Math.max(50, codes.length / 2));
  return isFree ? "Nearly every row has a text of its own." : null;
}

function summary({ looked, rows, without, cut }: ChunkedSide): ChunkedSideSummary {
  return { looked, rows, without, cut };
}
