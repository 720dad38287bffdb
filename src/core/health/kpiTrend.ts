import { judgeKpi } from "../kpi/judgeKpi";
import { indexed } from "../lint/indexed";
import { runKpi } from "../monitoring/runKpi";
import type { ProductEvidence } from "./evidence";
import type { ProductHealth } from "./productHealth";
import type { RunFact } from "./storeFacts";

/** Trainings that a sparkline shows; more would not be seen. */
const MOST_RUNS = 12;

/**
 * The product's first KPI over time: as checks measured it at work, and where these have fewer than two figures, as its trainings have it.
 * Null where the product names no KPI, or nothing measured it.
 */
export function kpiTrend({ product, checks, runs }: Pick<ProductEvidence, "product" | "checks" | "runs">): ProductHealth["kpi"] {
  const kpi = indexed(product.kpis).find(([, one]) => one.name !== undefined)?.[1];
  const name = kpi?.name;
  if (kpi === undefined || name === undefined) {
    return null;
  }
  const measured = checks.results.flatMap(({ kpis }) => kpis.find((one) => one.name === name && one.group === null) ?? []);
  const atWork = measured.flatMap(({ value }) => (value === null ? [] : [value])).toReversed();
  const trained = atWork.length >= 2 || !runs.known ? [] : ofRuns(runs.value, name);
  const values = trained.length === 0 ? atWork : trained;
  if (values.length === 0) {
    return null;
  }
  const status = measured[0]?.status ?? judgeKpi(values.at(-1) ?? null, { target: kpi.target, warn: kpi.warn }).status;
  return { name, values, status };
}

function ofRuns(runs: readonly RunFact[], name: string): readonly number[] {
  const found: number[] = [];
  for (const { run, metrics } of runs) {
    if (found.length === MOST_RUNS) {
      break;
    }
    const value =
      run.parentRunId === null && run.status === "FINISHED"
        ? runKpi({ runId: run.runId, name: run.name, startTime: run.startedAt, metrics }, name)
        : null;
    found.push(...(value === null ? [] : [value]));
  }
  return found.reverse();
}
