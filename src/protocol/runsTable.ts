/** What the runs table's page and its host tell each other. Columns are named `attribute:start`, `param:lr`, `metric:auc`, `tag:team`. */
export type ColumnId = string;

export type MetricAggregate = "last" | "best" | "min" | "max";
/** Which values of a metric are better. */
export type MetricDirection = "up" | "down";

export interface SortTerm {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** What the user arranged; remembered per workspace. Column ids start with their family, so no key can be `__proto__`. */
export interface TableLayout {
  /** Columns in the user's order; columns that are not named follow in the order of the store. */
  readonly order: readonly ColumnId[];
  /** Columns that the user hid or showed against the default. */
  readonly hidden: readonly ColumnId[];
  readonly shown: readonly ColumnId[];
  readonly pinned: readonly ColumnId[];
  /** Pixels at 100 % zoom. */
  readonly widths: Readonly<Record<ColumnId, number>>;
  readonly sort: readonly SortTerm[];
  readonly groupBy: ColumnId | null;
  readonly tree: boolean;
  readonly onlyDiffering: boolean;
  readonly sparklines: boolean;
  readonly aggregates: Readonly<Record<ColumnId, MetricAggregate>>;
  readonly directions: Readonly<Record<ColumnId, MetricDirection>>;
}

export type ColumnKind = "text" | "status" | "time" | "duration" | "number";

export interface TableColumn {
  readonly id: ColumnId;
  readonly family: "attribute" | "param" | "metric" | "tag";
  readonly kind: ColumnKind;
  /** The key as stored (cut when very long), or the attribute's English name. */
  readonly label: string;
  /** "equal": not hidden by the user, but the same in every run shown while only differing columns are asked for. */
  readonly visibility: "visible" | "hidden" | "equal";
  /** Numbers stand under each other at the right; also parameters that are numbers in every run. */
  readonly isNumeric: boolean;
  readonly pinned: boolean;
  readonly width: number;
  /** Metrics only. */
  readonly aggregate: MetricAggregate | null;
  readonly direction: MetricDirection | null;
}

export interface TableProblem {
  readonly storeId: string;
  readonly storeLabel: string;
  readonly message: string;
  readonly remedy: string | null;
  /** Runs of the store are in the table, from a time when it could be read. */
  readonly hasRows: boolean;
}

export interface TableState {
  /** Changes with every new order or content of the lines; requests that name an older one are answered with null. */
  readonly revision: number;
  /** Runs, group headers and nothing else: the rows of the grid. */
  readonly lineCount: number;
  /** Runs that the filter lets through, of all that were loaded. */
  readonly shownRuns: number;
  readonly loadedRuns: number;
  /** "stopped": the user cancelled, so that there may be more. */
  readonly loading: "loading" | "complete" | "stopped";
  /** Histories being read for a column that is sorted by its minimum, maximum or best. */
  readonly reading: { readonly done: number; readonly total: number } | null;
  /** Stores that could not be read; their rows, if any, stay and are marked. */
  readonly problems: readonly TableProblem[];
  readonly selectedRuns: number;
  /** Selected, but not let through by the filter. */
  readonly selectedHidden: number;
  readonly filter: FilterState;
}

export interface FilterState {
  readonly text: string;
  /** How the text is understood. */
  readonly mode: "none" | "contains" | "language";
  /** Why the text, which looks like MLflow's language, is not; the rows stay as before. */
  readonly error: string | null;
}

/** JSON has no NaN and no infinity. */
export type NonFinite = "NaN" | "Infinity" | "-Infinity";

/** A metric with its curve: heights in percent of the curve's own range, null where the curve has a gap. */
export interface CurveCell {
  readonly value: number | NonFinite | null;
  readonly curve: readonly (number | null)[] | null;
  /** The history is being read, so that a minimum, a maximum or a curve is not known yet. */
  readonly pending: boolean;
}

/** Null where the run has no value. Long texts are cut; `copy` gives the whole. */
export type Cell = null | string | number | CurveCell;

export interface RunLine {
  readonly kind: "run";
  readonly storeId: string;
  readonly runId: string;
  readonly name: string;
  readonly depth: number;
  /** Children in the table, when runs are shown as a tree. */
  readonly children: number;
  readonly expanded: boolean;
  readonly selected: boolean;
  /** The store could not be read lately. */
  readonly stale: boolean;
  /** In the order of the asked columns. */
  readonly cells: readonly Cell[];
}

export interface GroupLine {
  readonly kind: "group";
  readonly column: ColumnId;
  /** Null for the runs without a value. */
  readonly label: string | null;
  readonly runs: number;
  readonly selectedRuns: number;
  readonly expanded: boolean;
}

export type TableLine = RunLine | GroupLine;

/** "only" replaces the selection, "range" goes from the last touched line to this one. */
export type SelectAction = { readonly kind: "only" | "toggle" | "range"; readonly line: number } | { readonly kind: "all" | "none" };

export interface FilterCompletion {
  readonly label: string;
  readonly detail: string;
  /** The whole new text, and where the caret goes. */
  readonly text: string;
  readonly caret: number;
}

/** The host's side. */
export interface RunsTableHost {
  connect(params: object): {
    readonly title: string;
    /** What the page keeps for a reload of the window: ids only. */
    readonly target: unknown;
    readonly texts: Readonly<Record<string, string>>;
    readonly columns: TableColumns;
    readonly state: TableState;
  };
  rows(params: { readonly revision: number; readonly from: number; readonly to: number; readonly columns: readonly ColumnId[] }): {
    readonly lines: readonly TableLine[] | null;
  };
  /** Parts that are left out go back to their defaults. */
  setLayout(params: { readonly layout: Partial<TableLayout> }): void;
  setFilter(params: { readonly text: string }): void;
  completeFilter(params: { readonly text: string; readonly caret: number }): { readonly items: readonly FilterCompletion[] };
  toggle(params: { readonly revision: number; readonly line: number }): void;
  /** Answers how many runs are selected. The page asks for its rows again. */
  select(params: { readonly revision: number; readonly action: SelectAction }): { readonly selectedRuns: number };
  open(params: { readonly revision: number; readonly line: number }): void;
  /** One cell, or the whole line (or all selected lines) as tab-separated text with a header, to the clipboard. */
  copy(params: { readonly revision: number; readonly line: number; readonly column: ColumnId | null; readonly selected: boolean }): void;
  exportCsv(params: object): void;
  cancelLoading(params: object): void;
  /** Reads one store again, or all. */
  reload(params: { readonly storeId: string | null }): void;
}

export interface TableColumns {
  readonly columns: readonly TableColumn[];
  readonly layout: TableLayout;
}

/** The page's side: events only. */
export interface RunsTableView {
  state(params: TableState): void;
  columns(params: TableColumns): void;
  /** Histories or labels arrived, or the selection changed: same lines, new content. */
  linesChanged(params: { readonly revision: number }): void;
}
