/** Rows of a table, `from` inclusive, `to` exclusive. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** A part of a table that is looked at as one. Rows of a table that is cut by time are in the order of time. */
export interface Chunk extends RowRange {
  /** "rows 0 to 299" or the period, such as "2026-11" or "2026-11-02 to 2026-11-08". */
  readonly label: string;
  /** Period of time, milliseconds since 1970 (UTC), `start` inclusive, `end` exclusive. Null where it is cut by rows. */
  readonly start: number | null;
  readonly end: number | null;
  /** Periods without any row between the chunk before and this one. */
  readonly gap: number;
}

/** How many usable rows a chunk needs. */
export interface MinRows {
  /** Below it the score is shown and not judged. */
  readonly judge: number;
  /** Below it there is no score: it would be noise. */
  readonly score: number;
}

export const MIN_ROWS: MinRows = { judge: 200, score: 30 };

/**
 * Chunks of `size` rows. What is left over goes to the last full chunk: NannyML, by default, makes a chunk of its own of it, and a handful of rows
 * raises an alarm. Fewer rows than `size` are one chunk.
 */
export function chunkBySize(rows: number, size: number): Chunk[] {
  if (rows <= 0) {
    return [];
  }
  const step = Math.max(1, Math.floor(size));
  const count = Math.max(1, Math.floor(rows / step));
  return Array.from({ length: count }, (_, i) => rowChunk(i * step, i === count - 1 ? rows : (i + 1) * step));
}

/** So many chunks of the same size, the last with what is left over; fewer when there are fewer rows. */
export function chunkByNumber(rows: number, count: number): Chunk[] {
  const wanted = Math.max(1, Math.floor(count));
  const size = Math.floor(rows / wanted);
  return size < 1 ? chunkBySize(rows, 1) : chunkBySize(rows, size);
}

function rowChunk(from: number, to: number): Chunk {
  return { from, to, label: `rows ${from} to ${to - 1}`, start: null, end: null, gap: 0 };
}
