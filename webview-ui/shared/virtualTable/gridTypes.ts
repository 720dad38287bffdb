import type { TemplateResult } from "lit";

export interface GridColumn {
  readonly id: string;
  readonly label: string;
  /** A small line above the label: what kind of value it is. Empty for none. */
  readonly caption: string;
  /** More about the column than has room, for its tooltip and for screen readers. */
  readonly note?: string | undefined;
  /** Drawn before the label, e.g. the mark of a chart's series. It is decoration: label and caption say the same. */
  readonly mark?: TemplateResult;
  readonly width: number;
  readonly pinned: boolean;
  readonly align: "start" | "end";
  /** `place` counts from 1 where several columns sort, else it is null. */
  readonly sort: { readonly descending: boolean; readonly place: number | null } | null;
}

/** A row as the grid needs it; what stands in the cells is drawn by `renderCell`. */
export interface GridRow {
  readonly selected: boolean | "some";
  /** Depth in a tree or under a group, from 0. */
  readonly depth: number;
  /** Null for a row that cannot be opened and shut. */
  readonly expanded: boolean | null;
  /** Drawn across the whole width instead of cells: a group's header. */
  readonly span: (() => TemplateResult) | null;
  /** Why the row looks faded, or null. */
  readonly note: string | null;
}

/** Row -1 is the header; column -1 is the selection. */
export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

export type SelectMode = "only" | "toggle" | "range";

export interface GridEventMap {
  /** Which rows and columns are to be drawn; `rowAt` should know them soon. */
  "grid-window": { readonly from: number; readonly to: number; readonly columns: readonly string[] };
  "grid-sort": { readonly column: string; readonly add: boolean };
  /** The column goes before another one, or to the end. */
  "grid-move": { readonly column: string; readonly before: string | null };
  "grid-resize": { readonly column: string; readonly width: number };
  /** A menu is asked for: for a column when `row` is -1, else for a row. */
  "grid-menu": {
    readonly row: number;
    readonly column: string | null;
    readonly anchor: Element | { readonly x: number; readonly y: number };
  };
  /** Enter or a double click; `column` is null where the row as a whole is meant. */
  "grid-activate": { readonly row: number; readonly column: string | null };
  "grid-select": { readonly row: number; readonly mode: SelectMode };
  "grid-select-all": { readonly select: boolean };
  "grid-toggle": { readonly row: number };
  "grid-copy": { readonly row: number; readonly column: string | null };
}
