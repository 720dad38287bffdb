import type { CancelSignal } from "../base/cancel";
import type { Disposable } from "../base/disposable";
import type { ColumnKind } from "../tabular/column";
import type { TableSource } from "../tabular/tableReader";
import type { ChunkSeries, NoSeries } from "./chunks/chunkSeries";
import type { ReconstructionSeries } from "./chunks/reconstruction";
import type { UnivariateMethodId } from "./chunks/univariateMethods";
import type { WindowLength } from "./chunks/windowLength";
import type { DriftMethodId } from "./driftMethod";
import type { ColumnDrift, DatasetDrift, DriftReport, DriftSettings, DriftStatus, MethodResult, SideSummary } from "./driftReport";

/** Two tables to compare. */
export interface DriftRequest {
  readonly reference: TableSource;
  readonly current: TableSource;
  /** How people call the two sides; a path where nothing better is known. */
  readonly labels: { readonly reference: string; readonly current: string };
  /** Above `maxRows` a side is a seeded sample of `sampleRows`. */
  readonly read: { readonly maxRows: number; readonly sampleRows: number; readonly seed: number };
  /** Whether the files' SHA-256 is wanted. */
  readonly hash: boolean;
  /**
   * Settings by which the first column is judged, and told by `onColumn`, before large text files are read as a whole: it is read on its own,
   * which takes about a third of the time. Left out, `open` tells no column.
   */
  readonly early?: DriftSettings | undefined;
}

export interface DriftProgress {
  /** "Reading data/live.csv", "Comparing 12 of 20 columns". */
  readonly text: string;
  readonly done: number;
  readonly total: number;
}

export interface DriftEvents {
  readonly onProgress?: ((progress: DriftProgress) => void) | undefined;
  /** A column is judged before the others are, so that a page can show it. */
  readonly onColumn?: ((column: ColumnDrift) => void) | undefined;
}

/** One window of the current side, judged against the whole reference. */
export interface WindowDrift {
  /** Milliseconds since 1970, UTC; from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  /** "2026-11-02", "week of 2026-11-02", "2026-11". */
  readonly label: string;
  readonly rows: number;
  readonly status: DriftStatus;
  readonly reason: string | null;
  readonly dataset: DatasetDrift | null;
  /** In the order of the report's columns; missing is a share. */
  readonly columns: readonly {
    readonly name: string;
    readonly status: DriftStatus;
    readonly score: number | null;
    readonly reason: string | null;
    readonly missing: number;
  }[];
}

export interface WindowWish {
  readonly column: string;
  readonly by: WindowLength;
  /** Below so many rows a window is shown and not judged. */
  readonly minRows: number;
}

/** How tables are followed over parts of their rows. */
export interface ChunkWish {
  readonly by: WindowLength;
  /** The column of times; null where parts are so many rows in the order of the file. */
  readonly column: string | null;
  readonly method: UnivariateMethodId;
}

/** How one side was cut. */
export interface ChunkedSideSummary {
  /** Rows that are looked at: all, or some that are spread evenly. */
  readonly looked: number;
  readonly rows: number;
  /** Of those that are looked at, rows without a time, which are in no part. */
  readonly without: number;
  /** A sentence. */
  readonly cut: string;
}

/** Both tables over parts of their rows, as NannyML follows them: limits are what parts of the reference vary by. */
export interface ChunkDrift {
  readonly wish: ChunkWish;
  readonly reference: ChunkedSideSummary;
  readonly current: ChunkedSideSummary;
  /** Each column by itself, in the order of the file. */
  readonly columns: readonly { readonly name: string; readonly series: ChunkSeries | NoSeries }[];
  /** Inputs together: how well the relations between them in the reference still hold. */
  readonly together: ReconstructionSeries | NoSeries;
}

/** One value of a column on both sides, judged like the whole. */
export interface SegmentDrift {
  /** Null: rows where it is missing. */
  readonly value: string | null;
  readonly rows: { readonly reference: number; readonly current: number };
  readonly status: DriftStatus;
  readonly reason: string | null;
  readonly dataset: DatasetDrift | null;
  readonly worst: { readonly column: string; readonly score: number } | null;
}

/** A column as one tool judges it with its defaults. */
export interface ToolResult {
  readonly tool: "MLOps Workbench" | "Evidently" | "NannyML" | "Deepchecks";
  readonly label: string;
  readonly method: DriftMethodId | "jensen_shannon_base2" | "ks_statistic" | "cramers_v";
  readonly kind: "distance" | "p-value";
  readonly score: number | null;
  readonly threshold: number | null;
  readonly drifted: boolean | null;
  readonly reason: string | null;
  readonly why: string;
}

/** Two tables that are open, in a thread that holds them until it is disposed of. Calls may overlap; each can be cancelled. */
export interface DriftSession extends Disposable {
  readonly reference: SideSummary;
  readonly current: SideSummary;
  /** Of the current side. */
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  report(settings: DriftSettings, events: DriftEvents, signal: CancelSignal): Promise<DriftReport>;
  /** Every method that applies to a column. */
  methods(column: string, settings: DriftSettings, signal: CancelSignal): Promise<readonly MethodResult[]>;
  /** Why the tools disagree. */
  tools(column: string, settings: DriftSettings, signal: CancelSignal): Promise<readonly ToolResult[]>;
  /** Oldest first. */
  windows(wish: WindowWish, settings: DriftSettings, events: DriftEvents, signal: CancelSignal): Promise<readonly WindowDrift[]>;
  /** Each column, and all inputs together, over parts of both sides, by limits that the reference's parts give. */
  chunks(wish: ChunkWish, settings: DriftSettings, events: DriftEvents, signal: CancelSignal): Promise<ChunkDrift>;
  /** Worst first; at most the 50 most frequent values. */
  segments(column: string, settings: DriftSettings, signal: CancelSignal): Promise<readonly SegmentDrift[]>;
}

/** Compares tables in threads of its own; a cancelled or failed one leaves nothing behind. */
export interface DriftService extends Disposable {
  open(request: DriftRequest, events: DriftEvents, signal: CancelSignal): Promise<DriftSession>;
}
