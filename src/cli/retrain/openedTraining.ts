import type { Disposable } from "../../core/base/disposable";
import type { CancelSignal } from "../../core/base/cancel";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import type { JobJournal } from "../../core/training/jobJournal";
import type { NeedFacts } from "../../core/training/need/judgeNeed";
import type { RetrainPlan } from "../../core/training/retrainPlan";
import type { RetrainPlanning, TrainingJobs } from "../../core/training/training";
import type { CommandContext } from "../command";

/** What trainings of one workspace need. */
export interface OpenedTraining extends Disposable {
  readonly planning: RetrainPlanning;
  readonly jobs: TrainingJobs;
  readonly journal: Pick<JobJournal, "list">;
  /** What `--if-needed` looks at before a plan is made. @param config of the product, in the workspace. */
  readonly needFacts: (config: string, signal: CancelSignal) => Promise<NeedFacts>;
  /** A plan as people read it. */
  readonly planText: (plan: RetrainPlan) => string;
}

/** @param root absolute path of the workspace. */
export type OpenTraining = (root: string, files: WorkspaceFiles, context: CommandContext) => OpenedTraining;
