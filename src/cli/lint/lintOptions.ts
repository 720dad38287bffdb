import { AppError } from "../../core/base/appError";
import { isDate } from "../../core/config/dates";
import type { LintStage } from "../../core/lint/ruleMeta";
import { DEFAULT_LINT_SETTINGS } from "../../core/lint/lintSettings";
import type { LintOptions } from "../../core/lint/workspace/fileLint";
import { didYouMean } from "../closestWord";
import type { OptionValues } from "../command";
import { printable } from "../printable";

export const FORMATS = ["stylish", "json", "sarif", "junit", "github"] as const;
export type LintFormat = (typeof FORMATS)[number];

const STAGES: readonly LintStage[] = ["development", "staging", "production"];

export interface LintRequest {
  readonly lint: LintOptions;
  readonly format: LintFormat;
  readonly action: "report" | "fix" | "diff";
  /** Infinity where any number is fine. */
  readonly maxWarnings: number;
  readonly baseline: { readonly file: string; readonly isUpdated: boolean } | null;
}

/** @throws AppError `usage` for a value that makes no sense, and for options that exclude each other. */
export function readLintRequest(options: OptionValues, now: number): LintRequest {
  const action = readAction(options);
  const stage = options.text("stage");
  if (stage !== undefined && !isStage(stage)) {
    throw new AppError("usage", `There is no stage "${printable(stage.slice(0, 100))}".${didYouMean(stage, STAGES)}`, {
      remedy: `The stages are ${STAGES.join(", ")}.`,
    });
  }
  return {
    lint: { settings: DEFAULT_LINT_SETTINGS, today: readToday(options, now), ...(stage === undefined ? {} : { stage }) },
    format: readFormat(options),
    action,
    maxWarnings: readMaxWarnings(options),
    baseline: readBaselineOption(options, action),
  };
}

function readAction(options: OptionValues): LintRequest["action"] {
  exclude(options, "fix", "diff");
  for (const other of ["format", "json", "max-warnings"]) {
    exclude(options, "diff", other);
  }
  return options.has("fix") ? "fix" : options.has("diff") ? "diff" : "report";
}

function exclude(options: OptionValues, one: string, other: string): void {
  if (options.has(one) && options.has(other)) {
    throw new AppError("usage", `--${one} and --${other} exclude each other.`, { remedy: "Give one of them." });
  }
}

function readFormat(options: OptionValues): LintFormat {
  const text = options.text("format");
  if (text === undefined) {
    return options.has("json") ? "json" : "stylish";
  }
  const format = FORMATS.find((one) => one === text);
  if (format === undefined) {
    throw new AppError("usage", `There is no format "${printable(text.slice(0, 100))}".${didYouMean(text, FORMATS)}`, {
      remedy: `The formats are ${FORMATS.join(", ")}.`,
    });
  }
  if (options.has("json") && format !== "json") {
    throw new AppError("usage", `--json and --format ${format} exclude each other.`, { remedy: "Give one of them." });
  }
  return format;
}

/** The day that `--today` says, else the one of this machine, YYYY-MM-DD. @throws AppError `usage`. */
export function readToday(options: OptionValues, now: number): string {
  const text = options.text("today");
  if (text === undefined) {
    const local = new Date(now);
    const pad = (value: number, length: number): string => String(value).padStart(length, "0");
    return `${pad(local.getFullYear(), 4)}-${pad(local.getMonth() + 1, 2)}-${pad(local.getDate(), 2)}`;
  }
  if (!isDate(text)) {
    throw new AppError("usage", "--today takes a day as YYYY-MM-DD.", { remedy: "For example --today 2027-12-02." });
  }
  return text;
}

function readMaxWarnings(options: OptionValues): number {
  const text = options.text("max-warnings");
  if (text === undefined) {
    return Infinity;
  }
  if (!/^\d{1,9}$/.test(text)) {
    throw new AppError("usage", "--max-warnings takes a whole number from 0 on.", { remedy: "For example --max-warnings 0." });
  }
  return Number(text);
}

function readBaselineOption(options: OptionValues, action: LintRequest["action"]): LintRequest["baseline"] {
  const file = options.text("baseline");
  const isUpdated = options.has("update-baseline");
  if (isUpdated && file === undefined) {
    throw new AppError("usage", "--update-baseline needs --baseline FILE.", { remedy: "Name the file to be written." });
  }
  if (isUpdated && action === "diff") {
    exclude(options, "diff", "update-baseline");
  }
  return file === undefined ? null : { file, isUpdated };
}

function isStage(text: string): text is LintStage {
  return STAGES.some((stage) => stage === text);
}
