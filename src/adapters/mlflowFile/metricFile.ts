import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";

import type { Metric, MetricPoint } from "../../core/tracking/run";

/** Bytes read at a time: a curve may be far larger than what should be held as one text. */
const CHUNK = 4 * 1024 * 1024;

/** Time, value and step. */
const FIELDS = 3;

/** What a metric's file holds, as far as a list of runs shows it. */
export interface MetricSummary {
  /** Null where no line can be read. */
  readonly latest: Metric | null;
  readonly badLines: number;
}

/** The latest value of a metric file and how many of its lines could not be read. */
export function readMetricSummary(path: string): MetricSummary {
  let latest: MetricPoint | null = null;
  const reader = new LineReader((point) => {
    if (latest === null || comparePoints(point, latest) > 0) {
      latest = point;
    }
  });
  reader.read(readFileSync(path, "utf8"));
  return { latest, badLines: reader.badLines };
}

/**
 * All points of a metric file in order of (step, timestamp, value). Equal lines count once: MLflow 3 writes a run's first
 * line twice when a model is logged.
 * @param rest called between chunks of a large file.
 */
export async function readMetricPoints(path: string, rest: () => Promise<void>): Promise<readonly MetricPoint[]> {
  const points: MetricPoint[] = [];
  const reader = new LineReader((point) => points.push(point));
  const file = openOrNull(path);
  if (file === null) {
    return points;
  }
  try {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, fstatSync(file).size + 1));
    let carried = "";
    for (;;) {
      const size = readSync(file, buffer);
      // Lines of MLflow are ASCII but for dataset names, which are not read, so that a character cut in two does no harm.
      const text = carried + buffer.toString("utf8", 0, size);
      const end = size === 0 ? text.length : text.lastIndexOf("\n") + 1;
      reader.read(text.slice(0, end));
      carried = text.slice(end);
      if (size === 0) {
        break;
      }
      await rest();
    }
  } finally {
    closeSync(file);
  }
  points.sort(comparePoints);
  return points.filter((point, index) => index === 0 || comparePoints(point, points[index - 1] ?? point) !== 0);
}

/** Null for a file that has gone since its folder was listed, or that may not be read. */
function openOrNull(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch {
    return null;
  }
}

/**
 * Reads lines `timestamp value [step [more]]`. What follows the step (a dataset's name and digest, the run id of a logged
 * model's metric) is not read. A last line without its newline is still being written: it counts only when it has as many
 * fields as the line before it, or as MLflow writes.
 */
class LineReader {
  badLines = 0;
  private fieldsBefore = 0;

  constructor(private readonly onPoint: (point: MetricPoint) => void) {}

  read(text: string): void {
    let start = 0;
    while (start < text.length) {
      const newline = text.indexOf("\n", start);
      const isWhole = newline !== -1;
      const line = text.slice(start, isWhole ? newline : text.length).trim();
      start = isWhole ? newline + 1 : text.length;
      if (line === "") {
        continue;
      }
      const fields = line.split(" ");
      const point = toPoint(fields);
      if (point === null) {
        this.badLines += isWhole ? 1 : 0;
      } else if (isWhole || fields.length === (this.fieldsBefore || FIELDS)) {
        this.onPoint(point);
      }
      this.fieldsBefore = fields.length;
    }
  }
}

function toPoint(fields: readonly string[]): MetricPoint | null {
  const [time, number, stepText] = fields;
  if (time === undefined || number === undefined) {
    return null;
  }
  const timestamp = toInteger(time);
  const value = toFloat(number);
  const step = stepText === undefined ? 0 : toInteger(stepText);
  return timestamp === null || value === null || step === null ? null : { timestamp, value, step };
}

function toInteger(text: string): number | null {
  const value = text === "" ? NaN : Number(text);
  return Number.isFinite(value) ? Math.trunc(value) : null;
}

/** As Python's `float` reads what Python's `str` wrote. */
function toFloat(text: string): number | null {
  const value = text === "" ? NaN : Number(text);
  if (!Number.isNaN(value)) {
    return value;
  }
  switch (text.toLowerCase().replace(/^\+/, "")) {
    case "nan":
    case "-nan":
      return NaN;
    case "inf":
    case "infinity":
      return Infinity;
    case "-inf":
    case "-infinity":
      return -Infinity;
    default:
      return null;
  }
}

/** By step, then time, then value; NaN behind all numbers. */
function comparePoints(a: MetricPoint, b: MetricPoint): number {
  if (a.step !== b.step) {
    return a.step - b.step;
  }
  if (a.timestamp !== b.timestamp) {
    return a.timestamp - b.timestamp;
  }
  if (Number.isNaN(a.value) || Number.isNaN(b.value)) {
    return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
  }
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}
