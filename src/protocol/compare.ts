/** What the comparison's page and its host tell each other. Times are milliseconds since 1970. */
import type { CutText, WireNumber } from "./runPage";

export type CompareSectionId = "summary" | "metrics" | "params" | "data" | "environment" | "source" | "tags";

/** A run as a column. `style` picks colour, dash and marker; it stays with the run while the panel is open. */
export interface RunColumn {
  readonly kind: "run";
  readonly storeId: string;
  readonly runId: string;
  readonly name: string;
  readonly store: string;
  readonly experiment: string;
  readonly status: "RUNNING" | "SCHEDULED" | "FINISHED" | "FAILED" | "KILLED" | "UNKNOWN";
  readonly startTime: number | null;
  /** Registered versions made from the run, e.g. "churn v4 @champion". */
  readonly versions: readonly string[];
  readonly style: number;
  /** Why the run is not up to date or gone, or null; its last known values stay. */
  readonly problem: string | null;
}

/** Runs that share a value, taken together. */
export interface GroupColumn {
  readonly kind: "group";
  /** The shared value; null for the runs without one. */
  readonly label: string | null;
  /** Indexes into `CompareView.runs`. */
  readonly runs: readonly number[];
  readonly style: number;
}

export type CompareColumn = RunColumn | GroupColumn;

/** Mean and sample standard deviation over the finite values of a group; null spread for fewer than two. */
export interface Spread {
  readonly mean: WireNumber;
  readonly spread: number | null;
  /** Finite values, of all runs of the group. */
  readonly count: number;
}

/** Null: the column has no value. In "number", "time" and "duration" rows a WireNumber, in a group its spread; else a text. */
export type CompareCell = null | number | string | CutText | Spread;

export type CompareDirection = "up" | "down";

export interface CompareRow {
  readonly section: CompareSectionId;
  /**
   * As stored, cut when very long; unique within its section. `address` finds the whole. In "summary" and "source" a name for the
   * page to translate: status, lifecycle, start, end, duration, user, owner, experiment, store, versions, parent, description;
   * name, type, entryPoint, commit, branch, repository, dirty.
   */
  readonly key: string;
  readonly address: string;
  readonly kind: "number" | "text" | "time" | "duration";
  /** Not all columns have the same value; a missing value is different from any value. */
  readonly differs: boolean;
  /** Different values, a missing one counted as one. */
  readonly distinct: number;
  /** Whether more is better; null for what is no metric. */
  readonly direction: CompareDirection | null;
  readonly directionFrom: "config" | "guess" | "user" | null;
  /** In the order of the columns. */
  readonly cells: readonly CompareCell[];
  /** Columns with the best value; empty where there is no direction, or where fewer than two columns have a finite value. */
  readonly best: readonly number[];
  /** Against the baseline, a character a column: "+" better, "-" worse, "=" equal, "≠" differs without being better or worse, "b" the baseline itself. Empty without a baseline. */
  readonly verdicts: string;
}

/** What the user arranged; persisted with the panel's ids. */
export interface CompareOptions {
  /** Index into the runs, or null for no baseline. */
  readonly baseline: number | null;
  /** Column groups by a parameter or tag; null compares single runs. */
  readonly groupBy: { readonly section: "params" | "tags" | "summary"; readonly key: string } | null;
  /** The user's corrections, by metric key. */
  readonly directions: readonly (readonly [key: string, direction: CompareDirection])[];
}

/** A sentence about a store, or runs of it, that could not be read. */
export interface CompareProblem {
  readonly message: string;
  readonly remedy: string | null;
  readonly storeId: string | null;
  /** Runs that have no column because of it; 0 where the last known values are still shown. */
  readonly missingRuns: number;
}

export interface CompareView {
  readonly revision: number;
  readonly runs: readonly RunColumn[];
  /** The runs themselves, or groups of them. */
  readonly columns: readonly CompareColumn[];
  readonly rows: readonly CompareRow[];
  readonly options: CompareOptions;
  /** Runs still being read. */
  readonly reading: { readonly done: number; readonly total: number } | null;
  readonly problems: readonly CompareProblem[];
}

/** A curve as columns of numbers. Values are WireNumbers, because JSON has no NaN. */
export interface CompareCurve {
  /** Index into the runs. */
  readonly run: number;
  readonly steps: readonly number[];
  readonly times: readonly number[];
  readonly values: readonly WireNumber[];
  /** Points in the store; more than `steps.length` when thinned (by minimum and maximum of each bucket). */
  readonly total: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly exact: boolean;
}

export interface ImportanceEntry {
  readonly key: string;
  /** 0 to 1; the entries of one metric sum to at most 1. */
  readonly share: number;
  /** Spearman's rank correlation with the metric; null for a parameter that is no number. */
  readonly correlation: number | null;
}

export interface Importance {
  readonly entries: readonly ImportanceEntry[];
  /** Names the method and the number of runs it rests on; says when they are too few to tell. */
  readonly method: string;
  readonly enough: boolean;
}

/** A file that one or more of the runs logged. */
export interface CompareArtifact {
  readonly path: string;
  readonly isDirectory: boolean;
  /** Bytes by run, null for a directory, where the size is unknown and where the run does not have the file; in the order of the runs. */
  readonly sizes: readonly (number | null)[];
  /** Indexes of the runs that have it, ascending. */
  readonly runs: readonly number[];
}

export type CompareExport = "csv" | "json" | "markdown" | "html";

/** The host's side. Rows and runs are named by their index in the view of `revision`; an outdated one is refused. */
export interface CompareHost {
  connect(params: object): {
    readonly texts: Readonly<Record<string, string>>;
    /** What the page keeps for a reload of the window: ids and options only. */
    readonly target: unknown;
    readonly view: CompareView;
  };
  setOptions(params: { readonly revision: number; readonly options: CompareOptions }): void;
  /** Asks in a quick pick which runs to add. */
  addRuns(params: object): void;
  removeRun(params: { readonly revision: number; readonly run: number }): void;
  /** Takes out the runs that could never be read, which `CompareView.problems` count. */
  removeMissing(params: object): void;
  /** The run goes before another one, or to the end. */
  moveRun(params: { readonly revision: number; readonly run: number; readonly before: number | null }): void;
  openRun(params: { readonly revision: number; readonly run: number }): void;
  /** Opens the whole values of a row for two runs in the diff editor. */
  diffValues(params: { readonly revision: number; readonly row: number; readonly runs: readonly [number, number] }): void;
  /** Opens the code of two runs' commits in the multi-file diff editor. */
  diffCommits(params: { readonly revision: number; readonly runs: readonly [number, number] }): void;
  /** Shows what the commit of a run changed. */
  showCommit(params: { readonly revision: number; readonly run: number }): void;
  artifacts(params: { readonly revision: number; readonly path: string }): {
    readonly entries: readonly CompareArtifact[];
    readonly problems: readonly string[];
  };
  /** Text and JSON in the diff editor, images side by side. */
  diffArtifacts(params: { readonly revision: number; readonly path: string; readonly runs: readonly [number, number] }): void;
  openArtifact(params: { readonly revision: number; readonly path: string; readonly run: number }): void;
  /** The curves of all runs, or of the `runs` named. */
  curves(params: {
    readonly revision: number;
    readonly key: string;
    readonly maxPoints: number;
    readonly runs?: readonly number[] | undefined;
  }): {
    readonly curves: readonly CompareCurve[];
    readonly problems: readonly string[];
  };
  importance(params: { readonly revision: number; readonly metric: string }): Importance;
  /** Saves or copies what the table shows. `rows` are the indexes of the shown rows, in order. */
  exportTable(params: {
    readonly revision: number;
    readonly format: CompareExport;
    readonly rows: readonly number[];
    readonly to: "file" | "clipboard";
    readonly charts: readonly string[];
  }): void;
  /** Saves a picture that the page has drawn: SVG text or a PNG as base64. */
  savePicture(params: { readonly name: string; readonly format: "svg" | "png"; readonly data: string }): void;
  copyText(params: { readonly text: string }): void;
  reload(params: { readonly storeId: string | null }): void;
}

/** The page's side: events only. */
export interface ComparePage {
  view(params: CompareView): void;
  /** The runs or options changed: what to keep for a reload of the window. */
  target(params: { readonly target: unknown }): void;
  /** A run logged new points. */
  curvesChanged(params: { readonly runs: readonly number[] }): void;
}
