import type { ColumnDrift, DriftReport, DriftSettings, MethodResult, SideSummary } from "../../core/drift/driftReport";
import type {
  ChunkDrift,
  ChunkWish,
  DriftProgress,
  DriftRequest,
  SegmentDrift,
  ToolResult,
  WindowDrift,
  WindowWish,
} from "../../core/drift/driftService";
import type { ColumnFacts, RowCut, SideCorrelations } from "../../core/drift/driftSide";
import type { Column, ColumnKind } from "../../core/tabular/column";
import type { TableSource } from "../../core/tabular/tableReader";

/** What a thread is started for: a session, or one of its two tables. */
export type DriftThreadRole = "session" | "side";

/** Files in which a module says so, so that both ends of a thread agree. */
export interface DriftThreadData {
  readonly driftThread: DriftThreadRole;
}

export type OpenColumns = readonly { readonly name: string; readonly kind: ColumnKind }[];

/** Which call an event belongs to. */
type OfCall<T> = T & { readonly call: number };

/**
 * What the thread of a session answers. Columns and windows are sent one by one as events, before the answer, which leaves them out: one
 * large message would hold up whoever receives it.
 */
export interface SessionMethods {
  open(params: OfCall<{ readonly request: DriftRequest }>): {
    readonly reference: SideSummary;
    readonly current: SideSummary;
    readonly columns: OpenColumns;
  };
  report(params: OfCall<{ readonly settings: DriftSettings }>): Omit<DriftReport, "columns">;
  methods(params: { readonly column: string; readonly settings: DriftSettings }): readonly MethodResult[];
  tools(params: { readonly column: string; readonly settings: DriftSettings }): readonly ToolResult[];
  windows(params: OfCall<{ readonly wish: WindowWish; readonly settings: DriftSettings }>): null;
  chunks(params: OfCall<{ readonly wish: ChunkWish; readonly settings: DriftSettings }>): ChunkDrift;
  segments(params: { readonly column: string; readonly settings: DriftSettings }): readonly SegmentDrift[];
  /** Answers as soon as the thread is not computing. */
  ping(params: object): null;
}

/** What the thread of a session tells. */
export interface SessionEvents {
  progress(params: OfCall<{ readonly progress: DriftProgress }>): void;
  column(params: OfCall<{ readonly column: ColumnDrift }>): void;
  window(params: OfCall<{ readonly window: WindowDrift }>): void;
}

/** What the thread of a side answers. */
export interface SideMethods {
  open(params: SideRequest): { readonly summary: SideSummary; readonly columns: OpenColumns };
  facts(params: { readonly name: string; readonly whole: boolean }): ColumnFacts;
  timeFacts(params: { readonly name: string }): ColumnFacts;
  parts(params: { readonly name: string; readonly cut: RowCut }): readonly ColumnFacts[];
  partRows(params: { readonly cut: RowCut }): readonly number[];
  rows(params: { readonly name: string; readonly kind: ColumnKind | null; readonly limit: number }): Column;
  correlations(params: { readonly names: readonly string[] }): SideCorrelations;
}

export interface SideRequest {
  readonly source: TableSource;
  readonly label: string;
  readonly read: DriftRequest["read"];
  readonly hash: boolean;
  /** Columns that will be asked for; null for all. */
  readonly columns: readonly string[] | null;
}

export interface SideEvents {
  progress(params: { readonly done: number; readonly total: number }): void;
}
