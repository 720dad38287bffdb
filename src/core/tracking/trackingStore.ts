import type { CancelSignal } from "../base/cancel";
import type { Disposable } from "../base/disposable";
import type { ArtifactEntry, ArtifactHash, ArtifactOwner } from "./artifact";
import type { CostFacts } from "./costFacts";
import type { Experiment } from "./experiment";
import type { Page, PageRequest } from "./page";
import type { MetricHistory, Run } from "./run";

export type LifecycleFilter = "active" | "deleted" | "all";

export interface ExperimentQuery extends PageRequest {
  readonly lifecycle: LifecycleFilter;
}

/** Restricts a search to one level of nested runs. */
export type NestingFilter = { readonly kind: "roots" } | { readonly kind: "childrenOf"; readonly runId: string };

export interface RunQuery extends PageRequest {
  readonly experimentIds: readonly string[];
  readonly lifecycle: LifecycleFilter;
  /** MLflow's filter language, e.g. `metrics.auc > 0.9 and params.lr = '0.1'`. Throws `filter/invalid` when it is not. */
  readonly filter?: string;
  /** MLflow's order language, e.g. `metrics.auc DESC`. Default: newest first; ties by run id. Missing values and NaN come last. */
  readonly orderBy?: readonly string[];
  /** "roots" also yields a run whose parent is not in the same experiments, so that no run is lost. */
  readonly nesting?: NestingFilter;
}

export interface RunPage extends Page<Run> {
  /**
   * How many children the listed runs have, by run id; a run that is absent has none. Only where the query asked for a level
   * of nested runs, because counting reads every run's parent; null otherwise and where the store cannot tell.
   */
  readonly childCounts: ReadonlyMap<string, number> | null;
}

/** What changed since the last look. "all" where the store cannot tell more precisely. */
export interface StoreChange {
  readonly experiments: "all" | readonly string[];
  readonly runs: "all" | readonly string[];
  readonly models: "all" | readonly string[];
}

export const NO_CHANGE: StoreChange = { experiments: [], runs: [], models: [] };

export interface StoreDescription {
  /** For people: "MLflow 3.17.2 server", "MLflow database (schema of 3.x)", "MLflow folder". */
  readonly label: string;
  /** Sentences that a user should know: opened as a snapshot, file store in maintenance mode, … */
  readonly notes: readonly string[];
  /** The store's own web page where it has one, for "Open in MLflow". */
  readonly webUrl: string | null;
}

/**
 * A place that holds experiments and runs. All calls are read-only, throw `AppError` with a sentence for the user, and
 * stop with the signal's reason when aborted. An unknown id throws `run/not-found`; an unknown metric key is no error.
 */
export interface TrackingStore extends Disposable {
  describe(signal: CancelSignal): Promise<StoreDescription>;
  searchExperiments(query: ExperimentQuery, signal: CancelSignal): Promise<Page<Experiment>>;
  searchRuns(query: RunQuery, signal: CancelSignal): Promise<RunPage>;
  /**
   * What cost needs of all runs of experiments, deleted ones included, in pages, the newest first: much faster than `searchRuns`, and less. Absent or null
   * where `searchRuns` is the only way.
   */
  costFacts?(experimentIds: readonly string[], signal: CancelSignal): AsyncIterable<readonly CostFacts[]> | null;
  getRun(runId: string, signal: CancelSignal): Promise<Run>;
  /** Curves of one metric for many runs, each thinned to at most `maxPoints` while minima, maxima and gaps survive. Runs without the metric are absent. */
  getMetricHistories(
    runIds: readonly string[],
    key: string,
    options: { readonly maxPoints: number },
    signal: CancelSignal,
  ): Promise<ReadonlyMap<string, MetricHistory>>;
  /** One level of the owner's artifact folder; `path` "" is its root. Directories first, then by name. */
  listArtifacts(owner: ArtifactOwner, path: string, signal: CancelSignal): Promise<readonly ArtifactEntry[]>;
  /** Throws `artifact/too-large` above `maxBytes`, `artifact/outside-root` for a path that leaves the owner's folder. */
  readArtifact(owner: ArtifactOwner, path: string, options: { readonly maxBytes: number }, signal: CancelSignal): Promise<Uint8Array>;
  /**
   * Hashes a file of any size, which is read in pieces and never kept. Absent where files come whole only.
   * @param onRead told how many bytes of the file were read so far; fewer than before where it had to be begun anew.
   */
  hashArtifact?(owner: ArtifactOwner, path: string, onRead: (bytes: number) => void, signal: CancelSignal): Promise<ArtifactHash>;
  /** Looks cheaply whether something changed since the previous call. The first call answers NO_CHANGE. */
  checkForChanges(signal: CancelSignal): Promise<StoreChange>;
}
