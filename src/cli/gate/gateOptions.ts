import { AppError } from "../../core/base/appError";
import { isDate } from "../../core/config/dates";
import { didYouMean } from "../closestWord";
import type { OptionValues } from "../command";
import { localDay } from "../localDay";
import { printable } from "../printable";

const FORMATS = ["text", "json", "sarif", "junit", "markdown"] as const;
export type GateFormat = (typeof FORMATS)[number];

export interface GateRequest {
  readonly product: string;
  /** Null where the product has one only. */
  readonly target: string | null;
  readonly version: string | null;
  readonly isRollback: boolean;
  readonly format: GateFormat;
  readonly isStrict: boolean;
  /** Whether the decision is kept in the gate's log. */
  readonly isKept: boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** @throws AppError `usage` for a value that makes no sense, and for options that exclude each other. */
export function readGateRequest(options: OptionValues, now: number): GateRequest {
  const day = options.text("today");
  if (day !== undefined && !isDate(day)) {
    throw new AppError("usage", "--today takes a day as YYYY-MM-DD.", { remedy: "For example --today 2026-11-30." });
  }
  return {
    product: options.args[0] ?? "",
    target: options.text("target") ?? null,
    version: options.text("version") ?? null,
    isRollback: options.has("rollback"),
    format: readFormat(options),
    isStrict: options.has("strict"),
    isKept: !options.has("no-write"),
    today: day ?? localDay(now),
    // Noon, so that it is that day nearly everywhere.
    now: day === undefined ? now : Date.parse(`${day}T12:00:00Z`),
  };
}

function readFormat(options: OptionValues): GateFormat {
  const written = options.text("format");
  const format = FORMATS.find((one) => one === written);
  if (written !== undefined && format === undefined) {
    throw new AppError("usage", `There is no format "${printable(written.slice(0, 100))}".${didYouMean(written, FORMATS)}`, {
      remedy: `The formats are ${FORMATS.join(", ")}.`,
    });
  }
  if (options.has("json") && format !== undefined && format !== "json") {
    throw new AppError("usage", `--json and --format ${format} exclude each other.`, { remedy: "Give one of them." });
  }
  return format ?? (options.has("json") ? "json" : "text");
}
