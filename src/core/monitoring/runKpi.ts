import { resolveKpi } from "../kpi/kpiSpec";
import type { TrackedRun } from "./monitoringTracker";

/** A KPI as a run logged it, by its name or another name of the same measure ("auc" for "roc_auc"); null for a run that has none. */
export function runKpi({ metrics }: TrackedRun, name: string): number | null {
  const wanted = resolveKpi(name);
  const isSame = (key: string): boolean => {
    const spec = wanted?.kind === "measure" ? resolveKpi(key) : null;
    return wanted?.kind === "measure" && spec?.kind === "measure" && spec.id === wanted.id;
  };
  const keys = Object.keys(metrics);
  const key = keys.find((one) => one === name) ?? keys.find(isSame);
  return key === undefined ? null : (metrics[key] ?? null);
}

/** A KPI over the trainings of a model, the oldest first; runs without a start or without the KPI are left out. */
export function runKpiPoints(
  runs: readonly TrackedRun[],
  name: string,
): readonly { readonly time: number; readonly label: string; readonly value: number }[] {
  return runs
    .flatMap((run) => {
      const value = runKpi(run, name);
      return value === null || run.startTime === null ? [] : [{ time: run.startTime, label: run.name, value }];
    })
    .sort((a, b) => a.time - b.time);
}
