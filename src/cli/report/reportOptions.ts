import { AppError } from "../../core/base/appError";
import type { ReportAudience } from "../../core/governance/report/complianceReport";
import type { ReportFormat } from "../../core/governance/report/writeReport";
import { didYouMean } from "../closestWord";
import type { OptionValues } from "../command";
import { readToday } from "../lint/lintOptions";
import { printable } from "../printable";

const FORMATS: readonly ReportFormat[] = ["markdown", "html", "json", "modelcard", "cyclonedx"];

export const EXTENSIONS: Readonly<Record<ReportFormat, string>> = {
  markdown: "md",
  html: "html",
  json: "json",
  modelcard: "modelcard.md",
  cyclonedx: "cdx.json",
};

export interface ReportRequest {
  readonly format: ReportFormat;
  readonly audience: ReportAudience;
  /** All models on one page. */
  readonly all: boolean;
  /** Keep it in `.mlops/reports`. */
  readonly write: boolean;
  readonly version: string | null;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** @param now milliseconds since 1970. @throws AppError `usage`. */
export function readReportRequest(options: OptionValues, now: number): ReportRequest {
  const request: ReportRequest = {
    format: readFormat(options),
    audience: options.has("external") ? "external" : "internal",
    all: options.has("all"),
    write: options.has("write"),
    version: options.text("version") ?? null,
    today: readToday(options, now),
  };
  if (options.has("internal") && options.has("external")) {
    throw usage("--internal and --external exclude each other.", "Choose who reads the report.");
  }
  if (!request.all && options.args.length === 0) {
    throw usage("mlops report needs PRODUCT, or --all.", "Run mlops report --help to see an example.");
  }
  if (!request.all && options.args.length > 1) {
    throw usage("A report is about one product.", "Name one, or use --all for all of them on one page.");
  }
  if (request.all && (request.format === "modelcard" || request.format === "cyclonedx")) {
    throw usage(`--all has no format ${request.format}: it describes one model.`, "Choose markdown, html or json.");
  }
  if (request.all && (request.version !== null || request.write)) {
    throw usage(`--all and --${request.write ? "write" : "version"} exclude each other.`, "Name one product.");
  }
  return request;
}

function readFormat(options: OptionValues): ReportFormat {
  const written = options.text("format");
  const found = FORMATS.find((one) => one === written);
  if (written !== undefined && found === undefined) {
    const hint = didYouMean(written, FORMATS);
    throw usage(`There is no format "${printable(written.slice(0, 100))}".${hint}`, `Choose one of ${FORMATS.join(", ")}.`);
  }
  if (options.has("json") && found !== undefined && found !== "json") {
    throw usage(`The formats ${found} and json exclude each other.`, "Choose one.");
  }
  return found ?? (options.has("json") ? "json" : "markdown");
}

function usage(message: string, remedy: string): AppError {
  return new AppError("usage", message, { remedy });
}
