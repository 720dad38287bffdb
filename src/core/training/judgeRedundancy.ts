import type { CancelSignal } from "../base/cancel";
import { oneLine } from "../base/oneLine";
import type { InstancePrice } from "../cost/price";
import { reasonOf } from "../lint/workspace/reasonOf";
import type { CommitState } from "../monitoring/monitoringCheck";
import { MLFLOW_TAG, type Run } from "../tracking/run";
import { compareFingerprints } from "./compareFingerprints";
import type { Fingerprint, PastTraining, Redundancy } from "./fingerprint";
import { pythonListText } from "./listText";
import { finishedRuns, type PastRuns, toPast, withFingerprint } from "./pastTrainings";
import { PARTS_TAG, readParts } from "./trainingTags";
import type { ParamValue } from "./trainSpec";
import type { TrainingJob } from "./trainingJob";

export interface RedundancyFacts {
  readonly fingerprint: Fingerprint;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Null where the product has no store of runs yet. */
  readonly runs: () => Promise<PastRuns | null>;
  /** Trainings that were started here, the newest first. */
  readonly jobs: readonly TrainingJob[];
  readonly commit: CommitState | null;
  readonly price: InstancePrice | null;
}

/** Runs that are looked at for what changed since. */
const LOOKED_BACK = 50;

/**
 * Whether a training would only repeat an earlier one. Equal is what has the same fingerprint; runs that nobody here started are judged by
 * what MLflow knows of them, and only from a clean commit.
 */
export async function judgeRedundancy(facts: RedundancyFacts, signal: CancelSignal): Promise<Redundancy> {
  try {
    return await byRuns(facts, await facts.runs(), signal);
  } catch (error) {
    signal.throwIfAborted();
    // A store that is away takes nothing from what our own journal knows.
    return byJob(facts, null) ?? { kind: "cannot_tell", why: `Earlier runs cannot be read: ${reasonOf(error)}.`, past: null };
  }
}

async function byRuns(facts: RedundancyFacts, runs: PastRuns | null, signal: CancelSignal): Promise<Redundancy> {
  const { fingerprint, price } = facts;
  const newest = runs === null ? [] : await finishedRuns(runs, null, LOOKED_BACK, signal);
  const past = (run: Run): PastTraining => toPast(run, runs?.storeId ?? "", price);
  if (fingerprint.value === null) {
    return { kind: "cannot_tell", why: fingerprint.unknown.join(" "), past: newest[0] === undefined ? null : past(newest[0]) };
  }
  const [equal] = runs === null ? [] : await finishedRuns(runs, withFingerprint(fingerprint.value), 1, signal);
  if (equal !== undefined) {
    return { kind: "redundant", past: past(equal), because: `${sameThings(fingerprint)} are the same, byte by byte.` };
  }
  const job = byJob(facts, runs);
  if (job !== null) {
    return job;
  }
  const [compared] = newest.flatMap((run) => {
    const parts = readParts(run.tags.get(PARTS_TAG));
    return parts === null ? [] : [{ run, parts }];
  });
  if (compared !== undefined) {
    const { run, parts } = compared;
    const values = { before: Object.fromEntries(run.params), now: facts.params };
    return { kind: "changed", past: past(run), changes: compareFingerprints(parts, fingerprint, values) };
  }
  return newest[0] === undefined ? { kind: "first" } : byTracker(newest[0], past(newest[0]), facts);
}

/** A job that trained exactly this. Where its runs could be read and are none of the store's any more, somebody deleted them: it does not count. */
function byJob({ fingerprint, jobs }: RedundancyFacts, runs: PastRuns | null): Redundancy | null {
  const job = jobs.find(
    (one) =>
      fingerprint.value !== null &&
      one.fingerprint === fingerprint.value &&
      one.status.state === "succeeded" &&
      (runs === null || (one.outcome?.runs ?? []).length === 0),
  );
  return job === undefined
    ? null
    : {
        kind: "redundant",
        past: pastOfJob(job),
        because: `${sameThings(fingerprint)} are those of the job ${job.id}.`,
      };
}

/** A run that nobody here started: what MLflow wrote down of it is all there is. */
function byTracker(run: Run, past: PastTraining, { commit, params, fingerprint }: RedundancyFacts): Redundancy {
  const cannotTell = (why: string): Redundancy => ({ kind: "cannot_tell", why, past });
  const name = oneLine(run.name);
  const source = run.tags.get(MLFLOW_TAG.gitCommit);
  if (source === undefined) {
    return cannotTell(`The last run, ${name}, does not say from which commit it was made.`);
  }
  if (commit === null) {
    return cannotTell("This folder is in no repository, or git cannot be asked, so its code cannot be compared with the last run's.");
  }
  if (commit.dirty) {
    return cannotTell("Files were changed since the last commit, so the commit does not tell what would be trained.");
  }
  const changes = [
    ...(source === commit.commit
      ? []
      : [
          {
            ...{ kind: "code" as const, name: "commit", change: "changed" as const },
            text: `the commit: ${source.slice(0, 7)} → ${commit.commit.slice(0, 7)}`,
          },
        ]),
    ...Object.entries(params).flatMap(([key, value]) => {
      const before = run.params.get(key);
      return before === undefined || before === String(value) || Number(before) === value || pythonListText(before) === value
        ? []
        : [{ kind: "param" as const, name: key, change: "changed" as const, text: `${key}: ${before} → ${String(value)}` }];
    }),
  ];
  if (changes.length > 0) {
    return { kind: "changed", past, changes };
  }
  if (Object.keys(params).some((key) => !run.params.has(key))) {
    return cannotTell(`The last run, ${name}, has the same commit, but does not say all its parameters.`);
  }
  // At the same clean commit DVC's files name the same data, and the data here were seen to match them.
  return fingerprint.parts.every(({ kind, from }) => kind !== "data" || from === "dvc")
    ? { kind: "redundant", past, because: "As far as MLflow and DVC tell: the same commit, parameters and data." }
    : cannotTell(`The last run, ${name}, has the same commit and parameters; whether its data were these files, MLflow does not tell.`);
}

function pastOfJob({ id, status, outcome }: TrainingJob): PastTraining {
  const { startedAt, endedAt } = status;
  const [run] = outcome?.runs ?? [];
  return {
    jobId: id,
    run: run === undefined ? null : { storeId: run.storeId, experimentId: run.experimentId, runId: run.runId, name: run.name },
    endedAt,
    durationMs: startedAt === null || endedAt === null ? null : endedAt - startedAt,
    kpis: Object.fromEntries((outcome?.kpis ?? []).flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]))),
    cost: outcome?.cost ?? null,
    commit: null,
    params: {},
  };
}

function sameThings({ parts }: Fingerprint): string {
  return parts.some(({ kind }) => kind === "environment")
    ? "Data, code, parameters and the file of the environment"
    : "Data, code and parameters";
}
