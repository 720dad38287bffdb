/** The contract between the run page and its host. Times are milliseconds since 1970; texts are as the store has them. */

/** Numbers cross as JSON, which has no NaN and no infinities: those travel by name. */
export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

/** Whose artifact folder is meant; the same shape as core's ArtifactOwner. */
export type ArtifactOwnerRef =
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "loggedModel"; readonly modelId: string }
  | { readonly kind: "modelVersion"; readonly modelName: string; readonly version: string };

/** A text that may have been cut for the page; `length` counts the characters of the whole. */
export interface CutText {
  readonly text: string;
  readonly length: number;
}

/** One text of the run, so that the host can copy or open the whole of what the page shows cut. */
export type ValueAddress =
  | { readonly kind: "note" }
  | { readonly kind: "param"; readonly key: string }
  | { readonly kind: "tag"; readonly key: string }
  | { readonly kind: "dataset"; readonly index: number; readonly part: "source" | "schema" | "profile" };

export interface HeaderView {
  readonly runId: string;
  readonly name: string;
  readonly status: "RUNNING" | "SCHEDULED" | "FINISHED" | "FAILED" | "KILLED" | "UNKNOWN";
  /** "silent": still marked as running, but no metric and no start for more than a day. */
  readonly liveness: "live" | "silent" | "ended";
  /** The last time that the run was heard of: its newest metric or its start. */
  readonly lastSign: number | null;
  readonly deleted: boolean;
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly owner: string | null;
  readonly user: string | null;
  readonly source: CutText | null;
  readonly sourceType: string | null;
  readonly experimentId: string;
  readonly parentRunId: string | null;
  readonly artifactUri: string;
}

export interface TextRow {
  readonly key: string;
  readonly value: CutText;
}

export interface MetricRow {
  readonly key: string;
  readonly latest: WireNumber;
  readonly step: number;
  readonly timestamp: number;
}

/** Metrics that share what stands before the last `/`, e.g. "val/". "" holds the metrics without a prefix. */
export interface MetricGroup {
  readonly prefix: string;
  readonly system: boolean;
  readonly metrics: readonly MetricRow[];
}

export interface DatasetColumn {
  readonly name: string;
  readonly type: string;
}

export interface DatasetView {
  readonly name: string;
  readonly digest: string;
  readonly context: string | null;
  readonly sourceType: string;
  readonly source: CutText;
  /** Empty where the schema is absent or not understood; `hasSchema` tells the difference. */
  readonly columns: readonly DatasetColumn[];
  readonly columnCount: number;
  readonly hasSchema: boolean;
  /** Short facts of the profile, e.g. num_rows = 600. */
  readonly profile: readonly { readonly key: string; readonly value: string }[];
  readonly hasProfile: boolean;
}

export interface OutputView {
  readonly modelId: string;
  readonly step: number;
}

export interface CommitView {
  readonly hash: string;
  readonly branch: string | null;
  readonly repoUrl: string | null;
  /** What the run recorded about uncommitted changes; null where it did not record that, which is usual. */
  readonly dirty: boolean | null;
}

/** All that a run itself says. The host sends whole sections again when they changed. */
export interface RunSections {
  readonly header: HeaderView;
  readonly note: CutText | null;
  readonly params: readonly TextRow[];
  readonly metricGroups: readonly MetricGroup[];
  readonly tags: readonly TextRow[];
  /** Tags that MLflow writes itself. */
  readonly mlflowTags: readonly TextRow[];
  readonly datasets: readonly DatasetView[];
  readonly outputs: readonly OutputView[];
  readonly commit: CommitView | null;
}

export interface StoreView {
  readonly id: string;
  readonly label: string;
  /** For people: "MLflow database", "MLflow 3.17.2 server". */
  readonly description: string | null;
  /** The run's page in MLflow's own interface, or null where the store has none. */
  readonly webUrl: string | null;
}

/** Why what is on screen may be old. */
export interface StaleView {
  readonly message: string;
  readonly lastOk: number | null;
}

export interface RunPageData {
  /** Translations of the page's texts, absent where the editor speaks English. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly store: StoreView;
  readonly sections: RunSections;
  readonly stale: StaleView | null;
}

export interface VersionView {
  readonly modelName: string;
  readonly version: string;
  readonly aliases: readonly string[];
  readonly stage: string;
  readonly status: string;
}

export interface RunCostView {
  /** Null where no price is known; `note` says why. */
  readonly price: { readonly amount: number; readonly currency: string } | null;
  /** Kind of machine; null where nobody says it. */
  readonly instance: string | null;
  readonly note: string | null;
  /** Measured use; null where nothing was logged, which is never idle. Hours are those of a processor. */
  readonly gpus: { readonly count: number; readonly hours: number; readonly idleHours: number; readonly parkedHours: number } | null;
}

export interface RelatedView {
  readonly experimentName: string | null;
  readonly parent: { readonly runId: string; readonly name: string; readonly status: HeaderView["status"] } | null;
  readonly versions: readonly VersionView[];
  /** What it cost, and how it used its graphics processors; null where neither is known nor asked for. */
  readonly cost: RunCostView | null;
  /** Why a part is missing, or null. */
  readonly problem: string | null;
}

export interface CurvePoint {
  readonly step: number;
  readonly timestamp: number;
  readonly value: WireNumber;
}

export interface CurveView {
  readonly points: readonly CurvePoint[];
  /** How many points the store holds; more than `points` when the curve is thinned. */
  readonly total: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly exact: boolean;
}

export interface ChildRow {
  readonly runId: string;
  readonly name: string;
  readonly status: HeaderView["status"];
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly metrics: readonly { readonly key: string; readonly value: WireNumber }[];
}

export interface ChildrenView {
  readonly rows: readonly ChildRow[];
  readonly nextPageToken: string | null;
}

export interface ArtifactRow {
  readonly path: string;
  readonly isDirectory: boolean;
  readonly size: number | null;
}

export type CommitInfoView =
  | {
      readonly found: true;
      readonly hash: string;
      readonly subject: string;
      readonly author: string;
      readonly date: number | null;
      readonly hasParent: boolean;
    }
  | { readonly found: false; readonly reason: string };

/** What a click asks for; nothing comes back but success or an error. */
export type RunPageIntent =
  | { readonly kind: "copyText"; readonly text: string }
  | { readonly kind: "copyValue"; readonly value: ValueAddress }
  | { readonly kind: "showValue"; readonly value: ValueAddress }
  | { readonly kind: "copyLink" }
  | { readonly kind: "openInMlflow" }
  | { readonly kind: "openExternal"; readonly url: string }
  | { readonly kind: "reveal" }
  | { readonly kind: "openRun"; readonly runId: string }
  | { readonly kind: "openArtifact"; readonly owner: ArtifactOwnerRef; readonly path: string }
  | { readonly kind: "showDiff"; readonly against: "parent" | "workingTree" };

export interface RunPageHost {
  load(params: Record<string, never>): RunPageData;
  /** Looks again, through a fresh connection where the store had failed. */
  retry(params: Record<string, never>): RunPageData;
  related(params: Record<string, never>): RelatedView;
  commitInfo(params: Record<string, never>): CommitInfoView;
  /** Null where the store has no points of that metric. */
  curve(params: { readonly key: string }): CurveView | null;
  children(params: { readonly pageToken: string | null }): ChildrenView;
  artifacts(params: { readonly owner: ArtifactOwnerRef; readonly path: string }): readonly ArtifactRow[];
  /** A small image as a data URI, or null where it is too large or no image. */
  preview(params: { readonly owner: ArtifactOwnerRef; readonly path: string }): string | null;
  act(params: RunPageIntent): void;
}

export interface RunPageChange {
  /** Only the sections that changed. */
  readonly sections?: Partial<RunSections>;
  readonly stale?: StaleView | null;
  /** Parts that the page asks for itself, and that may have changed. */
  readonly refresh?: readonly RefreshPart[];
}

export type RefreshPart = "children" | "artifacts" | "related";

export interface RunPageView {
  changed(params: RunPageChange): void;
}

/** What the page keeps over a reload: ids and choices, never data. */
export interface RunPageState {
  readonly storeId: string;
  readonly runId: string;
  readonly xAxis?: "step" | "time" | "relative";
  readonly logarithmic?: boolean;
  readonly smoothing?: number;
}
