import { checkData, type DataCheckPorts } from "../dataCheck/checkData";
import { findPolicy } from "../lint/workspace/findPolicy";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import type { ResultStore } from "../monitoring/resultStore";
import { guardPorts, type GuardWorld } from "./guardPorts";
import type { JobJournal } from "./jobJournal";
import { isOver } from "./jobState";
import { planHash } from "./planHash";
import type { RetrainPlan } from "./retrainPlan";
import { RetrainPlanner } from "./retrainPlanner";
import type { RetrainPlannerPorts } from "./retrainPlannerPorts";

/** The world of one workspace, as both the editor and the command line give it. */
export interface PlannerWorld
  extends
    Pick<GuardWorld, "hashes" | "sha256" | "store" | "toAbsolute" | "commit">,
    Pick<RetrainPlannerPorts, "engines" | "now" | "randomId" | "isTrusted"> {
  /** Read anew at each call. */
  readonly files: WorkspaceFiles;
  readonly journal: Pick<JobJournal, "list">;
  readonly dataCheck: DataCheckPorts;
  readonly results: Pick<ResultStore, "latest">;
}

export interface OpenedPlanner {
  readonly planning: RetrainPlanner;
  /** What the hash of a plan should be. */
  readonly hashOf: (plan: RetrainPlan) => string;
}

/** Jobs of a product that are looked through. */
const MOST_JOBS = 200;

/** The planner of a workspace. */
export function openPlanner(world: PlannerWorld): OpenedPlanner {
  const { files, journal, sha256, dataCheck, results } = world;
  const jobs: GuardWorld["jobs"] = async (config, signal) => (await journal.list([config], MOST_JOBS, signal)).jobs;
  const planning = new RetrainPlanner({
    ...world,
    ...guardPorts({ ...world, jobs }),
    dataCheck: (config, file, onProgress, signal) => checkData(config, file, dataCheck, ({ text }) => onProgress(text), signal),
    runningWith: async (config, fingerprint, signal) =>
      (await jobs(config, signal)).find((job) => job.fingerprint === fingerprint && job.phase !== "refused" && !isOver(job.status.state))
        ?.id ?? null,
    lastCheck: async (name, config, signal) => (await results.latest({ name, config }, signal)).latest?.result ?? null,
    policy: (folder, signal) => findPolicy(folder, files, signal),
  });
  return {
    planning,
    hashOf: ({ hash: _, ...plan }) => planHash(plan, sha256),
  };
}
