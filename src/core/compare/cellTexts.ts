import type { ArrangedCell, ArrangedComparison, ArrangedRow } from "./arrangeComparison";
import { distinctCuts } from "./distinctCuts";
import type { NumberSpread } from "../base/spread";

const MAX_TEXT = 300;
const MAX_HEADING = 80;
const FEWEST_DIGITS = 4;
const ALL_DIGITS = 17;

/** What stands where a row has no value. @param none for all rows but that of prices, which are not known there. */
export function noValueText({ row: { section, key } }: ArrangedRow, none: string): string {
  return section === "summary" && key.startsWith("price (") ? "no price known" : none;
}

/** The cells of a row for people: null where there is no value, and never the same text for different values. */
export function cellTexts({ row, cells }: ArrangedRow): (string | null)[] {
  if (row.kind === "text") {
    const cuts = distinctCuts(
      cells.filter((cell) => typeof cell === "string"),
      MAX_TEXT,
    );
    return cells.map((cell) => (typeof cell === "string" ? withEllipsis(cell, cuts) : null));
  }
  const format = row.kind === "time" ? timeText : row.kind === "duration" ? durationText : numberFormat(cells);
  return cells.map((cell) => {
    if (cell === null || typeof cell === "string") {
      return cell;
    }
    return typeof cell === "number" ? format(cell) : spreadText(cell, format, row.kind === "number" ? spreadNumber : durationText);
  });
}

/** Column headings, different for each column: the run's name, with its id where several have that name. */
export function headingsOf({ comparison, groups }: ArrangedComparison): string[] {
  const names =
    groups === null
      ? comparison.runs.map(({ run }) => (run.name === "" ? run.runId : run.name))
      : groups.map(({ label, runs }) => `${label ?? "(none)"} (${runs.length} run${runs.length === 1 ? "" : "s"})`);
  const counts = countOf(names);
  const withIds = names.map((name, index) => {
    const run = groups === null ? comparison.runs[index] : undefined;
    return (counts.get(name) ?? 0) > 1 && run !== undefined ? `${name} (${run.run.runId})` : name;
  });
  const cuts = distinctCuts(withIds, MAX_HEADING);
  const shown = withIds.map((name) => withEllipsis(name, cuts));
  const shownCounts = countOf(shown);
  // The same run may come from two stores.
  return shown.map((name, index) => ((shownCounts.get(name) ?? 0) > 1 ? `${name} #${index + 1}` : name));
}

function withEllipsis(text: string, cuts: ReadonlyMap<string, string>): string {
  const cut = cuts.get(text);
  return cut === undefined ? text : `${cut}…`;
}

function countOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** As few digits as tell the row's numbers apart. */
function numberFormat(cells: readonly ArrangedCell[]): (value: number) => string {
  const numbers = new Set(
    cells.flatMap((cell) => (typeof cell === "number" ? [cell + 0] : typeof cell === "object" && cell !== null ? [cell.mean] : [])),
  );
  for (let digits = FEWEST_DIGITS; digits < ALL_DIGITS; digits++) {
    const format = (value: number): string => (Number.isInteger(value) ? String(value + 0) : String(Number(value.toPrecision(digits))));
    if (new Set(Array.from(numbers, format)).size === numbers.size) {
      return format;
    }
  }
  return (value) => String(value + 0);
}

function spreadText(
  { mean, spread, count }: NumberSpread,
  format: (value: number) => string,
  formatSpread: (value: number) => string,
): string {
  return `${format(mean)}${spread === null ? "" : ` ± ${formatSpread(spread)}`} (n=${count})`;
}

function spreadNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** In UTC, so that two machines write the same; with milliseconds where there are any. */
function timeText(ms: number): string {
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15
    ? new Date(ms)
        .toISOString()
        .replace("T", " ")
        .replace(/(\.000)?Z$/, " UTC")
    : String(ms);
}

/** "1h 2m 3.25s": nothing is rounded away. */
function durationText(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) {
    return `${ms} ms`;
  }
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = `${Number(((ms % 60_000) / 1000).toFixed(6))}s`;
  return hours > 0 ? `${hours}h ${minutes}m ${seconds}` : minutes > 0 ? `${minutes}m ${seconds}` : seconds;
}
