import type { LintSettings } from "../lintSettings";
import type { LintResult } from "../runLint";
import type { LintStage } from "../ruleMeta";
import type { LintTarget } from "./lintTarget";

export interface LintOptions {
  readonly settings: LintSettings;
  /** In place of the stage that each file has. */
  readonly stage?: LintStage;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** What lint says of one file. */
export interface FileLint extends LintTarget, LintResult {
  /** The text that was judged; ranges are offsets in it. */
  readonly text: string;
}
