import { isAppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { allExperiments } from "../tracking/listExperiments";
import { costFactsOf } from "../tracking/costFacts";
import type { Run } from "../tracking/run";
import type { Store } from "../tracking/store";
import type { CostedRun } from "./costedRun";
import { readGpuUse } from "./readGpuUse";
import type { ReadCosts, ReadCostsOptions } from "./readCostedRuns";
import { toCostedRun } from "./toCostedRun";
import { withParents } from "./withParents";

/** With more changed runs than this, reading all again is no slower. */
export const MOST_REFRESHED_RUNS = 500;

/**
 * The same as `readCostedRuns` where only these runs changed, and no experiment and no model: a training that logs something each moment then
 * costs a look at its own runs.
 */
export async function refreshCostedRuns(
  store: Store,
  before: ReadCosts,
  runIds: readonly string[],
  { storeId, gpuBelow, measured }: ReadCostsOptions,
  signal: CancelSignal,
): Promise<ReadCosts> {
  const experiments = new Map((await allExperiments(store, signal)).map((one) => [one.experimentId, one]));
  const known = new Map(before.runs.map((run) => [run.runId, run]));
  const fresh: CostedRun[] = [];
  for (const runId of runIds) {
    signal.throwIfAborted();
    measured.delete(runId);
    const run = await runOrNull(store, runId, signal);
    const experiment = experiments.get(run?.experimentId ?? "");
    if (run !== null && experiment !== undefined) {
      const facts = costFactsOf(run);
      const isDeleted = facts.isDeleted || experiment.lifecycleStage === "deleted";
      const use =
        isDeleted || facts.gpuMetrics.length === 0 ? null : ((await readGpuUse(store, [facts], gpuBelow, signal)).get(runId) ?? null);
      if (use !== null && run.endTime !== null && run.status !== "RUNNING") {
        measured.set(runId, use);
      }
      const surroundings = { storeId, experiment: experiment.name, model: known.get(runId)?.model ?? null };
      fresh.push({ ...toCostedRun(facts, surroundings), isDeleted, gpus: use });
    }
  }
  const changed = new Set(runIds);
  return { ...before, runs: withParents([...fresh, ...before.runs.filter(({ runId }) => !changed.has(runId))]) };
}

/** Null where it was removed meanwhile. */
async function runOrNull(store: Store, runId: string, signal: CancelSignal): Promise<Run | null> {
  try {
    return await store.getRun(runId, signal);
  } catch (error) {
    if (isAppError(error, "run/not-found")) {
      return null;
    }
    throw error;
  }
}
