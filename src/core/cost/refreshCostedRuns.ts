import { isAppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { activeExperiments } from "../tracking/activeExperiments";
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
  const names = new Map((await activeExperiments(store, signal)).map(({ experimentId, name }) => [experimentId, name]));
  const known = new Map(before.runs.map((run) => [run.runId, run]));
  const fresh: CostedRun[] = [];
  for (const runId of runIds) {
    signal.throwIfAborted();
    measured.delete(runId);
    const run = await runOrNull(store, runId, signal);
    const experiment = names.get(run?.experimentId ?? "");
    if (run?.lifecycleStage === "active" && experiment !== undefined) {
      const facts = costFactsOf(run);
      const use = facts.gpuMetrics.length === 0 ? null : ((await readGpuUse(store, [facts], gpuBelow, signal)).get(runId) ?? null);
      if (use !== null && run.endTime !== null && run.status !== "RUNNING") {
        measured.set(runId, use);
      }
      fresh.push({ ...toCostedRun(facts, { storeId, experiment, model: known.get(runId)?.model ?? null }), gpus: use });
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
