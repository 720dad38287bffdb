import type { CancelSignal } from "../base/cancel";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import type { CommitState } from "../monitoring/monitoringCheck";
import type { Store } from "../tracking/store";
import type { ContentHashes } from "./contentHashes";
import { judgeRedundancy } from "./judgeRedundancy";
import { makeFingerprint } from "./makeFingerprint";
import { experimentsNamed, finishedRuns, type PastRuns, toPast } from "./pastTrainings";
import type { RetrainPlannerPorts } from "./retrainPlannerPorts";
import type { TrainingJob } from "./trainingJob";
import { trainingTags } from "./trainingTags";
import type { TrainSpec } from "./trainSpec";

/** The world as fingerprints and the guard against needless trainings need it. */
export interface GuardWorld {
  readonly files: Pick<WorkspaceFiles, "list">;
  readonly hashes: ContentHashes;
  /** Of a path of the workspace. */
  readonly toAbsolute: (path: string) => string;
  /** In hex, of a text as UTF-8. */
  readonly sha256: (text: string) => string;
  /** The store that the product's runs go to; null where there is none yet. Whoever opens it also disposes of it. */
  readonly store: (spec: TrainSpec, signal: CancelSignal) => Promise<{ readonly store: Store; readonly storeId: string } | null>;
  /** Jobs of a product's file, the newest first. */
  readonly jobs: (config: string, signal: CancelSignal) => Promise<readonly TrainingJob[]>;
  /** Null where there is no repository, or git cannot be asked. */
  readonly commit: (config: string, signal: CancelSignal) => Promise<CommitState | null>;
}

/** Runs among which those of another engine are passed over. */
const LOOKED_THROUGH = 50;

/** What a planner asks of fingerprints, the guard and past trainings. */
export function guardPorts(world: GuardWorld): Pick<RetrainPlannerPorts, "fingerprint" | "redundancy" | "pastTrainings" | "trainingTags"> {
  const runsOf = async (spec: TrainSpec, signal: CancelSignal): Promise<PastRuns | null> => {
    const opened = await world.store(spec, signal);
    return opened === null ? null : { ...opened, experimentIds: await experimentsNamed(opened.store, spec.tracking.experiment, signal) };
  };
  return {
    fingerprint: async (spec, product, params, onProgress, signal) => {
      const { files, hashes, toAbsolute, sha256 } = world;
      return makeFingerprint({ spec, product, params, files, hashes, toAbsolute, sha256 }, onProgress, signal);
    },
    redundancy: async (spec, _product, params, fingerprint, price, signal) =>
      judgeRedundancy(
        {
          fingerprint,
          params,
          runs: () => runsOf(spec, signal),
          jobs: await world.jobs(spec.config, signal),
          commit: await world.commit(spec.config, signal),
          price,
        },
        signal,
      ),
    pastTrainings: async (spec, _product, limit, signal) => {
      const runs = await runsOf(spec, signal);
      if (runs === null) {
        return [];
      }
      const engines = new Map((await world.jobs(spec.config, signal)).map(({ id, engine }) => [id, engine]));
      const past = (await finishedRuns(runs, null, LOOKED_THROUGH, signal)).map((run) => toPast(run, runs.storeId, null));
      // A run that nobody here started does not say where it ran, and counts.
      return past.filter(({ jobId }) => (engines.get(jobId ?? "") ?? spec.engine) === spec.engine).slice(0, limit);
    },
    trainingTags,
  };
}
