import type { Chunk } from "./chunk";

/** Parts of time as mlops.yaml names them, all in UTC. Weeks begin on Monday. */
export const PERIODS = ["hour", "day", "week", "month"] as const;
export type Period = (typeof PERIODS)[number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The period that a time lies in, `start` inclusive, `end` exclusive. Null for a time that no calendar has. */
export function periodOf(time: number, by: Period): { readonly start: number; readonly end: number } | null {
  // The bounds of Date, less the longest period, so that the end is a date as well.
  if (!(Math.abs(time) <= 8.64e15 - 31 * DAY)) {
    return null;
  }
  switch (by) {
    case "hour":
      return fixed(time, HOUR, 0);
    case "day":
      return fixed(time, DAY, 0);
    case "week":
      return fixed(time, 7 * DAY, 4 * DAY); // 1970 began on a Thursday; its first Monday was the fifth.
    case "month": {
      const date = new Date(time);
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
      return { start: startOfMonth(year, month), end: startOfMonth(year, month + 1) };
    }
  }
}

/** Periods between the end of one and the start of a later one. */
function periodsBetween(end: number, start: number, by: Period): number {
  if (by !== "month") {
    return Math.round((start - end) / { hour: HOUR, day: DAY, week: 7 * DAY }[by]);
  }
  const [a, b] = [new Date(end), new Date(start)];
  return 12 * (b.getUTCFullYear() - a.getUTCFullYear()) + b.getUTCMonth() - a.getUTCMonth();
}

function fixed(time: number, length: number, offset: number): { readonly start: number; readonly end: number } {
  const start = Math.floor((time - offset) / length) * length + offset;
  return { start, end: start + length };
}

/** Date.UTC takes years from 0 to 99 for those of the last century. */
function startOfMonth(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return date.getTime();
}

/** "2026-11-02 13:00", "2026-11-02", "2026-11-02 to 2026-11-08" or "2026-11". */
export function periodLabel(start: number, end: number, by: Period): string {
  const [first, last] = [new Date(start).toISOString(), new Date(end - 1).toISOString()];
  switch (by) {
    case "hour":
      return `${day(first)} ${first.slice(first.indexOf("T") + 1).slice(0, 5)}`;
    case "day":
      return day(first);
    case "week":
      return `${day(first)} to ${day(last)}`;
    case "month":
      return day(first).slice(0, -3);
  }
}

function day(iso: string): string {
  return iso.slice(0, iso.indexOf("T"));
}

/**
 * One chunk for each period that has rows; periods without rows are counted in `gap`.
 * @param times A row each, ascending, as `orderByTime` makes them. Rows at a time that no calendar has are in no chunk.
 */
export function chunkByPeriod(times: Float64Array, by: Period): Chunk[] {
  const chunks: Chunk[] = [];
  let row = 0;
  while (row < times.length) {
    const from = row;
    const period = periodOf(times[row] ?? NaN, by);
    if (period === null) {
      row++;
      continue;
    }
    while (row < times.length && (times[row] ?? NaN) < period.end) {
      row++;
    }
    const before = chunks.at(-1)?.end ?? null;
    const gap = before === null ? 0 : periodsBetween(before, period.start, by);
    chunks.push({ from, to: row, label: periodLabel(period.start, period.end, by), ...period, gap });
  }
  return chunks;
}
