import type { Cell, TableLine } from "../../src/protocol/runsTable";
import type { GridRow } from "../shared/virtualTable/gridTypes";

/** A line of the host with its cells by column; a new object when anything in it changed. */
export interface CachedRow {
  readonly line: TableLine;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly grid: GridRow;
}

export interface RowWindow {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly string[];
}

export interface RowSource {
  rows(window: RowWindow & { readonly revision: number }): Promise<readonly TableLine[] | null>;
}

/** Rows around the window that are fetched along, so that slow scrolling never waits. */
const MARGIN = 30;
/** Rows kept in memory; more are fetched again when they come back in sight. */
const KEPT = 1500;

/**
 * The rows that the page has seen. After a new revision old rows stay until the new ones are there, so that nothing
 * flickers; answers to older questions are dropped.
 */
export class RowCache {
  private readonly rows = new Map<number, CachedRow>();
  private window: RowWindow = { from: 0, to: 0, columns: [] };
  private revision = -1;
  private fresh = new Set<number>();
  private columnsKey = "";
  private asked = 0;
  private loading = false;
  private again = false;

  constructor(
    private readonly source: RowSource,
    private readonly toGridRow: (line: TableLine) => GridRow,
    private readonly onChange: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  get(index: number): CachedRow | undefined {
    return this.rows.get(index);
  }

  setWindow(window: RowWindow): void {
    this.window = window;
    const key = JSON.stringify(window.columns);
    if (key !== this.columnsKey) {
      this.columnsKey = key;
      this.fresh.clear();
    }
    this.fetchMissing();
  }

  setRevision(revision: number, lineCount: number): void {
    if (revision !== this.revision) {
      this.revision = revision;
      for (const index of this.rows.keys()) {
        if (index >= lineCount) {
          this.rows.delete(index);
        }
      }
      this.refetch();
    }
  }

  /** The same lines have new content. */
  refetch(): void {
    this.fresh.clear();
    this.fetchMissing();
  }

  private fetchMissing(): void {
    if (this.loading) {
      this.again = true;
      return;
    }
    const missing = this.missing();
    if (missing === null || this.revision < 0 || this.window.columns.length === 0) {
      return;
    }
    this.loading = true;
    const { revision } = this;
    const question = ++this.asked;
    const key = this.columnsKey;
    this.source
      .rows({ revision, from: missing.from, to: missing.to, columns: this.window.columns })
      .then((lines) => {
        if (lines !== null && revision === this.revision && question === this.asked) {
          this.take(lines, missing.from, this.window.columns, key === this.columnsKey);
        }
      }, this.onError)
      .finally(() => {
        this.loading = false;
        if (this.again) {
          this.again = false;
          this.fetchMissing();
        }
      });
  }

  private missing(): { readonly from: number; readonly to: number } | null {
    const { from, to } = this.window;
    let first = -1;
    let last = -1;
    for (let index = from; index < to; index++) {
      if (!this.fresh.has(index)) {
        first = first < 0 ? index : first;
        last = index;
      }
    }
    return first < 0 ? null : { from: Math.max(0, first - MARGIN), to: last + 1 + MARGIN };
  }

  private take(lines: readonly TableLine[], from: number, columns: readonly string[], isCurrent: boolean): void {
    lines.forEach((line, offset) => {
      const index = from + offset;
      const before = this.rows.get(index);
      const keepOld =
        before?.line.kind === "run" && line.kind === "run" && before.line.runId === line.runId && before.line.storeId === line.storeId;
      const cells = new Map(keepOld ? before.cells : []);
      if (line.kind === "run") {
        columns.forEach((column, at) => cells.set(column, line.cells[at] ?? null));
      }
      this.rows.delete(index);
      this.rows.set(index, { line, cells, grid: this.toGridRow(line) });
      if (isCurrent) {
        this.fresh.add(index);
      }
    });
    // What the host does not have (the table's end lies before the window's) is not asked for again.
    for (let index = from + lines.length; index < this.window.to; index++) {
      this.fresh.add(index);
    }
    for (const index of this.rows.keys()) {
      if (this.rows.size <= KEPT) {
        break;
      }
      this.rows.delete(index);
      this.fresh.delete(index);
    }
    this.onChange();
  }
}
