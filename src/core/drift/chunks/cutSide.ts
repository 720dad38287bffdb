import { AppError } from "../../base/appError";
import type { CancelSignal } from "../../base/cancel";
import { isNumberColumn } from "../../tabular/column";
import type { ChunkedSideSummary } from "../driftService";
import type { DriftSide } from "../driftSide";
import { countText } from "../numberText";
import { pickRows } from "../pickRows";
import { type Chunk, chunkByNumber, chunkBySize } from "./chunk";
import { orderByTime } from "./timeOrder";
import { checkWindowCount, chunkTimes, type WindowLength } from "./windowLength";

/** A side whose rows are cut into parts. */
export interface ChunkedSide extends ChunkedSideSummary {
  /** Of the rows that are looked at, in order. */
  readonly chunks: readonly Chunk[];
  /** Row for each row in order of time; null where they are in order. */
  readonly order: Uint32Array | null;
}

/** How many parts a reference is cut into that time cannot cut: as many as NannyML makes where nothing is said. */
const REFERENCE_PARTS = 10;

/**
 * Cuts a side into parts. A reference that has no such times, or all of them in one part, is cut into ten by its rows instead: of one part nobody knows how
 * much parts vary.
 * @throws AppError `usage` where the current side holds no such times.
 */
export async function cutSide(
  side: DriftSide,
  { by, column }: { readonly by: WindowLength; readonly column: string | null },
  limit: number,
  which: "reference" | "current",
  signal: CancelSignal,
): Promise<ChunkedSide> {
  const { rows } = side.summary;
  const picked = pickRows(rows, limit);
  const looked = picked?.length ?? rows;
  const base = { order: null, looked, rows, without: 0 };
  if (column === null) {
    if (typeof by !== "number") {
      throw new AppError("usage", `Parts of one ${by} each need a column of times.`, { remedy: "Name it, or cut by a number of rows." });
    }
    const chunks = chunkBySize(rows, by);
    checkWindowCount(chunks.length, by);
    return { ...base, chunks: withinPicked(chunks, picked), cut: `Cut into parts of ${countText(by, "row")}, in the order of the rows.` };
  }
  const found = side.columns.some(({ name }) => name === column) ? await side.rows(column, "time", limit, signal) : null;
  const time = found !== null && isNumberColumn(found) ? orderByTime(found) : null;
  if (which === "current" && (time === null || time.times.length === 0)) {
    throw found === null
      ? new AppError("usage", `The current data have no column ${column}.`, { remedy: "Choose another column of times." })
      : new AppError("usage", `The column ${column} holds no times that can be read.`, {
          remedy: "Choose a column with dates such as 2026-11-02.",
        });
  }
  // Of a sample, so many rows stand for more.
  const length = typeof by === "number" ? Math.max(1, Math.round((by * looked) / Math.max(1, rows))) : by;
  const chunks = time === null ? [] : chunkTimes(time.times, length);
  checkWindowCount(chunks.length, by);
  if (which === "reference" && chunks.length < 2) {
    const why = time === null ? `it has no column ${column}` : "its times make no two parts";
    return {
      ...base,
      chunks: withinPicked(chunkByNumber(rows, REFERENCE_PARTS), picked),
      cut: `Cut into ${REFERENCE_PARTS} parts in the order of the rows, because ${why}.`,
    };
  }
  return {
    ...base,
    chunks,
    order: time?.order ?? null,
    without: time?.without ?? 0,
    cut: `Cut by ${typeof by === "number" ? countText(by, "row") : by} in the order of ${column}.`,
  };
}

/** Parts of all rows as parts of those that were picked; labels keep the rows of the table. */
function withinPicked(chunks: readonly Chunk[], picked: Uint32Array | null): readonly Chunk[] {
  if (picked === null) {
    return chunks;
  }
  let next = 0;
  return chunks.map((chunk) => {
    const from = next;
    while (next < picked.length && (picked[next] ?? 0) < chunk.to) {
      next++;
    }
    return { ...chunk, from, to: next };
  });
}
