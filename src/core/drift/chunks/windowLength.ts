import { AppError } from "../../base/appError";
import { countText } from "../numberText";
import { type Chunk, chunkBySize } from "./chunk";
import { chunkByPeriod, type Period, periodLabel, periodOf } from "./periods";

/** How long a window is: a part of time, or so many rows in the order of time. */
export type WindowLength = Period | number;

/** Bounds of what a calendar has, with room for the end of a window. */
const LAST_TIME = 8.64e15 - 1;

/**
 * Windows that have rows, oldest first. Of windows by rows, rows of one moment stay together, so that a window can be found again by its times; what is
 * left over at the end belongs to the last one.
 * @param times A row each, ascending. Rows at a time that no calendar has are in no window.
 */
export function chunkTimes(times: Float64Array, by: WindowLength): Chunk[] {
  return typeof by === "number" ? chunkByRows(times, by) : chunkByPeriod(times, by);
}

function chunkByRows(times: Float64Array, size: number): Chunk[] {
  const first = times.findIndex((time) => time >= -LAST_TIME);
  const end = 1 + times.findLastIndex((time) => time <= LAST_TIME);
  if (first < 0 || end <= first) {
    return [];
  }
  const starts: number[] = [];
  for (const { from } of chunkBySize(end - first, size)) {
    let row = first + from;
    const moment = times[row];
    while (row > first && times[row - 1] === moment) {
      row--;
    }
    if (row !== starts.at(-1)) {
      starts.push(row);
    }
  }
  return starts.map((from, at): Chunk => {
    const to = starts[at + 1] ?? end;
    const start = times[from] ?? 0;
    // The end is exclusive, and a time is a whole millisecond or a part of one.
    const stop = at + 1 < starts.length ? (times[to] ?? start) : Math.floor(times[to - 1] ?? start) + 1;
    return { from, to, label: windowLabel(start, stop, size), start, end: stop, gap: 0 };
  });
}

/** More windows than a chart can show, and a sign that the wrong length was chosen. */
const MOST_WINDOWS = 1000;

/** @throws AppError `usage` where there are more windows than anybody looks at. */
export function checkWindowCount(count: number, by: WindowLength): void {
  if (count > MOST_WINDOWS) {
    const length = typeof by === "number" ? countText(by, "row") : `one ${by}`;
    throw new AppError("usage", `The current data span more than ${MOST_WINDOWS.toLocaleString("en-US")} windows of ${length}.`, {
      remedy: "Choose longer windows, or a shorter time.",
    });
  }
}

/** "2026-11-02 to 2026-11-08" for a week, "2026-11-02 13:00 to 2026-11-03 07:30" for some rows. */
export function windowLabel(start: number, end: number, by: WindowLength): string {
  return typeof by === "number" ? `${minute(start)} to ${minute(end - 1)}` : periodLabel(start, end, by);
}

/** The window that holds a time; null where there is none. @param windows those by rows that there are. */
export function windowAt<W extends { readonly from: number; readonly to: number }>(
  time: number,
  by: WindowLength,
  windows: readonly W[],
): { readonly from: number; readonly to: number } | null {
  if (typeof by === "number") {
    return windows.find(({ from, to }) => time >= from && time < to) ?? null;
  }
  const period = periodOf(time, by);
  return period === null ? null : { from: period.start, to: period.end };
}

function minute(time: number): string {
  const iso = new Date(time).toISOString();
  const at = iso.indexOf("T");
  return `${iso.slice(0, at)} ${iso.slice(at + 1, at + 6)}`;
}
