import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import type {
  FilterCompletion,
  RunsTableHost,
  TableColumn,
  TableColumns,
  TableLayout,
  TableLine,
  TableState,
} from "../../src/protocol/runsTable";
import { errorText } from "../shared/errorText";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { openMenu } from "../shared/menu";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { GridColumn, GridEventMap, GridRow } from "../shared/virtualTable/gridTypes";
import type { VirtualGrid } from "../shared/virtualTable/virtualGrid";
import { columnCaption, columnLabel } from "./columnLabels";
import { columnMenu } from "./columnMenu";
import "./columnPicker";
import type { ColumnPicker } from "./columnPicker";
import type { FilterBox } from "./filterBox";
import { fullCellText } from "./formatCell";
import { moveColumn, resizeColumn, showColumns, sortByColumn } from "./layoutEdits";
import { pageStyles } from "./pageStyles";
import { renderEmpty, renderNotices, renderStatusLine } from "./pageStates";
import { renderTableCell } from "./renderCell";
import { RowCache } from "./rowCache";
import { rowMenu } from "./rowMenu";
import "./runsGrid";
import { renderToolbar, type ToolbarActions } from "./toolbar";

const NAME = "attribute:name";
/** "5 min ago" grows old. */
const TICK_MS = 60_000;

/** What the page asks of its host; a plain object, so that stories and tests can stand in. */
export type HostCalls = {
  readonly [K in keyof RunsTableHost]: (params: Parameters<RunsTableHost[K]>[0]) => Promise<Awaited<ReturnType<RunsTableHost[K]>>>;
};

/** The runs table: toolbar, notices, grid and status line. */
export class RunsTablePage extends LitElement {
  static override styles = [themeStyles, buttonStyles, pageStyles];
  static override properties = { state: { attribute: false }, columnList: { attribute: false }, failure: { state: true } };

  host!: HostCalls;
  heading = "";
  state: TableState | undefined;
  columnList: TableColumns | undefined;
  private failure: string | null = null;
  private gridColumns: readonly GridColumn[] = [];
  private byId = new Map<string, TableColumn>();
  private rows!: RowCache;
  private now = Date.now();
  private timer = 0;
  private rowVersion = 0;
  private drawCell: VirtualGrid["renderCell"] = () => nothing;

  override connectedCallback(): void {
    super.connectedCallback();
    this.rows = new RowCache(
      { rows: async (window) => (await this.host.rows(window)).lines },
      (line) => this.toGridRow(line),
      () => this.redraw(),
      (error) => this.fail(error),
    );
    this.newDrawCell();
    this.timer = window.setInterval(() => {
      this.now = Date.now();
      this.newDrawCell();
      this.requestUpdate();
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.timer);
  }

  /** Histories arrived: the lines are the same, their cells are not. */
  linesChanged(revision: number): void {
    if (revision === this.state?.revision) {
      this.rows.refetch();
    }
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("columnList") && this.columnList !== undefined) {
      const { columns, layout } = this.columnList;
      this.byId = new Map(columns.map((column) => [column.id, column]));
      this.gridColumns = columns.filter((column) => column.visibility === "visible").map((column) => toGridColumn(column, layout));
      this.newDrawCell();
    }
    if (changed.has("state") && this.state !== undefined) {
      this.rows.setRevision(this.state.revision, this.state.lineCount);
    }
  }

  override render(): TemplateResult {
    const { state, columnList } = this;
    if (state === undefined || columnList === undefined) {
      return html`<div class="empty" role="status">
        ${icon("loading")}
        <p>${t("Opening the table…")}</p>
      </div>`;
    }
    const equal = columnList.columns.filter((column) => column.visibility === "equal").length;
    const isEmpty = state.lineCount === 0;
    return html`<main>
      <h1 class="hidden-text">${this.heading}</h1>
      ${renderToolbar(state, columnList, this.toolbarActions())} ${renderNotices(state, this.failure, this.noticeActions())}
      <div class="main">${isEmpty ? renderEmpty(state, this.noticeActions()) : this.renderGrid(state, columnList.layout)}</div>
      ${renderStatusLine(state, this.gridColumns.length, equal, this.noticeActions())}
      <mlops-column-picker
        popover="auto"
        .columns=${columnList.columns}
        @columns-show=${(event: CustomEvent<{ ids: string[]; show: boolean }>) =>
          this.changeLayout(showColumns(columnList.layout, event.detail.ids, event.detail.show))}
        @columns-reset=${() => this.changeLayout({})}
      ></mlops-column-picker>
    </main>`;
  }

  private renderGrid(state: TableState, layout: TableLayout): TemplateResult {
    const shownSelected = state.selectedRuns - state.selectedHidden;
    const allSelected = shownSelected === 0 ? false : shownSelected >= state.shownRuns ? true : "some";
    return html`<mlops-runs-grid
      .label=${this.heading}
      .columns=${this.gridColumns}
      .rowCount=${state.lineCount}
      .version=${this.rowVersion}
      .selectable=${true}
      .allSelected=${allSelected}
      .isTree=${layout.tree || layout.groupBy !== null}
      .rowAt=${(index: number) => this.rows.get(index)?.grid}
      .renderCell=${this.drawCell}
      .cellTitle=${(index: number, column: GridColumn) => this.cellTitle(index, column)}
      @grid-window=${(event: CustomEvent<GridEventMap["grid-window"]>) => this.rows.setWindow(event.detail)}
      @grid-sort=${(event: CustomEvent<GridEventMap["grid-sort"]>) => this.sort(event.detail)}
      @grid-move=${({ detail }: CustomEvent<GridEventMap["grid-move"]>) =>
        this.editLayout((now, columns) => moveColumn(now, columns, detail.column, detail.before))}
      @grid-resize=${({ detail }: CustomEvent<GridEventMap["grid-resize"]>) =>
        this.editLayout((now) => resizeColumn(now, detail.column, detail.width))}
      @grid-menu=${(event: CustomEvent<GridEventMap["grid-menu"]>) => this.openGridMenu(event.detail)}
      @grid-activate=${({ detail }: CustomEvent<GridEventMap["grid-activate"]>) =>
        this.call(this.host.open({ revision: state.revision, line: detail.row }))}
      @grid-toggle=${({ detail }: CustomEvent<GridEventMap["grid-toggle"]>) =>
        this.call(this.host.toggle({ revision: state.revision, line: detail.row }))}
      @grid-select=${({ detail }: CustomEvent<GridEventMap["grid-select"]>) => this.select({ kind: detail.mode, line: detail.row })}
      @grid-select-all=${({ detail }: CustomEvent<GridEventMap["grid-select-all"]>) => this.select({ kind: detail.select ? "all" : "none" })}
      @grid-copy=${({ detail }: CustomEvent<GridEventMap["grid-copy"]>) => this.copy(detail.row, detail.column, false)}
    ></mlops-runs-grid>`;
  }

  private get grid(): VirtualGrid | null {
    return this.shadowRoot?.querySelector("mlops-runs-grid") as VirtualGrid | null;
  }

  private get picker(): ColumnPicker | null {
    return this.shadowRoot?.querySelector("mlops-column-picker") as ColumnPicker | null;
  }

  private get filterBox(): FilterBox | null {
    return this.shadowRoot?.querySelector("mlops-filter-box") as FilterBox | null;
  }

  private toolbarActions(): ToolbarActions {
    return {
      change: (layout) => this.changeLayout(layout),
      complete: (text, caret) => this.completeFilter(text, caret),
      setFilter: (text) => this.setFilter(text),
      leaveFilter: () => this.grid?.focusGrid(),
      chooseColumns: (anchor) => this.picker?.openAt(anchor),
      exportCsv: () => this.call(this.host.exportCsv({})),
      reload: () => this.call(this.host.reload({ storeId: null })),
    };
  }

  private noticeActions(): Parameters<typeof renderNotices>[2] {
    return {
      reload: (storeId) => this.call(this.host.reload({ storeId })),
      cancel: () => this.call(this.host.cancelLoading({})),
      clearFilter: () => {
        this.setFilter("");
        this.filterBox?.focusBox();
      },
      clearSelection: () => this.select({ kind: "none" }),
      showEqual: () => this.editLayout((layout) => ({ ...layout, onlyDiffering: false })),
      dismiss: () => (this.failure = null),
    };
  }

  private openGridMenu({ row, column, anchor }: GridEventMap["grid-menu"]): void {
    const list = this.columnList;
    const known = column === null ? undefined : this.byId.get(column);
    if (list === undefined || this.state === undefined) {
      return;
    }
    if (row === -1) {
      if (known !== undefined) {
        openMenu(
          anchor,
          t("Column {0}", columnLabel(known)),
          columnMenu(known, list.columns, list.layout, (layout) => this.changeLayout(layout)),
        );
      }
      return;
    }
    const { revision, selectedRuns } = this.state;
    const line = this.rows.get(row)?.line;
    if (line !== undefined) {
      const actions = {
        open: () => this.call(this.host.open({ revision, line: row })),
        toggle: () => this.call(this.host.toggle({ revision, line: row })),
        select: () => this.select({ kind: "toggle", line: row }),
        copyCell: () => this.copy(row, column, false),
        copyRow: () => this.copy(row, null, false),
        copySelected: () => this.copy(row, null, true),
        copyId: () => this.copy(row, "attribute:runId", false),
      };
      openMenu(anchor, t("Run"), rowMenu(line, known, selectedRuns, actions));
    }
  }

  private toGridRow(line: TableLine): GridRow {
    if (line.kind === "group") {
      const selected = line.selectedRuns === 0 ? false : line.selectedRuns === line.runs ? true : "some";
      return { selected, depth: 0, expanded: line.expanded, note: null, span: () => this.renderGroup(line) };
    }
    return {
      selected: line.selected,
      depth: line.depth,
      expanded: line.children > 0 ? line.expanded : null,
      note: line.stale ? t("Old: the store could not be read lately") : null,
      span: null,
    };
  }

  private renderGroup(line: TableLine & { kind: "group" }): TemplateResult {
    const column = this.byId.get(line.column);
    const label = line.label ?? t("no value");
    return html`<span class="muted">${column === undefined ? "" : columnLabel(column)}</span>
      <strong class="text">${label === "" ? '""' : label}</strong>
      <span class="count" aria-label=${t("{0} runs", line.runs)}>${line.runs}</span>`;
  }

  /** A new function makes the grid draw every cell anew: for new columns, and as times grow old. */
  private newDrawCell(): void {
    const { byId, now } = this;
    this.drawCell = (row, column, index) => {
      const known = byId.get(column.id);
      const cached = this.rows.get(index);
      const cell = cached?.cells.get(column.id);
      if (column.id === NAME && cell === "" && cached?.line.kind === "run") {
        // Runs of old MLflow versions have no name.
        return html`<span class="text muted">${t("Run {0}", cached.line.runId.slice(0, 8))}</span>`;
      }
      const drawn = known === undefined ? nothing : renderTableCell(cell, known, now);
      return row.note !== null && column.id === NAME
        ? html`${drawn}<span class="old" role="img" aria-label=${row.note} title=${row.note}>${icon("history")}</span>`
        : drawn;
    };
  }

  private cellTitle(index: number, column: GridColumn): string {
    const known = this.byId.get(column.id);
    const cached = this.rows.get(index);
    return known === undefined || cached?.line.kind !== "run" ? "" : fullCellText(cached.cells.get(column.id), known);
  }

  private redraw(): void {
    this.rowVersion++;
    this.requestUpdate();
  }

  private sort({ column, add }: GridEventMap["grid-sort"]): void {
    const known = this.byId.get(column);
    if (known !== undefined) {
      this.editLayout((layout) => sortByColumn(layout, known, add));
    }
  }

  private editLayout(edit: (layout: TableLayout, columns: readonly TableColumn[]) => TableLayout): void {
    if (this.columnList !== undefined) {
      this.changeLayout(edit(this.columnList.layout, this.columnList.columns));
    }
  }

  private changeLayout(layout: Partial<TableLayout>): void {
    this.call(this.host.setLayout({ layout }));
  }

  private setFilter(text: string): void {
    this.call(this.host.setFilter({ text }));
    this.dispatchEvent(new CustomEvent("filter-kept", { detail: text }));
  }

  private async completeFilter(text: string, caret: number): Promise<readonly FilterCompletion[]> {
    try {
      return (await this.host.completeFilter({ text, caret })).items;
    } catch (error) {
      this.fail(error);
      return [];
    }
  }

  private select(action: Parameters<RunsTableHost["select"]>[0]["action"]): void {
    if (this.state !== undefined) {
      this.call(this.host.select({ revision: this.state.revision, action }).then(() => this.rows.refetch()));
    }
  }

  private copy(line: number, column: string | null, selected: boolean): void {
    if (this.state !== undefined) {
      this.call(this.host.copy({ revision: this.state.revision, line, column, selected }));
    }
  }

  private call(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.fail(error));
  }

  private fail(error: unknown): void {
    this.failure = errorText(error);
  }
}

function toGridColumn(column: TableColumn, layout: TableLayout): GridColumn {
  const at = layout.sort.findIndex((term) => term.column === column.id);
  const term = layout.sort[at];
  return {
    id: column.id,
    label: columnLabel(column),
    caption: columnCaption(column),
    width: column.width,
    pinned: column.pinned,
    align: column.isNumeric ? "end" : "start",
    sort: term === undefined ? null : { descending: term.descending, place: layout.sort.length > 1 ? at + 1 : null },
  };
}

if (customElements.get("mlops-runs-table") === undefined) {
  customElements.define("mlops-runs-table", RunsTablePage);
}
