import type { CancelSignal } from "../base/cancel";
import { costOf, type InstancePrice } from "../cost/price";
import { activeExperiments } from "../tracking/listExperiments";
import { MLFLOW_TAG, type Run } from "../tracking/run";
import type { Store } from "../tracking/store";
import type { PastTraining } from "./fingerprint";
import { FINGERPRINT_TAG, JOB_TAG } from "./trainingTags";

/** Where the runs of a product are. */
export interface PastRuns {
  readonly store: Store;
  readonly storeId: string;
  /** Experiments that hold them; empty where the store has none of that name. */
  readonly experimentIds: readonly string[];
}

/** Finished runs at the top level, the newest first. @param filter in MLflow's language, beside that they are finished. */
export async function finishedRuns(
  { store, experimentIds }: PastRuns,
  filter: string | null,
  limit: number,
  signal: CancelSignal,
): Promise<readonly Run[]> {
  if (experimentIds.length === 0) {
    return [];
  }
  const page = await store.searchRuns(
    {
      experimentIds,
      lifecycle: "active",
      filter: `attributes.status = 'FINISHED'${filter === null ? "" : ` and ${filter}`}`,
      nesting: { kind: "roots" },
      pageSize: limit,
    },
    signal,
  );
  return page.items;
}

/** The experiments of a name, or all but MLflow's own "Default" where the product names none. */
export async function experimentsNamed(store: Store, name: string | null, signal: CancelSignal): Promise<readonly string[]> {
  const found = await activeExperiments(store, signal);
  const wanted = found.filter((one) => (name === null ? one.name !== "Default" : one.name === name));
  return (name === null && wanted.length === 0 ? found : wanted).map(({ experimentId }) => experimentId);
}

export function toPast(run: Run, storeId: string, price: InstancePrice | null): PastTraining {
  const durationMs = run.startTime === null || run.endTime === null ? null : Math.max(0, run.endTime - run.startTime);
  return {
    jobId: run.tags.get(JOB_TAG) ?? null,
    run: { storeId, experimentId: run.experimentId, runId: run.runId, name: run.name },
    endedAt: run.endTime,
    durationMs,
    kpis: Object.fromEntries([...run.metrics].flatMap(([name, { value }]) => (Number.isFinite(value) ? [[name, value] as const] : []))),
    cost: durationMs === null || price === null ? null : costOf(durationMs, price),
    commit: run.tags.get(MLFLOW_TAG.gitCommit) ?? null,
    params: Object.fromEntries(run.params),
  };
}

/** For a filter: a value that is the fingerprint of a training, which holds no quotes. */
export function withFingerprint(value: string): string {
  return `tags.\`${FINGERPRINT_TAG}\` = '${value}'`;
}
