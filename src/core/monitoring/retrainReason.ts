import type { MonitoringResult, MonitoringWindow } from "./monitoringResult";

/** Why a model is trained anew, as it is handed over to whatever trains it. */
export interface RetrainReason {
  readonly product: string;
  readonly config: string;
  /** One sentence. */
  readonly why: string;
  /** Of the live data that drifted; null for all rows. */
  readonly window: MonitoringWindow | null;
  /** Columns that drifted, the worst first. */
  readonly columns: readonly string[];
  /** KPIs that missed their targets. */
  readonly kpis: readonly string[];
  readonly checkedAt: number;
}

/** Null for a result that gives no reason: nothing drifted, and no KPI missed its target. */
export function retrainReason({
  product,
  config,
  status,
  verdict,
  window,
  drift,
  kpis,
  checked_at: checkedAt,
}: MonitoringResult): RetrainReason | null {
  const drifted = (drift?.columns ?? []).filter((column) => column.status === "fail" || column.status === "warn");
  const columns = [...drifted].sort((a, b) => Number(b.status === "fail") - Number(a.status === "fail")).map(({ name }) => name);
  const failed = kpis.filter((kpi) => kpi.status === "fail").map(({ name, group }) => (group === null ? name : `${name} (${group})`));
  return status === "ok" || (columns.length === 0 && failed.length === 0)
    ? null
    : { product, config, why: verdict, window, columns, kpis: failed, checkedAt };
}
