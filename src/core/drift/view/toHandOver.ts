import type { MonitoringResult, MonitoringSide, MonitoringWindow } from "../../monitoring/monitoringResult";
import type { DriftReport, DriftStatus, SideSummary } from "../driftReport";

/** What retraining is told of the drift that caused it. Field names are a promise to scripts. */
export interface RetrainHandOver {
  readonly reason: "drift";
  readonly product: string | null;
  /** Path of its mlops.yaml. */
  readonly config: string | null;
  readonly commit: string | null;
  /** Null where a check could not read that side. */
  readonly reference: HandOverSide | null;
  readonly live: HandOverSide | null;
  readonly columns: readonly {
    readonly name: string;
    readonly status: DriftStatus;
    readonly method: string | null;
    readonly score: number | null;
    readonly verdict: string;
  }[];
}

interface HandOverSide {
  readonly files: readonly { readonly path: string; readonly sha256: string | null }[];
  readonly rows: number;
  readonly window: { readonly column: string; readonly from: string | null; readonly to: string | null } | null;
}

/** @param columns that somebody chose; all that warn or fail where none are. */
export function toHandOver(facts: {
  readonly report: DriftReport;
  readonly columns: readonly string[];
  readonly product: string | null;
  readonly config: string | null;
  readonly commit: string | null;
}): RetrainHandOver {
  const { report, columns, product, config, commit } = facts;
  const chosen = report.columns.filter(({ name, status }) =>
    columns.length > 0 ? columns.includes(name) : status === "fail" || status === "warn",
  );
  return {
    reason: "drift",
    product,
    config,
    commit,
    reference: toSide(report.reference),
    live: toSide(report.current),
    columns: chosen.map(({ name, status, result, verdict }) => ({
      name,
      status,
      method: result?.method ?? null,
      score: result?.score ?? null,
      verdict,
    })),
  };
}

/** The same facts from the result of a check. @param config absolute path of the product's file. */
export function resultHandOver({ product, commit, drift, reference, live, window }: MonitoringResult, config: string): RetrainHandOver {
  return {
    reason: "drift",
    product,
    config,
    commit,
    reference: reference === null ? null : resultSide(reference, null),
    live: live === null ? null : resultSide(live, window),
    columns: (drift?.columns ?? [])
      .filter(({ status }) => status === "fail" || status === "warn")
      .map(({ name, status, method, score, verdict }) => ({ name, status, method, score, verdict })),
  };
}

function resultSide({ files, rows }: MonitoringSide, window: MonitoringWindow | null): HandOverSide {
  return {
    files: files.map(({ path, sha256 }) => ({ path, sha256 })),
    rows,
    window: window?.column == null ? null : { column: window.column, from: iso(window.from), to: iso(window.to) },
  };
}

function toSide({ files, rows, window }: SideSummary): HandOverSide {
  return {
    files: files.map(({ path, sha256 }) => ({ path, sha256 })),
    rows,
    window: window === null ? null : { column: window.column, from: iso(window.from), to: iso(window.to) },
  };
}

function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
