import type { CancelSignal } from "../base/cancel";
import { type Column, type ColumnKind, isNumberColumn } from "../tabular/column";
import { convertColumn } from "../tabular/convertColumn";
import type { Table, TableSource } from "../tabular/tableReader";
import { takeRows } from "./chunks/timeOrder";
import { columnFacts, partFacts } from "./columnFacts";
import { correlationsOf } from "./correlationsOf";
import { cutRows } from "./cutRows";
import type { SideSummary } from "./driftReport";
import type { ColumnFacts, DriftSide, RowCut, SideCorrelations } from "./driftSide";
import { pickRows } from "./pickRows";

/** Numbers that are kept of all columns together, for the correlations: 24 MB. */
const CELLS_KEPT = 3_000_000;
/** Columns that are kept at most; of a wider table the rest is read once more where it is needed. */
const COLUMNS_KEPT = 100;

export function sideSummary(table: Table, source: TableSource, label: string): SideSummary {
  return {
    label,
    files: table.files,
    rows: table.rows,
    matchingRows: table.matchingRows,
    totalRows: table.totalRows,
    window: source.window ?? null,
    sample: table.sample,
    notes: table.notes,
    skipped: table.skipped,
  };
}

/** A table that is open in this thread. */
export class TableSide implements DriftSide {
  readonly columns: DriftSide["columns"];
  /** Rows of which the numbers are kept; null for all. */
  private readonly keptRows: Uint32Array | null;
  private readonly kept = new Map<string, Float64Array>();
  private cut: { readonly key: string; readonly rows: readonly Uint32Array[] } | undefined;

  constructor(
    private readonly table: Table,
    readonly summary: SideSummary,
  ) {
    this.columns = table.columns;
    const numeric = table.columns.filter(({ kind }) => kind === "float" || kind === "integer").length;
    this.keptRows = pickRows(table.rows, Math.floor(CELLS_KEPT / Math.max(1, Math.min(numeric, COLUMNS_KEPT))));
  }

  prepare(): void {
    // Whoever shares the thread can only wait.
  }

  async facts(name: string, whole: boolean, signal: CancelSignal): Promise<ColumnFacts> {
    return columnFacts(await this.column(name, signal), whole);
  }

  async timeFacts(name: string, signal: CancelSignal): Promise<ColumnFacts> {
    return columnFacts(convertColumn(await this.column(name, signal), "time").column, true);
  }

  async parts(name: string, cut: RowCut, signal: CancelSignal): Promise<readonly ColumnFacts[]> {
    const rows = await this.rowsOf(cut, signal);
    return partFacts(await this.column(name, signal), rows);
  }

  async partRows(cut: RowCut, signal: CancelSignal): Promise<readonly number[]> {
    return (await this.rowsOf(cut, signal)).map(({ length }) => length);
  }

  async rows(name: string, kind: ColumnKind | null, limit: number, signal: CancelSignal): Promise<Column> {
    const column = await this.column(name, signal);
    // A copy, because whoever gets it may hand it over to another thread.
    const all = pickRows(this.table.rows, limit) ?? Uint32Array.from({ length: this.table.rows }, (_, row) => row);
    const taken = takeRows(column, all);
    return kind === null ? taken : convertColumn(taken, kind).column;
  }

  async correlations(names: readonly string[], signal: CancelSignal): Promise<SideCorrelations> {
    const columns: Float64Array[] = [];
    for (const name of names) {
      columns.push(this.kept.get(name) ?? (await this.thinned(name, signal)));
    }
    return { pairs: correlationsOf(columns), rows: this.keptRows?.length ?? this.table.rows };
  }

  private async thinned(name: string, signal: CancelSignal): Promise<Float64Array> {
    const column = await this.column(name, signal);
    return isNumberColumn(column) ? thin(column.values, this.keptRows) : new Float64Array(0);
  }

  private async column(name: string, signal: CancelSignal): Promise<Column> {
    const column = await this.table.column(name, signal);
    signal.throwIfAborted();
    if (isNumberColumn(column) && column.kind !== "time" && this.kept.size < COLUMNS_KEPT && !this.kept.has(name)) {
      this.kept.set(name, thin(column.values, this.keptRows));
    }
    return column;
  }

  private async rowsOf(cut: RowCut, signal: CancelSignal): Promise<readonly Uint32Array[]> {
    const key = JSON.stringify(cut);
    if (this.cut?.key !== key) {
      const column = await this.column(cut.column, signal);
      this.cut = { key, rows: cutRows(cut.kind === "time" ? convertColumn(column, "time").column : column, cut) };
    }
    return this.cut.rows;
  }
}

function thin(values: Float64Array, rows: Uint32Array | null): Float64Array {
  if (rows === null) {
    return values.slice();
  }
  const kept = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    kept[index] = values[rows[index] ?? 0] ?? 0;
  }
  return kept;
}
