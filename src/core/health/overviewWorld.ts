import type { CancelSignal } from "../base/cancel";
import type { Pacer } from "../base/steps";
import type { RegulationCalendar } from "../config/regulationCalendar";
import type { DeploymentJournal } from "../deployment/deploymentJournal";
import type { LintPorts } from "../lint/workspace/lintPorts";
import type { ResultFiles } from "../monitoring/resultStore";
import type { StoreOpener } from "../tracking/store";
import type { StoreLocation } from "../tracking/storeLocation";
import type { JobJournal } from "../training/jobJournal";

/** What an overview reads of one folder of the workspace; nothing of it is written. */
export interface OverviewWorld extends LintPorts {
  readonly calendar: RegulationCalendar;
  readonly results: Pick<ResultFiles, "names" | "readText">;
  readonly jobs: Pick<JobJournal, "list" | "plan">;
  readonly deployments: Pick<DeploymentJournal, "history">;
  readonly stores: StoreOpener;
  /**
   * Where a store is that a product names. @param uri as `tracking.uri` has it, relative to `folder`; null for the store that the folder holds.
   * @returns null where there is none yet. @throws AppError where what is named is not there, or is of a kind that cannot be read.
   */
  readonly locate: (folder: string, uri: string | null) => StoreLocation | null;
  /** Stores whose models are listed beside those that products name. */
  readonly knownStores: (signal: CancelSignal) => Promise<readonly StoreLocation[]>;
  /** How people call a store. */
  readonly storeLabel: (location: StoreLocation) => string;
  /** Under which git would write a commit; null where it knows none, or may not be asked. */
  readonly userEmail: (signal: CancelSignal) => Promise<string | null>;
  /** Does work within so many milliseconds. @param what subject of the sentence. @throws AppError `store/timeout`. */
  readonly within: <T>(ms: number, what: string, signal: CancelSignal, work: (limited: CancelSignal) => Promise<T>) => Promise<T>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** YYYY-MM-DD, where the user is. */
  readonly today: () => string;
  /** In which months begin, e.g. "Europe/Berlin". */
  readonly timeZone: string;
  /** Lets others have the thread between products. */
  readonly pacer: Pacer;
  readonly forget: (path?: string) => void;
  /** What git and the stores know may have changed. */
  readonly forgetFacts: () => void;
  readonly dispose: () => void;
}
