import type { Run } from "../../core/tracking/run";

/** The run's page in MLflow's own web interface, or null where the store has none. */
export function runWebPage(webUrl: string | null, run: Pick<Run, "experimentId" | "runId">): string | null {
  return webUrl === null ? null : `${webUrl}/#/experiments/${encodeURIComponent(run.experimentId)}/runs/${encodeURIComponent(run.runId)}`;
}
