import type * as vscode from "vscode";

import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { DataCheckReport } from "../../core/dataCheck/dataCheckReport";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import type { JobHistory } from "../../core/training/jobJournal";
import type { RetrainPlan } from "../../core/training/retrainPlan";
import type { PlanProgress, RetrainPlanning, TrainingJobs } from "../../core/training/training";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { StoredCredentials } from "../platform/credentialStore";

/** The end of a file. */
export interface FileTail {
  readonly text: string;
  /** Bytes of the whole file. */
  readonly size: number;
}

/** What trainings of one folder of the workspace need. */
export interface TrainingFolder extends Disposable {
  /** Absolute. */
  readonly root: string;
  readonly files: WorkspaceFiles;
  readonly planning: RetrainPlanning;
  readonly jobs: TrainingJobs;
  /** Jobs of some products. */
  readonly list: (configs: readonly string[], limit: number, signal: CancelSignal) => Promise<JobHistory>;
  /** A plan as Markdown. */
  readonly planText: (plan: RetrainPlan) => string;
  /** Whether this window is the one to tell how a job ended; of all windows one is. */
  readonly isFirstToTell: (job: TrainingJob) => Promise<boolean>;
  /** Keeps a data check as the file that a data sign-off can name. @returns its path in the folder. */
  readonly keepDataCheck: (report: DataCheckReport, signal: CancelSignal) => Promise<string>;
  readonly checkData: (config: string, onProgress: PlanProgress, signal: CancelSignal) => Promise<DataCheckReport>;
  /** Absolute path of the log, where it is kept on this machine. */
  readonly logFile: (job: TrainingJob) => string | null;
}

/** What the composition root hands to trainings. */
export interface TrainingServices extends Disposable {
  /** A folder of the workspace on disk; each is opened once. */
  readonly folderOf: (root: string) => TrainingFolder;
  /** Null where there is no such file. */
  readonly readTail: (path: string, bytes: number) => Promise<FileTail | null>;
  /** Keeps the login for a server in the editor's secret storage, and nowhere else; undefined forgets it. @throws AppError for what is no address. */
  readonly setLogin: (address: string, login: StoredCredentials | undefined) => Promise<void>;
  readonly now: () => number;
  readonly extensionUri: vscode.Uri;
}
