import type { DriftStatus } from "../drift/driftReport";
import type { MonitoringDrift, MonitoringKpi, MonitoringResult, MonitoringSide, MonitoringWindow } from "./monitoringResult";

type Raw = Readonly<Record<string, unknown>>;

const STATUSES: readonly string[] = ["ok", "warn", "fail", "unjudged"] satisfies readonly DriftStatus[];
/** A result has some kilobytes. */
const LONGEST = 5_000_000;
/** The last time that a Date can hold. */
const LAST = 8.64e15;

/**
 * Reads a result that some version of this tool wrote. Fields that it does not know are kept; parts that are damaged read as absent.
 * @throws Error with a sentence when the text is no result at all.
 */
export function readResult(text: string): MonitoringResult {
  if (text.length > LONGEST) {
    throw new Error("It is larger than any result of a check.");
  }
  const raw = parse(text);
  const { version, product, status, checked_at: checkedAt } = raw;
  if (typeof version !== "number" || typeof product !== "string" || !isTime(checkedAt) || !isStatus(status)) {
    throw new Error("It is no result of a check: product, status or time are missing.");
  }
  if (version !== 1) {
    throw new Error(`It was written in version ${version} of the format, which this version of the tool does not know.`);
  }
  return {
    ...raw,
    version,
    product,
    status,
    checked_at: checkedAt,
    config: textOr(raw["config"], ""),
    config_sha256: textOr(raw["config_sha256"], ""),
    tool: textOr(raw["tool"], ""),
    commit: typeof raw["commit"] === "string" ? raw["commit"] : null,
    dirty: typeof raw["dirty"] === "boolean" ? raw["dirty"] : null,
    verdict: textOr(raw["verdict"], ""),
    window: windowOf(raw["window"]),
    reference: sideOf(raw["reference"]),
    live: sideOf(raw["live"]),
    drift: driftOf(raw["drift"]),
    kpis: records(raw["kpis"]).flatMap(kpiOf),
    problems: (Array.isArray(raw["problems"]) ? (raw["problems"] as readonly unknown[]) : []).filter((one) => typeof one === "string"),
    ...(raw["started_by"] === undefined ? {} : { started_by: starterOf(raw["started_by"]) }),
  };
}

function parse(text: string): Raw {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new Error("It is no JSON; it may have been cut off, or two versions were merged.");
  }
  if (!isRaw(value)) {
    throw new Error("It is no result of a check.");
  }
  return value;
}

function starterOf(value: unknown): MonitoringResult["started_by"] {
  return value === "person" || value === "automation" ? value : null;
}

function windowOf(value: unknown): MonitoringWindow | null {
  if (!isRaw(value)) {
    return null;
  }
  const { from, to, column, by, complete } = value;
  return {
    ...value,
    from: isTime(from) ? from : null,
    to: isTime(to) ? to : null,
    column: typeof column === "string" ? column : null,
    by: by === "hour" || by === "day" || by === "week" || by === "month" ? by : null,
    complete: complete !== false,
  };
}

function sideOf(value: unknown): MonitoringSide | null {
  if (!isRaw(value) || typeof value["path"] !== "string") {
    return null;
  }
  const files = records(value["files"]).flatMap((file) => {
    const { path, bytes, sha256 } = file;
    return typeof path === "string" ? [{ ...file, path, bytes: count(bytes), sha256: typeof sha256 === "string" ? sha256 : null }] : [];
  });
  return {
    ...value,
    path: value["path"],
    files,
    rows: count(value["rows"]),
    total_rows: count(value["total_rows"]),
    sampled: value["sampled"] === true,
  };
}

function driftOf(value: unknown): MonitoringDrift | null {
  if (!isRaw(value) || !isStatus(value["status"])) {
    return null;
  }
  return {
    ...value,
    status: value["status"],
    mode: value["mode"] === "evidently" ? "evidently" : "own",
    drifted_columns: count(value["drifted_columns"]),
    tested_columns: count(value["tested_columns"]),
    share: numberOrNull(value["share"]),
    threshold: numberOrNull(value["threshold"]) ?? 0,
    columns: records(value["columns"]).flatMap(columnOf),
  };
}

function columnOf(value: Raw): MonitoringDrift["columns"] {
  const { name, status, type, method } = value;
  if (typeof name !== "string" || !isStatus(status)) {
    return [];
  }
  const missing = isRaw(value["missing"]) ? value["missing"] : {};
  return [
    {
      ...value,
      name,
      status,
      type: type === "num" || type === "text" ? type : "cat",
      // A method of a later version is shown by its name.
      method: typeof method === "string" ? (method as MonitoringDrift["columns"][number]["method"]) : null,
      score: numberOrNull(value["score"]),
      threshold: numberOrNull(value["threshold"]),
      fail_threshold: numberOrNull(value["fail_threshold"]),
      missing: { reference: count(missing["reference"]), current: count(missing["current"]) },
      new_categories: count(value["new_categories"]),
      lost_categories: count(value["lost_categories"]),
      verdict: textOr(value["verdict"], ""),
    },
  ];
}

function kpiOf(value: Raw): readonly MonitoringKpi[] {
  const { name, status } = value;
  if (typeof name !== "string" || !isStatus(status)) {
    return [];
  }
  return [
    {
      ...value,
      name,
      status,
      value: numberOrNull(value["value"]),
      target: textOrNull(value["target"]),
      warn: textOrNull(value["warn"]),
      verdict: textOr(value["verdict"], ""),
      by: textOrNull(value["by"]),
      group: textOrNull(value["group"]),
      rows: numberOrNull(value["rows"]),
      kind: value["kind"] === "estimated" ? "estimated" : "measured",
      source: textOr(value["source"], ""),
      window: windowOf(value["window"]),
    },
  ];
}

function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function records(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isRaw) : [];
}

function isStatus(value: unknown): value is DriftStatus {
  return typeof value === "string" && STATUSES.includes(value);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= LAST;
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : 0;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
