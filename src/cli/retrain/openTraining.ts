import { randomUUID } from "node:crypto";

import { whoAsks } from "../../adapters/git/whoAsks";
import { openMonitoringTracker } from "../../adapters/node/monitoringTracker";
import { openResultFiles } from "../../adapters/node/resultFiles";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { ResultStore } from "../../core/monitoring/resultStore";
import type { StoreOpener } from "../../core/tracking/store";
import type { JobJournal } from "../../core/training/jobJournal";
import { JobService } from "../../core/training/jobService";
import type { RetrainPlan } from "../../core/training/retrainPlan";
import type { RetrainPlanning } from "../../core/training/training";
import type { TrainingEngine } from "../../core/training/trainingEngine";
import type { CommandContext } from "../command";
import { openChosenStore } from "../openChosenStore";
import { readDotEnv } from "../storeChoice";
import { lookUpNeed } from "./lookUpNeed";
import type { OpenedTraining } from "./openedTraining";
import { openOutcomes } from "./openOutcomes";

/** What makes plans and what trains, as far as this process has it. */
export interface TrainingParts {
  readonly journal: JobJournal;
  readonly engines: readonly TrainingEngine[];
  readonly planning: RetrainPlanning;
  readonly hashOf: (plan: RetrainPlan) => string;
  readonly planText: (plan: RetrainPlan) => string;
}

/** Composes trainings of one workspace for the command line: whoever types a command trusts the folder. */
export function openTraining(root: string, files: WorkspaceFiles, context: CommandContext, parts: TrainingParts): OpenedTraining {
  const { host } = context;
  const opener: StoreOpener = {
    // A login goes only to the server that its own environment names; a file of the repository cannot have it sent elsewhere.
    open: async (location, signal) => openChosenStore({ location, uri: "" }, host.env, await readDotEnv(host.cwd), signal),
  };
  const { journal, engines, planning, hashOf, planText } = parts;
  const tracker = openMonitoringTracker(root, opener);
  const results = new ResultStore(openResultFiles(root));
  const jobs = new JobService({
    journal,
    engines: new Map(engines.map((engine) => [engine.id, engine])),
    planning,
    outcomes: openOutcomes(root, files, opener, context),
    hashOf,
    configs: async (signal) => (await files.list(signal)).filter((path) => configKindOf(path) === "product"),
    now: host.now,
    who: (signal) => whoAsks(root, signal),
    isTrusted: () => true,
    newToken: randomUUID,
  });
  return {
    planning,
    jobs,
    journal,
    needFacts: (config, signal) => lookUpNeed(config, { files, results, journal, tracker, now: host.now }, signal),
    planText,
    dispose: () => tracker.dispose(),
  };
}
