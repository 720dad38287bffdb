import { windowAt, windowLabel, type WindowLength } from "../drift/chunks/windowLength";
import type { MonitoringWindow } from "./monitoringResult";

/** More windows at once are no check but a history, which the drift page shows. */
export const MOST_MISSED = 52;

/** Which part of the live data is judged. */
export type WindowChoice =
  /** The last one that is over. */
  | { readonly kind: "newest" }
  /** The last one that is over, and those before it that ended after `since` (milliseconds since 1970). */
  | { readonly kind: "missed"; readonly since: number }
  | { readonly kind: "all" }
  /** The one that holds this time. */
  | { readonly kind: "at"; readonly time: number }
  | { readonly kind: "span"; readonly from: number; readonly to: number };

/** A window of live data that has rows. */
export interface WindowRows {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

export interface ChosenWindows {
  /** Oldest first; empty where nothing can be judged, and `problems` then says why. */
  readonly windows: readonly MonitoringWindow[];
  readonly problems: readonly string[];
}

/**
 * Chooses what to judge. A window that is not over is judged only when it is asked for, because half a week is another mix of people
 * than a week; rows of the future are none that anybody has seen.
 * @param rows windows that have rows, oldest first.
 */
export function chooseWindows(
  choice: WindowChoice,
  { column, by, rows }: { readonly column: string; readonly by: WindowLength; readonly rows: readonly WindowRows[] },
  now: number,
): ChosenWindows {
  const window = (from: number, to: number, isPeriod = true): MonitoringWindow => ({
    from,
    to,
    column,
    by: isPeriod && typeof by !== "number" ? by : null,
    complete: to <= now,
  });
  switch (choice.kind) {
    case "all":
      return { windows: [{ from: null, to: null, column, by: null, complete: true }], problems: [] };
    case "span":
      return { windows: [window(choice.from, choice.to, false)], problems: [] };
    case "at": {
      const found = windowAt(choice.time, by, rows);
      return found === null
        ? { windows: [], problems: [typeof by === "number" ? "No window of the live data holds this time." : "No calendar has this time."] }
        : { windows: [window(found.from, found.to)], problems: [] };
    }
    case "newest":
    case "missed": {
      const over = rows.filter(({ to }) => to <= now);
      const last = over.at(-1);
      if (last === undefined) {
        const why =
          rows.length === 0
            ? `no row of the live data has a time in "${column}"`
            : `the first ${typeof by === "number" ? "window" : by} of the live data is not over yet`;
        return { windows: [], problems: [`Nothing is judged: ${why}.`] };
      }
      const missed = choice.kind === "missed" ? over.filter(({ to }) => to > choice.since && to < last.to).slice(1 - MOST_MISSED) : [];
      const late = lateness(last, by, now);
      return { windows: [...missed, last].map(({ from, to }) => window(from, to)), problems: [...futureProblem(rows, by, now), ...late] };
    }
  }
}

function futureProblem(rows: readonly WindowRows[], by: WindowLength, now: number): readonly string[] {
  const ahead = rows.filter(({ from }) => from > now);
  const count = ahead.reduce((sum, one) => sum + one.rows, 0);
  const first = ahead[0];
  return first === undefined
    ? []
    : [
        `${count} row${count === 1 ? " lies" : "s lie"} in the future, from ${windowLabel(first.from, first.to, by)} on; they are left out.`,
      ];
}

/** Whoever looks at old data over and over sees nothing new. */
function lateness({ from, to }: WindowRows, by: WindowLength, now: number): readonly string[] {
  const length = to - from;
  return now - to < 2 * length
    ? []
    : [`The live data ends with ${windowLabel(from, to, by)}; nothing has come for ${sayDays((now - to) / 86_400_000)}.`];
}

function sayDays(days: number): string {
  const count = days < 2 ? Math.floor(days * 24) : Math.floor(days);
  const unit = days < 2 ? "hour" : "day";
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
