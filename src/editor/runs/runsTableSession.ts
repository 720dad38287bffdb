import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import { ATTRIBUTE, parseColumnId } from "../../core/table/columnId";
import { parentKey } from "../../core/table/collapseKeys";
import { exportValue } from "../../core/table/exportValue";
import { readFilterText, type FilterReading } from "../../core/table/readFilterText";
import type { RowFilter } from "../../core/table/rowFilter";
import { RowSelection } from "../../core/table/rowSelection";
import { RunTable } from "../../core/table/runTable";
import { toTableColumns } from "../../core/table/tableColumns";
import { metricChoice } from "../../core/table/tableLayout";
import { toTableLines } from "../../core/table/tableLines";
import { computeTableView, EMPTY_VIEW, type TableView } from "../../core/table/tableView";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { ColumnId, SelectAction, TableColumns, TableLayout, TableLine, TableState } from "../../protocol/runsTable";
import type { RunRef } from "../platform/runRef";
import { ExperimentLabels } from "./experimentLabels";
import { MetricHistoryReader } from "./metricHistoryReader";
import { runSliced } from "./runSliced";
import { RunsTableLoader } from "./runsTableLoader";
import { RunsTableReads } from "./runsTableReads";
import type { RunsTableTarget } from "./runsTableTarget";

/** While pages stream in, the table is put in order this often, not once a page. */
const REFRESH_WHILE_LOADING_MS = 300;
/** Of a large table less often: reading gets at least this many times as long as putting in order. */
const READING_SHARE = 4;

/** One open runs table, without its panel: holds the runs, keeps them up to date, computes what the page shows. */
export class RunsTableSession implements Disposable {
  readonly table: RunTable;
  view: TableView = EMPTY_VIEW;
  private revision = 0;
  private columnList: TableColumns;
  private filterText: string;
  private filter: FilterReading;
  private rowFilter: RowFilter | null = null;
  private readonly collapsed = new Set<string>();
  private readonly selection = new RowSelection();
  private reading: TableState["reading"] = null;
  private readingAll = new AbortController();
  private publishedLayout: TableLayout | undefined;
  private dirty = false;
  private refreshing: Promise<void> | undefined;
  private refreshTimer: NodeJS.Timeout | undefined;
  private lastRefresh = 0;
  private refreshDuration = 0;
  private readonly disposables = new DisposableStore();
  private readonly lifetime = new AbortController();
  private readonly loader: RunsTableLoader;
  private readonly reads: RunsTableReads;
  private readonly histories: MetricHistoryReader;
  private readonly stateChanged = this.disposables.add(new Emitter<TableState>());
  private readonly columnsChanged = this.disposables.add(new Emitter<TableColumns>());
  private readonly linesChanged = this.disposables.add(new Emitter<{ readonly revision: number }>());
  readonly onDidChangeState = this.stateChanged.event;
  readonly onDidChangeColumns = this.columnsChanged.event;
  /** The same lines have new content: histories arrived, stores went stale. */
  readonly onDidChangeLines = this.linesChanged.event;

  constructor(
    catalog: StoreCatalog,
    target: RunsTableTarget,
    layout: TableLayout,
    private readonly logError: (error: unknown) => void,
  ) {
    const labels = new ExperimentLabels((storeId) => catalog.entry(storeId)?.label ?? storeId);
    this.table = new RunTable(labels, Date.now);
    this.loader = new RunsTableLoader(catalog, target, this.table, labels, () => this.refreshSoon());
    this.histories = new MetricHistoryReader(
      catalog,
      this.table,
      this.lifetime.signal,
      () => this.linesChanged.fire({ revision: this.revision }),
      logError,
    );
    this.columnList = { columns: [], layout };
    this.filterText = target.filter ?? "";
    this.filter = readFilterText(this.filterText);
    this.reads = this.disposables.add(
      new RunsTableReads(catalog, this.loader, {
        changed: () => this.refreshSoon(),
        loaded: () => this.readForSort(),
        failed: logError,
      }),
    );
  }

  get layout(): TableLayout {
    return this.columnList.layout;
  }

  get columns(): TableColumns {
    return this.columnList;
  }

  load(): void {
    this.reads.loadAll();
  }

  retry(storeId: StoreId | null): void {
    this.reads.retry(storeId);
  }

  cancelLoading(): void {
    this.readingAll.abort();
    this.reading = null;
    this.reads.cancel();
  }

  setLayout(layout: TableLayout): void {
    this.columnList = { ...this.columnList, layout };
    this.readForSort();
    this.refreshSoon();
  }

  setFilter(text: string): void {
    this.filterText = text;
    this.filter = readFilterText(text);
    this.refreshSoon();
  }

  /** Opens or shuts a group, or a parent's children. */
  toggle(line: number): void {
    const code = this.view.lines[line];
    const key = code === undefined ? undefined : code >= 0 ? parentKey(code) : this.view.groups[-1 - code]?.key;
    if (key !== undefined) {
      if (!this.collapsed.delete(key)) {
        this.collapsed.add(key);
      }
      this.refreshSoon();
    }
  }

  select(action: SelectAction): number {
    this.selection.apply(action, this.view);
    this.stateChanged.fire(this.state());
    return this.selection.rows.size;
  }

  /** The selected runs in the order of the table; those that the filter hides come last. */
  selectedRuns(): readonly RunRef[] {
    const rows = this.selection.rows;
    const shown = [...this.view.rows].filter((row) => rows.has(row));
    const known = new Set(shown);
    return [...shown, ...[...rows].filter((row) => !known.has(row))].flatMap((row) => this.runRef(row) ?? []);
  }

  get selectedRunCount(): number {
    return this.selection.rows.size;
  }

  /** The rows of a line, or all selected ones in the order of the table. */
  rowsOf(line: number, selected: boolean): readonly number[] {
    const code = this.view.lines[line];
    if (selected) {
      return [...this.view.rows].filter((row) => this.selection.rows.has(row));
    }
    return code === undefined ? [] : code >= 0 ? [code] : [...(this.view.groups[-1 - code]?.rows ?? [])];
  }

  cellText(row: number, column: ColumnId): string {
    return String(exportValue(this.table, row, column, this.layout) ?? "");
  }

  runAt(line: number): RunRef | undefined {
    const code = this.view.lines[line];
    return code === undefined || code < 0 ? undefined : this.runRef(code);
  }

  isCurrent(revision: number): boolean {
    return revision === this.revision;
  }

  lines(from: number, to: number, columns: readonly ColumnId[]): readonly TableLine[] {
    const { lines, missing } = toTableLines(this.table, this.view, { from, to }, columns, {
      layout: this.layout,
      collapsed: this.collapsed,
      selected: this.selection.rows,
      staleStores: new Set(this.reads.failures.keys()),
    });
    this.histories.request(missing);
    return lines;
  }

  state(): TableState {
    const { rows } = this.selection;
    const shownSelected = rows.size === 0 ? 0 : this.view.rows.reduce((sum, row) => sum + (rows.has(row) ? 1 : 0), 0);
    return {
      revision: this.revision,
      lineCount: this.view.lines.length,
      shownRuns: this.view.rows.length,
      loadedRuns: this.table.size,
      loading: this.reads.state,
      reading: this.reading,
      problems: [...this.reads.failures.values()],
      selectedRuns: rows.size,
      selectedHidden: rows.size - shownSelected,
      filter: { text: this.filterText, mode: this.filter.mode, error: this.filter.error },
    };
  }

  /** Waits until the view shows all that was asked for, so that an export has what the screen has. */
  async settled(): Promise<void> {
    while (this.refreshing !== undefined || this.refreshTimer !== undefined) {
      await (this.refreshing ?? new Promise((resolve) => void setTimeout(resolve, 20)));
    }
  }

  /** Reads the histories that visible columns of minima, maxima and bests need for every run shown. */
  async readAggregates(columns: readonly ColumnId[], signal: AbortSignal): Promise<void> {
    await this.settled();
    signal.throwIfAborted();
    for (const id of columns) {
      const metric = parseColumnId(id);
      const column = this.table.column(id);
      if (metric?.family === "metric" && metricChoice(this.layout, id).aggregate !== "last") {
        const rows = this.view.rows.filter((row) => column?.get(row) !== null);
        await this.histories.readAll(metric.key, rows, signal, (done, total) => {
          this.reading = { done, total };
          this.refreshSoon();
        });
      }
    }
  }

  dispose(): void {
    clearTimeout(this.refreshTimer);
    this.refreshTimer = undefined;
    this.lifetime.abort();
    this.readingAll.abort();
    this.disposables.dispose();
  }

  private runRef(row: number): RunRef | undefined {
    const entry = this.table.at(row);
    return entry === undefined ? undefined : { storeId: entry.storeId, runId: entry.run.runId };
  }

  /** Sorting by a minimum, maximum or best needs the histories of all runs, not just of those on the screen. */
  private readForSort(): void {
    this.readingAll.abort();
    const controller = new AbortController();
    this.readingAll = controller;
    this.readAggregates(
      this.layout.sort.map((term) => term.column),
      controller.signal,
    )
      .catch((error: unknown) => {
        if (!isCancelled(error)) {
          this.logError(error);
        }
      })
      .finally(() => {
        if (this.readingAll === controller && this.reading !== null) {
          this.reading = null;
          this.refreshSoon();
        }
      });
  }

  private refreshSoon(): void {
    this.dirty = true;
    if (this.refreshTimer !== undefined || this.refreshing !== undefined || this.lifetime.signal.aborted) {
      return;
    }
    const busy = this.reads.state === "loading" || this.reading !== null;
    const wait = busy
      ? Math.max(0, this.lastRefresh + Math.max(REFRESH_WHILE_LOADING_MS, READING_SHARE * this.refreshDuration) - Date.now())
      : 0;
    this.refreshTimer = setTimeout(() => {
      this.refreshTimer = undefined;
      const began = Date.now();
      this.refreshing = this.refresh()
        .catch((error: unknown) => {
          if (!isCancelled(error)) {
            this.logError(error);
          }
        })
        .finally(() => {
          this.refreshing = undefined;
          this.lastRefresh = Date.now();
          this.refreshDuration = this.lastRefresh - began;
          if (this.dirty) {
            this.refreshSoon();
          }
        });
    }, wait);
  }

  private async refresh(): Promise<void> {
    this.dirty = false;
    if (this.filter.error === null) {
      this.rowFilter = this.toRowFilter();
    }
    const { layout } = this;
    const work = computeTableView(this.table, {
      filter: this.rowFilter,
      sort: layout.sort,
      groupBy: layout.groupBy,
      tree: layout.tree,
      collapsed: new Set(this.collapsed),
      aggregateOf: (id) => metricChoice(layout, id),
    });
    this.view = await runSliced(work, this.lifetime.signal);
    this.revision++;
    this.selection.keep((row) => this.table.at(row) !== undefined);
    this.publishColumns();
    this.stateChanged.fire(this.state());
  }

  private publishColumns(): void {
    const { layout } = this;
    const columns = toTableColumns(this.table, layout, {
      severalStores: this.loader.stores().length > 1,
      severalExperiments: this.loader.experimentCount() > 1,
      differing: this.view.differing,
    });
    const changed = JSON.stringify(columns) !== JSON.stringify(this.columnList.columns);
    const layoutChanged = this.publishedLayout !== layout;
    this.columnList = { columns, layout };
    this.publishedLayout = layout;
    if (changed || layoutChanged) {
      this.columnsChanged.fire(this.columnList);
    }
    if (changed && this.filter.contains !== null) {
      // A column that came in view may hold what is looked for.
      this.dirty = true;
    }
  }

  private toRowFilter(): RowFilter | null {
    if (this.filter.language !== null) {
      return { kind: "language", filter: this.filter.language };
    }
    if (this.filter.contains === null) {
      return null;
    }
    // What is looked for is what can be seen, so that every hit explains itself; the run id is what people paste.
    const seen = this.columnList.columns.filter((column) => column.visibility !== "hidden").map((column) => column.id);
    return { kind: "contains", text: this.filter.contains, columns: [...new Set([ATTRIBUTE.name, ATTRIBUTE.runId, ...seen])] };
  }
}
