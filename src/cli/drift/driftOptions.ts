import { resolve } from "node:path";
import { AppError } from "../../core/base/appError";
import { PERIODS } from "../../core/drift/chunks/periods";
import { UNIVARIATE_METHODS } from "../../core/drift/chunks/univariateMethods";
import type { DriftMethodId } from "../../core/drift/driftMethod";
import type { DriftLimits, DriftMode, DriftSettings } from "../../core/drift/driftReport";
import type { ChunkWish, DriftRequest } from "../../core/drift/driftService";
import { DRIFT_METHODS } from "../../core/drift/methods";
import type { DriftType } from "../../core/drift/sample";
import type { TableSource } from "../../core/tabular/tableReader";
import { type ReadingWords, separatorOf, tableReading } from "../../core/tabular/tableReading";
import { didYouMean } from "../closestWord";
import type { DriftReading } from "./readDriftConfig";
import type { OptionValues } from "../command";
import { printable } from "../printable";

const FORMATS = ["text", "json", "csv", "markdown", "html", "junit"] as const;
export type DriftFormat = (typeof FORMATS)[number];

const MODES: readonly DriftMode[] = ["own", "evidently"];
const TYPES: readonly DriftType[] = ["num", "cat", "text"];
const DAY_OR_TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** @throws AppError `usage` for a value that is none of those that there are. */
export function readFormat(options: OptionValues): DriftFormat {
  const text = options.text("format");
  if (options.has("json") && text !== undefined && text !== "json") {
    throw new AppError("usage", `--json and --format ${printable(text.slice(0, 100))} exclude each other.`, {
      remedy: "Give one of them.",
    });
  }
  return text === undefined ? (options.has("json") ? "json" : "text") : oneOf("format", text, FORMATS);
}

/** Null where nothing says it. */
export function readMode(options: OptionValues): DriftMode | null {
  const text = options.text("mode");
  // As an mlops.yaml calls it.
  return text === undefined ? null : text === "default" ? "own" : oneOf("mode", text, MODES);
}

/** How the options say that text files are read, on both sides. @throws AppError `usage`. */
export function readReading(options: OptionValues): ReadingWords {
  const separator = options.text("separator");
  const missing = options.all("missing");
  return {
    separator: separator === undefined ? undefined : readSeparator(separator),
    encoding: options.text("encoding"),
    missing: missing.length === 0 ? undefined : missing,
  };
}

/** What the options say, on top of what the mode or an mlops.yaml say. */
export function readSettings(options: OptionValues, base: DriftSettings): DriftSettings {
  const minRows = readCount(options, "min-rows", 1) ?? base.minRows;
  const only = options.all("column");
  const limits = readLimits(options);
  return {
    ...base,
    ...(limits === null ? {} : { limits, columns: {} }),
    datasetShare: readNumber(options, "dataset-share", 1) ?? base.datasetShare,
    only: only.length === 0 ? null : [...new Set(only)],
    ignore: [...new Set([...base.ignore, ...options.all("ignore")])],
    types: { ...base.types, ...readTypes(options) },
    minRows,
    minRowsForScore: Math.min(base.minRowsForScore, minRows),
    allMethods: options.has("all-methods"),
  };
}

/** Whoever names a method or a limit here overrules the file, column by column as well. */
function readLimits(options: OptionValues): DriftLimits | null {
  const word = options.text("method");
  const threshold = readNumber(options, "threshold", Infinity);
  if (word === undefined && threshold === undefined) {
    return null;
  }
  const names = DRIFT_METHODS.map(({ id }) => id);
  const method: DriftMethodId | null = word === undefined ? null : oneOf("method", word.toLowerCase(), names);
  return { method, warn: threshold ?? null, fail: threshold ?? null, from: "user" };
}

/** @param file how an mlops.yaml says that the tables are read; an option that is given counts in its place. */
export function readRequest(options: OptionValues, cwd: string, file: DriftReading): DriftRequest {
  const where = readPair(options.text("where"), "where");
  const sample = readCount(options, "sample", 1);
  const maxRows = readCount(options, "max-rows", 1);
  const words = readReading(options);
  const shared: Omit<TableSource, "paths"> = {
    ...(where === null ? {} : { where: { column: where.name, equals: where.value === "" ? null : where.value } }),
  };
  return {
    reference: { paths: pathsOf(options, "reference", cwd), ...tableReading(file.reference, words), ...shared },
    current: { paths: pathsOf(options, "current", cwd), ...tableReading(file.current, words), ...shared, window: readWindow(options) },
    labels: { reference: labelOf(options.all("reference")), current: labelOf(options.all("current")) },
    read: {
      maxRows: sample ?? maxRows ?? 5_000_000,
      sampleRows: sample ?? Math.min(1_000_000, maxRows ?? 1_000_000),
      seed: readCount(options, "seed", 0) ?? 1,
    },
    hash: false,
  };
}

function pathsOf(options: OptionValues, name: string, cwd: string): readonly string[] {
  return options.all(name).map((path) => resolve(cwd, path));
}

function labelOf(paths: readonly string[]): string {
  return paths.length <= 2 ? paths.join(" and ") : `${paths[0] ?? ""} and ${paths.length - 1} more`;
}

function readSeparator(text: string): string {
  try {
    return separatorOf(text);
  } catch (error) {
    throw new AppError("usage", "--separator takes one character.", {
      remedy: "For example --separator ';' or --separator tab.",
      cause: error,
    });
  }
}

function readWindow(options: OptionValues): TableSource["window"] {
  const column = options.text("time-column");
  const [from, to] = [readTime(options, "from"), readTime(options, "to")];
  if (column === undefined) {
    if (from !== null || to !== null) {
      throw new AppError("usage", "--from and --to need --time-column COLUMN.", {
        remedy: "Name the column that holds the time of a row.",
      });
    }
    return undefined;
  }
  if (from !== null && to !== null && from >= to) {
    throw new AppError("usage", "--from must be before --to.", { remedy: "Swap them." });
  }
  return from === null && to === null ? undefined : { column, from, to };
}

function readTime(options: OptionValues, name: string): number | null {
  const text = options.text(name);
  if (text === undefined) {
    return null;
  }
  const isDay = text.length === 10;
  const zoned = isDay || /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`;
  const time = DAY_OR_TIME.test(text) ? Date.parse(zoned.replace(" ", "T")) : Number.NaN;
  // Date.parse takes 31 February for a day in March.
  if (Number.isNaN(time) || (isDay && new Date(time).toISOString().slice(0, 10) !== text)) {
    throw new AppError("usage", `--${name} takes a day or a time.`, {
      remedy: `For example --${name} 2026-11-02 or --${name} 2026-11-02T13:00.`,
    });
  }
  return time;
}

/** @throws AppError `usage` for a pair that is none. */
export function readTypes(options: OptionValues): Readonly<Record<string, DriftType>> {
  const pairs = options.all("type").map((text) => {
    // A name may hold "=", a type does not.
    const at = text.lastIndexOf("=");
    if (at < 1) {
      throw new AppError("usage", "--type takes COLUMN=TYPE.", { remedy: "For example --type zip=cat." });
    }
    return [text.slice(0, at), oneOf("type", text.slice(at + 1), TYPES)] as const;
  });
  return Object.fromEntries(pairs);
}

/** How both tables are followed over parts of their rows; null where nobody asks for it. @throws AppError `usage`. */
export function readChunks(options: OptionValues, format: DriftFormat): ChunkWish | null {
  const text = options.text("chunks");
  const method = options.text("chunk-method");
  if (text === undefined) {
    if (method !== undefined) {
      throw new AppError("usage", "--chunk-method needs --chunks LENGTH.", { remedy: "For example --chunks week or --chunks 1000." });
    }
    return null;
  }
  if (format !== "text" && format !== "json") {
    throw new AppError("usage", `--chunks is written as text or JSON, not as ${format}.`, { remedy: "Leave --format out, or add --json." });
  }
  const column = options.text("time-column") ?? null;
  const by = /^\d/.test(text) ? (readCount(options, "chunks", 1) ?? 1) : oneOf("length of chunks", text, PERIODS);
  if (column === null && typeof by !== "number") {
    throw new AppError("usage", `--chunks ${by} needs --time-column COLUMN.`, {
      remedy: "Or give a number of rows, such as --chunks 1000.",
    });
  }
  const methods = UNIVARIATE_METHODS.map(({ id }) => id);
  return { by, column, method: method === undefined ? "jensen_shannon" : oneOf("chunk-method", method, methods) };
}

function readPair(text: string | undefined, option: string): { readonly name: string; readonly value: string } | null {
  if (text === undefined) {
    return null;
  }
  const at = text.indexOf("=");
  if (at < 1) {
    throw new AppError("usage", `--${option} takes COLUMN=VALUE.`, { remedy: `For example --${option} country=DE.` });
  }
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

function readCount(options: OptionValues, name: string, min: number): number | undefined {
  const text = options.text(name);
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text);
  if (!/^\d{1,12}$/.test(text) || value < min) {
    throw new AppError("usage", `--${name} takes a whole number from ${min} on.`, { remedy: `For example --${name} 1000.` });
  }
  return value;
}

function readNumber(options: OptionValues, name: string, max: number): number | undefined {
  const text = options.text(name);
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text);
  if (!/^\d*\.?\d+(?:e-?\d+)?$/i.test(text) || value > max) {
    const range = max === Infinity ? "from 0 on" : `from 0 to ${max}`;
    throw new AppError("usage", `--${name} takes a number ${range}.`, { remedy: `For example --${name} 0.2.` });
  }
  return value;
}

function oneOf<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) {
    throw new AppError("usage", `There is no ${option} "${printable(text.slice(0, 100))}".${didYouMean(text, choices)}`, {
      remedy: `There are ${choices.join(", ")}.`,
    });
  }
  return found;
}
