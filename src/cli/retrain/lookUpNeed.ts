import type { CancelSignal } from "../../core/base/cancel";
import { isAppError } from "../../core/base/appError";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { readProductAt } from "../../core/lint/workspace/readProduct";
import { type MonitoringTracker, type TrackedRun, trackerWish } from "../../core/monitoring/monitoringTracker";
import type { ResultStore } from "../../core/monitoring/resultStore";
import type { JobJournal } from "../../core/training/jobJournal";
import type { NeedFacts } from "../../core/training/need/judgeNeed";

/** Trainings that are looked at: failed ones do not hide the last that ended well. */
const LOOKED_BACK = 200;

export interface NeedPorts {
  readonly files: WorkspaceFiles;
  readonly results: ResultStore;
  readonly journal: Pick<JobJournal, "list">;
  readonly tracker: Pick<MonitoringTracker, "runs">;
  readonly now: () => number;
}

/** What `--if-needed` looks at before a plan is made. */
export async function lookUpNeed(
  config: string,
  { files, results, journal, tracker, now }: NeedPorts,
  signal: CancelSignal,
): Promise<NeedFacts> {
  const product = await readProductAt(config, files, signal);
  const { latest } = await results.latest({ name: product?.name ?? config, config }, signal);
  const { jobs } = await journal.list([config], LOOKED_BACK, signal);
  const wish = product === null ? null : { ...trackerWish(product, config), model: null };
  const newestRun = wish === null ? null : await newest(() => tracker.runs(wish, 1, signal), signal);
  return { trigger: product?.train?.trigger, latest: latest?.result ?? null, jobs, newestRun, now: now() };
}

/** A store that cannot be asked says nothing; the jobs that are kept here still do. */
async function newest(runs: () => Promise<readonly TrackedRun[]>, signal: CancelSignal): Promise<TrackedRun | null> {
  try {
    return (await runs())[0] ?? null;
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) {
      throw error;
    }
    return null;
  }
}
