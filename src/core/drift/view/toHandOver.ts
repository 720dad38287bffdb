import type { MonitoringResult, MonitoringSide } from "../../monitoring/monitoringResult";
import { retrainReason, type RetrainReason } from "../../monitoring/retrainReason";
import type { DriftReport, SideSummary } from "../driftReport";

/** Why a model is trained anew, with the data that tell it. Field names are a promise to scripts. */
export interface RetrainHandOver extends Omit<RetrainReason, "product" | "config"> {
  /** Null for two files that somebody compared. */
  readonly product: string | null;
  readonly config: string | null;
  readonly commit: string | null;
  /** Null where a check could not read that side. */
  readonly reference: HandOverSide | null;
  readonly live: HandOverSide | null;
}

interface HandOverSide {
  readonly files: readonly { readonly path: string; readonly sha256: string | null }[];
  readonly rows: number;
}

/**
 * @param columns that somebody chose; all that warn or fail where none are.
 * @param kpis that missed their targets.
 */
export function toHandOver(facts: {
  readonly report: DriftReport;
  readonly columns: readonly string[];
  readonly kpis: readonly string[];
  readonly product: string | null;
  readonly config: string | null;
  readonly commit: string | null;
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
}): RetrainHandOver {
  const { report, columns, kpis, product, config, commit, checkedAt } = facts;
  const { window } = report.current;
  const drifted = report.columns.filter(({ status }) => status === "fail" || status === "warn").map(({ name }) => name);
  return {
    ...{ product, config, commit, kpis, checkedAt },
    why: report.dataset.verdict,
    window: window === null ? null : { ...window, by: null, complete: true },
    columns: columns.length > 0 ? columns : drifted,
    reference: toSide(report.reference),
    live: toSide(report.current),
  };
}

/** The same facts from the result of a check; null where it gives no reason. */
export function resultHandOver(result: MonitoringResult): RetrainHandOver | null {
  const reason = retrainReason(result);
  const { commit, reference, live } = result;
  return reason === null
    ? null
    : { ...reason, commit, reference: reference === null ? null : resultSide(reference), live: live === null ? null : resultSide(live) };
}

function resultSide({ files, rows }: MonitoringSide): HandOverSide {
  return { files: files.map(({ path, sha256 }) => ({ path, sha256 })), rows };
}

function toSide({ files, rows }: SideSummary): HandOverSide {
  return { files: files.map(({ path, sha256 }) => ({ path, sha256 })), rows };
}
