import type { MonitoringKpi, MonitoringResult } from "../../../src/core/monitoring/monitoringResult";

export const NOW = Date.UTC(2026, 10, 30, 9, 30);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function result(changes: Partial<MonitoringResult> = {}): MonitoringResult {
  return {
    version: 1,
    product: "churn",
    config: "churn/mlops.yaml",
    config_sha256: "ab",
    checked_at: NOW,
    tool: "mlops 1.2.3",
    commit: null,
    dirty: null,
    status: "ok",
    verdict: "No drift in 3 columns.",
    window: null,
    reference: null,
    live: null,
    drift: null,
    kpis: [],
    problems: [],
    ...changes,
  };
}

export function kpi(changes: Partial<MonitoringKpi> = {}): MonitoringKpi {
  return {
    name: "f1",
    value: 0.7,
    target: ">= 0.80",
    warn: null,
    status: "fail",
    verdict: "f1 is 0.7, and its target is >= 0.80.",
    by: null,
    group: null,
    rows: 500,
    kind: "measured",
    source: "data/live.csv",
    window: null,
    ...changes,
  };
}
