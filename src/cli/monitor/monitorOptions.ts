import { webhookUrl } from "../../adapters/node/postWebhook";
import { AppError } from "../../core/base/appError";
import { isDate } from "../../core/config/dates";
import { PERIODS } from "../../core/drift/chunks/periods";
import type { WindowLength } from "../../core/drift/chunks/windowLength";
import type { DriftMode } from "../../core/drift/driftReport";
import type { ReadingWish } from "../../core/monitoring/readingOf";
import { didYouMean } from "../closestWord";
import type { OptionValues } from "../command";
import { readMode, readReading, readTypes } from "../drift/driftOptions";
import { printable } from "../printable";

export const FORMATS = ["text", "json", "markdown", "junit"] as const;
export type MonitorFormat = (typeof FORMATS)[number];

const DAY_MS = 86_400_000;

/** What `--window` says, as far as it can be told without knowing when the last check was. */
export type WindowOption =
  | { readonly kind: "newest"; readonly by: WindowLength | null }
  | { readonly kind: "all" }
  | { readonly kind: "at"; readonly time: number }
  | { readonly kind: "span"; readonly from: number; readonly to: number };

export interface MonitorRequest {
  readonly format: MonitorFormat;
  readonly all: boolean;
  readonly due: boolean;
  readonly keep: boolean;
  readonly missed: boolean;
  readonly window: WindowOption;
  /** Null: as each product says. */
  readonly mode: DriftMode | null;
  readonly read: ReadingWish;
  readonly webhook: URL | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** @throws AppError `usage` for a value that makes no sense, and for options that exclude each other. */
export function readMonitorRequest(options: OptionValues, env: Readonly<Record<string, string | undefined>>, now: number): MonitorRequest {
  const request = {
    format: readFormat(options),
    all: options.has("all"),
    due: options.has("due"),
    keep: !options.has("no-write"),
    missed: options.has("missed"),
    window: readWindow(options.text("window")),
    mode: readMode(options),
    read: readWish(options),
    webhook: readWebhook(options.text("webhook") ?? env["MLOPS_WEBHOOK_URL"]),
    now: readToday(options.text("today")) ?? now,
  };
  if (request.all && options.args.length > 0) {
    throw usage("--all and a PRODUCT exclude each other.", "Name products, or check all of them.");
  }
  if (request.missed && request.window.kind !== "newest") {
    throw usage("--missed and this --window exclude each other.", "--missed goes with hour, day, week, month or 5000rows.");
  }
  return request;
}

/** What `--format` or one of its short forms says; text without one. */
export function readFormat(options: OptionValues): MonitorFormat {
  const written = options.text("format");
  if (written !== undefined && !FORMATS.some((one) => one === written)) {
    const hint = didYouMean(written, FORMATS);
    throw usage(`There is no format "${printable(written.slice(0, 100))}".${hint}`, `Choose one of ${FORMATS.join(", ")}.`);
  }
  const asked = new Set<MonitorFormat>();
  for (const name of ["json", "markdown", "junit"] as const) {
    if (options.has(name)) {
      asked.add(name);
    }
  }
  for (const one of FORMATS) {
    if (one === written) {
      asked.add(one);
    }
  }
  if (asked.size > 1) {
    throw usage(`The formats ${[...asked].join(" and ")} exclude each other.`, "Choose one.");
  }
  return [...asked][0] ?? "text";
}

function readWindow(text: string | undefined): WindowOption {
  const remedy = "Write hour, day, week, month, 5000rows, a day such as 2026-11-02, a time from 2026-11-02..2026-11-09, or all.";
  const wrong = (): AppError => usage(`--window does not take "${printable((text ?? "").slice(0, 100))}".`, remedy);
  if (text === undefined) {
    return { kind: "newest", by: null };
  }
  if (text === "all") {
    return { kind: "all" };
  }
  const rows = /^([1-9]\d{0,8}) ?rows$/.exec(text)?.[1];
  const by = rows === undefined ? PERIODS.find((period) => period === text) : Number(rows);
  if (by !== undefined) {
    return { kind: "newest", by };
  }
  const [first = "", second, ...more] = text.split("..");
  const from = readTime(first);
  if (from === null || more.length > 0) {
    throw wrong();
  }
  if (second === undefined) {
    return { kind: "at", time: from };
  }
  const to = readTime(second);
  // A day counts to its end, as people mean it.
  const end = to === null ? null : isDate(second) ? to + DAY_MS : to;
  if (end === null || end <= from) {
    throw wrong();
  }
  return { kind: "span", from, to: end };
}

/** A day, or a day with a time in UTC. */
function readTime(text: string): number | null {
  const [day = "", clock] = text.split(/[T ]/);
  if (!isDate(day)) {
    return null;
  }
  if (clock === undefined) {
    return Date.parse(`${day}T00:00:00Z`);
  }
  const time = /^\d{2}:\d{2}(?::\d{2})?Z?$/.test(clock) ? Date.parse(`${day}T${clock.replace("Z", "")}Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** How tables are read, what is left out and what columns are: for both sides of every product that is checked. */
function readWish(options: OptionValues): ReadingWish {
  const words = readReading(options);
  return { reference: words, live: words, ignore: options.all("ignore"), types: readTypes(options) };
}

/** Never from a file of the repository: whoever writes those must not choose who hears of them. */
function readWebhook(text: string | undefined): URL | null {
  return text === undefined || text.trim() === "" ? null : webhookUrl(text);
}

/** Noon, so that it is that day nearly everywhere; milliseconds since 1970. */
export function readToday(text: string | undefined): number | null {
  if (text === undefined) {
    return null;
  }
  if (!isDate(text)) {
    throw usage("--today takes a day as YYYY-MM-DD.", "For example --today 2026-11-30.");
  }
  return Date.parse(`${text}T12:00:00Z`);
}

function usage(message: string, remedy: string): AppError {
  return new AppError("usage", message, { remedy });
}
