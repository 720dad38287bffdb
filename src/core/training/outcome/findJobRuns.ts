import type { CancelSignal } from "../../base/cancel";
import { activeExperiments } from "../../tracking/listExperiments";
import type { Run } from "../../tracking/run";
import type { Store } from "../../tracking/store";
import { JOB_TAG } from "../trainingTags";
import type { TrainingJob } from "../trainingJob";

const PAGE = 200;
/** A sweep of more runs than that is judged by its newest. */
const MOST_RUNS = 1000;
/** Clocks of a tracker and of an engine may differ by so much. */
const SLACK_MS = 5000;

export interface JobRuns {
  /** The newest first, nested ones as well. */
  readonly runs: readonly Run[];
  readonly notes: readonly string[];
}

/**
 * The runs that a job made: those with its tag, in the product's experiment or else in any. Where a script drops the tag, those of the
 * product's experiment that started while the job ran and that can be nobody else's.
 * @param experiment as the product's file names it; null where it names none.
 */
export async function findJobRuns(store: Store, job: TrainingJob, experiment: string | null, signal: CancelSignal): Promise<JobRuns> {
  const all = await activeExperiments(store, signal);
  const named = experiment === null ? [] : all.filter(({ name }) => name === experiment).map(({ experimentId }) => experimentId);
  const filter = `tags.\`${JOB_TAG}\` = '${job.id}'`;
  for (const ids of [named, all.map(({ experimentId }) => experimentId).filter((id) => !named.includes(id))]) {
    const runs = ids.length === 0 ? [] : await runsOf(store, ids, filter, signal);
    if (runs.length > 0) {
      return { runs, notes: [] };
    }
  }
  const own = all.filter(({ name }) => name !== "Default");
  const only = named.length > 0 ? named : own.length === 1 ? own.map(({ experimentId }) => experimentId) : [];
  return only.length === 0 ? { runs: [], notes: ["No run bears the job's tag."] } : byTime(store, job, only, signal);
}

async function byTime(store: Store, job: TrainingJob, experimentIds: readonly string[], signal: CancelSignal): Promise<JobRuns> {
  const { startedAt, endedAt } = job.status;
  if (startedAt === null || endedAt === null) {
    return { runs: [], notes: ["No run bears the job's tag, and when the job ran is not known."] };
  }
  const from = Math.floor(startedAt - SLACK_MS);
  const to = Math.ceil(endedAt + SLACK_MS);
  const filter = `attributes.start_time >= ${from} and attributes.start_time <= ${to}`;
  const found = await runsOf(store, experimentIds, filter, signal);
  const open = found.filter(({ tags }) => !tags.has(JOB_TAG));
  const people = new Set(open.map(({ userId }) => userId));
  if (open.length === 0) {
    return { runs: [], notes: ["No run bears the job's tag, and none started while the job ran."] };
  }
  if (people.size > 1 || open.length < found.length) {
    return {
      runs: [],
      notes: ["No run bears the job's tag, and runs of others started while the job ran, so that nobody can tell which are the job's."],
    };
  }
  return {
    runs: open,
    notes: [`No run bears the job's tag; ${open.length === 1 ? "the run is" : `${open.length} runs are`} guessed by time.`],
  };
}

/** The newest first. */
async function runsOf(store: Store, experimentIds: readonly string[], filter: string, signal: CancelSignal): Promise<readonly Run[]> {
  const runs: Run[] = [];
  let pageToken: string | null | undefined;
  do {
    signal.throwIfAborted();
    const query = { experimentIds, lifecycle: "active", filter, pageSize: PAGE } as const;
    const page = await store.searchRuns(pageToken == null ? query : { ...query, pageToken }, signal);
    runs.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== null && runs.length < MOST_RUNS);
  return runs;
}

/** The run that speaks for a job: the newest finished one that is no part of another, else the newest of them. */
export function mainRun(runs: readonly Run[]): Run | null {
  const ids = new Set(runs.map(({ runId }) => runId));
  const roots = runs.filter(({ parentRunId }) => parentRunId === null || !ids.has(parentRunId));
  return roots.find(({ status }) => status === "FINISHED") ?? roots[0] ?? null;
}
