import Papa from "papaparse";

import { parseTimeText, timeOfNumber } from "../tabular/parseTime";

/** Figures that somebody else computed, at a moment or without one. */
export interface MetricsPoint {
  /** Milliseconds since 1970 (UTC); null where the file says none. */
  readonly time: number | null;
  /** By name; names of nested groups are joined with ".". */
  readonly metrics: ReadonlyMap<string, number>;
}

export interface MetricsFile {
  /** Oldest first, those without a time last. */
  readonly points: readonly MetricsPoint[];
  /** What was passed over, a sentence each. */
  readonly notes: readonly string[];
}

/** Names of the entry that holds the time. */
const TIMES = ["time", "timestamp", "date", "datetime", "day", "week", "month", "window", "ts", "step_time"];
const MOST_POINTS = 100_000;
const DEEPEST = 5;

/**
 * Reads a file of metrics: JSON `{name: value}`, nested or not, a list of such objects with a date, time or timestamp, the same as JSON Lines, or CSV with such a
 * column. A list of `{metric: "f1", value: 0.8}` is read as well.
 * @param format By the file's ending; JSON is recognised by its first character anyway.
 * @returns A sentence where the text is none of them.
 */
export function readMetricsFile(text: string, format: "json" | "csv" | "auto" = "auto"): MetricsFile | string {
  const body = text.replace(/^\uFEFF/, "").trim();
  if (body === "") {
    return "The metrics file is empty.";
  }
  const isJson = body.startsWith("{") || body.startsWith("[");
  const records = isJson || format === "json" ? jsonRecords(body) : csvRecords(body);
  if (typeof records === "string") {
    return records;
  }
  const notes = records.length > MOST_POINTS ? [`Only the first ${MOST_POINTS} of ${records.length} entries were read.`] : [];
  const { points, passed } = toPoints(records.slice(0, MOST_POINTS));
  if (points.length === 0) {
    return "The metrics file holds no number.";
  }
  return {
    points,
    notes:
      passed === 0
        ? notes
        : [
            ...notes,
            `${passed} ${passed === 1 ? "entry has" : "entries have"} no number or a time that cannot be read, and ${passed === 1 ? "is" : "are"} passed over.`,
          ],
  };
}

/** A metric's figures over time, by its name without regard to case; points without it are left out. */
export function metricOverTime({ points }: MetricsFile, name: string): { readonly time: number | null; readonly value: number }[] {
  const wanted = name.trim().toLowerCase();
  return points.flatMap(({ time, metrics }) => {
    for (const [key, value] of metrics) {
      if (key.toLowerCase() === wanted) {
        return [{ time, value }];
      }
    }
    return [];
  });
}

type Entry = Readonly<Record<string, unknown>>;

function jsonRecords(text: string): readonly Entry[] | string {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isEntry) : isEntry(value) ? [value] : "The metrics file holds neither an object nor a list.";
  } catch (error) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    try {
      // One object a line; a single line is JSON that failed already.
      return lines.length > 1 ? lines.map((line): unknown => JSON.parse(line)).filter(isEntry) : broken(error);
    } catch {
      return broken(error);
    }
  }
}

function broken(error: unknown): string {
  return `The metrics file is no valid JSON: ${error instanceof Error ? error.message : String(error)}.`;
}

function csvRecords(text: string): readonly Entry[] | string {
  const [head = [], ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: "greedy" }).data;
  if (head.length < 2 || rows.length === 0) {
    return "The metrics file is neither JSON nor CSV with a column for the time and columns of metrics.";
  }
  // Of two columns with one name the first counts; the library would rename the others, and say so on the console.
  const columns = head.map((name, index) => [name, index] as const).filter(([name, index]) => head.indexOf(name) === index);
  return rows.map((row) => Object.fromEntries(columns.map(([name, index]) => [name, row[index]])));
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toPoints(records: readonly Entry[]): { readonly points: MetricsPoint[]; readonly passed: number } {
  const byTime = new Map<number | null, Map<string, number>>();
  let passed = 0;
  for (const record of records) {
    const time = timeOf(record);
    const metrics = time === undefined ? new Map<string, number>() : metricsOf(record);
    if (time === undefined || metrics.size === 0) {
      passed++;
      continue;
    }
    // Entries of the same moment, such as one for each metric, are one point.
    const known = byTime.get(time) ?? new Map<string, number>();
    metrics.forEach((value, name) => known.set(name, value));
    byTime.set(time, known);
  }
  const points = [...byTime].map(([time, metrics]): MetricsPoint => ({ time, metrics }));
  return { points: points.sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity) || 0), passed };
}

/** Null without a time, undefined for one that cannot be read. */
function timeOf(record: Entry): number | null | undefined {
  const key = timeKey(record);
  const written = key === undefined ? undefined : record[key];
  if (written === undefined || written === null || written === "") {
    return null;
  }
  const time = readTime(written);
  return Number.isFinite(time) ? time : undefined;
}

function readTime(written: unknown): number {
  if (typeof written === "number") {
    return timeOfNumber(written);
  }
  if (typeof written !== "string") {
    return NaN;
  }
  const text = written.trim();
  if (/^\d{9,19}(?:\.\d{1,9})?$/.test(text)) {
    return timeOfNumber(Number(text));
  }
  return parseTimeText(/^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text);
}

function timeKey(record: Entry): string | undefined {
  const keys = Object.keys(record);
  return TIMES.map((name) => keys.find((key) => key.toLowerCase() === name)).find((key) => key !== undefined);
}

function metricsOf(record: Entry): Map<string, number> {
  const metrics = new Map<string, number>();
  const named = ["metric", "name", "key"].map((key) => record[key]).find((name) => typeof name === "string");
  const value = numberOf(record["value"]);
  if (typeof named === "string" && value !== null) {
    return metrics.set(named, value);
  }
  collect(record, "", metrics, timeKey(record), 0);
  return metrics;
}

function collect(entry: Entry, prefix: string, into: Map<string, number>, skipped: string | undefined, depth: number): void {
  for (const [key, value] of Object.entries(entry)) {
    if (key === skipped) {
      continue;
    }
    const number = numberOf(value);
    if (number !== null) {
      into.set(prefix + key, number);
    } else if (isEntry(value) && depth < DEEPEST) {
      collect(value, `${prefix}${key}.`, into, undefined, depth + 1);
    }
  }
}

/** A finite number, or a text that is one: "0.91", "91 %". */
function numberOf(value: unknown): number | null {
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : null;
  }
  const found =
    typeof value === "string" ? /^([+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,3})?) ?(%?)$/i.exec(value.trim()) : null;
  const number = found === null ? NaN : Number(found[1]) / (found[2] === "%" ? 100 : 1);
  return Number.isFinite(number) ? number : null;
}
