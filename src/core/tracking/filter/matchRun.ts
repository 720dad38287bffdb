import type { Run } from "../run";
import type { OrderTerm, RunFilter } from "./runFilter";

/** Whether a run satisfies a filter, exactly as MLflow's SQL store would decide. */
export function matchesFilter(run: Run, filter: RunFilter): boolean {
  throw new Error(`not yet: ${run.runId} ${filter.length}`);
}

/** Sorts as MLflow does: by the terms, then newest first, then by run id; missing values and NaN last. */
export function runComparator(order: readonly OrderTerm[]): (a: Run, b: Run) => number {
  throw new Error(`not yet: ${order.length}`);
}
