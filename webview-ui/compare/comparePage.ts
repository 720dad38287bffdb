import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import type { CompareHost, CompareView } from "../../src/protocol/compare";
import type { RpcPeer } from "../../src/protocol/rpc";
import { onThemeChange, readChartTheme } from "../shared/charts/chartTheme";
import { errorText } from "../shared/errorText";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { openMenu } from "../shared/menu";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { GridColumn, GridEventMap, GridRow } from "../shared/virtualTable/gridTypes";
import type { VirtualGrid } from "../shared/virtualTable/virtualGrid";
import { ArtifactReader } from "./artifactReader";
import "./compareGrid";
import type { CompareGrid } from "./compareGrid";
import { DEFAULT_PAGE_STATE, type PageState } from "./compareState";
import { toGridColumns } from "./gridColumns";
import { gridMenu } from "./gridMenu";
import { lineTitle } from "./lineTitle";
import { loadCharts } from "./loadCharts";
import { ARTIFACTS_ID, shownRows, toLines, type Line } from "./lines";
import { activateLine, copyText, rowText } from "./menus";
import { createPageActions, type HostCalls, type PageActions } from "./pageActions";
import { renderEmpty, renderNotices, renderStatusLine, type StateActions } from "./pageStates";
import { pageStyles } from "./pageStyles";
import { renderKey, renderValue, toGridRow } from "./renderCell";
import { renderToolbar } from "./toolbar";

/** What the page asks of the charts, which are loaded later. */
interface ChartsElement extends HTMLElement {
  /** The charts on the screen as SVG texts, for the HTML page. */
  readonly pictures?: () => readonly string[];
  readonly curvesChanged?: (runs: readonly number[]) => void;
}

/** The comparison: toolbar, notices, table and charts, status line. */
export class ComparePage extends LitElement {
  static override styles = [themeStyles, buttonStyles, pageStyles];
  static override properties = {
    view: { attribute: false },
    page: { attribute: false },
    query: { state: true },
    failure: { state: true },
    hovered: { state: true },
    chartsReady: { state: true },
    room: { state: true },
  };

  host!: HostCalls;
  /** The charts call the host themselves. */
  chartsHost: Pick<RpcPeer<object, CompareHost>, "call"> | undefined;
  view: CompareView | undefined;
  page: PageState = DEFAULT_PAGE_STATE;
  private query = "";
  private failure: string | null = null;
  /** The run, by its place, that the pointer or the focus is at, in the table or in a chart. */
  private hovered: number | null = null;
  private chartsReady = false;
  /** The panel's width in pixels: columns share it. */
  private room = 0;
  private hadFocus = false;
  private theme = readChartTheme().kind;
  private columns: readonly GridColumn[] = [];
  private shown: readonly number[] = [];
  private lines: readonly Line[] = [];
  private lineIds: readonly string[] = [];
  private gridRows: readonly GridRow[] = [];
  private lineVersion = 0;
  private drawCell: VirtualGrid["renderCell"] = () => nothing;
  private stopTheme: () => void = () => undefined;
  private readonly artifacts = new ArtifactReader(
    () => this.host,
    () => this.view?.revision ?? 0,
    () => this.requestUpdate("page"),
  );

  private readonly onResize = (): void => {
    this.room = window.innerWidth;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => {
      this.theme = readChartTheme().kind;
      this.requestUpdate("view");
    });
    window.addEventListener("resize", this.onResize);
    this.onResize();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme();
    window.removeEventListener("resize", this.onResize);
  }

  override willUpdate(changed: PropertyValues): void {
    this.hadFocus = this.shadowRoot?.activeElement != null;
    const { view, page } = this;
    if (view === undefined) {
      return;
    }
    if (changed.has("view") || changed.has("page") || changed.has("room")) {
      this.columns = toGridColumns(view, page.widths, this.theme, this.room);
    }
    if (changed.has("view") || changed.has("page") || changed.has("query")) {
      this.artifacts.setRuns(JSON.stringify(view.runs.map(({ storeId, runId }) => [storeId, runId])));
      this.shown = shownRows(view, { onlyDifferences: page.onlyDifferences, query: this.query });
      this.lines = toLines(view, this.shown, {
        onlyDifferences: page.onlyDifferences,
        query: this.query,
        folded: new Set(page.folded),
        opened: new Set(page.opened),
        artifacts: this.artifacts.folders,
        notes: {
          reading: t("Reading files…"),
          empty: t("No files"),
          more: (shown, all) => t("Showing {0} of {1} entries.", shown, all),
        },
      });
      this.gridRows = this.lines.map(toGridRow);
      this.lineIds = this.lines.map(({ id }) => id);
      this.lineVersion++;
      this.drawCell = (_row, column, index) => this.renderCell(column, index);
    }
    if (page.charts && !this.chartsReady) {
      this.loadCharts();
    }
  }

  override render(): TemplateResult {
    const { view, page } = this;
    // The host answers with revision 0 before it has looked at the runs.
    if (view === undefined || (view.revision === 0 && view.runs.length === 0)) {
      return html`<div class="empty" role="status">
        ${icon("loading")}
        <p>${t("Opening the comparison…")}</p>
      </div>`;
    }
    const actions = this.stateActions();
    const table = { shown: this.shown.length, query: this.query, onlyDifferences: page.onlyDifferences };
    const empty = renderEmpty(view, table, actions);
    const hasRuns = view.runs.length > 1;
    return html`<main>
      <h1 class="hidden-text">${t("Comparison of {0} runs", view.runs.length)}</h1>
      ${renderToolbar({
        view,
        page,
        query: this.query,
        actions: this.pageActions(),
        change: (change) => this.changePage(change),
        search: (query) => (this.query = query),
        leaveSearch: () => this.grid?.focusGrid(),
      })}
      ${renderNotices(view, this.failure, actions)}
      <div class="main">
        ${page.table || !hasRuns ? html`<div class="pane">${empty ?? this.renderGrid()}</div>` : nothing}
        ${page.charts && hasRuns ? html`<div class="pane charts">${this.renderCharts(view)}</div>` : nothing}
      </div>
      ${renderStatusLine(view, this.shown.length, page, actions)}
    </main>`;
  }

  override updated(): void {
    this.keepFocus();
    // Open folders are read when they are first in sight, also after the runs became others.
    const { opened } = this.page;
    if (opened.includes(ARTIFACTS_ID) && (this.view?.runs.length ?? 0) > 1) {
      this.artifacts.want(this.lines.flatMap((line) => (isOpenFolder(line) ? [line.id.slice(ARTIFACTS_ID.length)] : [])));
    }
    this.grid?.lightUp(this.lit());
  }

  /** What had the focus may be gone, such as a notice's button or a table of which nothing is left: what stands there instead gets it. */
  private keepFocus(): void {
    const { shadowRoot } = this;
    if (!this.hadFocus || shadowRoot?.activeElement !== null || document.activeElement !== document.body) {
      return;
    }
    const next = shadowRoot.querySelector<HTMLElement>(".empty .action");
    if (next === null && this.grid !== null) {
      this.grid.focusGrid();
    } else {
      (next ?? shadowRoot.querySelector<HTMLElement>(".search"))?.focus();
    }
  }

  private renderGrid(): TemplateResult {
    return html`<mlops-compare-grid
      .label=${t("Comparison")}
      .columns=${this.columns}
      .rowCount=${this.lines.length}
      .rowIds=${this.lineIds}
      .version=${this.lineVersion}
      .isTree=${true}
      .rowAt=${(index: number) => this.gridRows[index]}
      .renderCell=${this.drawCell}
      .cellTitle=${(index: number, column: GridColumn) => this.cellTitle(index, column)}
      @column-over=${(event: CustomEvent<number | null>) => this.hoverColumn(event.detail)}
      @grid-move=${({ detail }: CustomEvent<GridEventMap["grid-move"]>) => this.moveColumn(detail)}
      @grid-resize=${({ detail }: CustomEvent<GridEventMap["grid-resize"]>) =>
        this.changePage({ widths: { ...this.page.widths, [detail.column]: detail.width } })}
      @grid-sort=${() => this.grid?.openMenu()}
      @grid-menu=${(event: CustomEvent<GridEventMap["grid-menu"]>) => this.openGridMenu(event.detail)}
      @grid-activate=${({ detail }: CustomEvent<GridEventMap["grid-activate"]>) => this.activate(detail.row)}
      @grid-toggle=${({ detail }: CustomEvent<GridEventMap["grid-toggle"]>) => this.toggle(detail.row)}
      @grid-copy=${({ detail }: CustomEvent<GridEventMap["grid-copy"]>) => this.copy(detail)}
    ></mlops-compare-grid>`;
  }

  private renderCharts(view: CompareView): TemplateResult {
    return this.chartsReady
      ? html`<mlops-compare-charts
          .view=${view}
          .hovered=${this.hovered}
          .host=${this.chartsHost}
          @hover-run=${(event: CustomEvent<{ run: number | null }>) => (this.hovered = event.detail.run)}
          @select-key=${(event: CustomEvent<{ key: string }>) => this.revealKey(event.detail.key)}
        ></mlops-compare-charts>`
      : html`<div class="empty" role="status">
          ${icon("loading")}
          <p>${t("Loading charts…")}</p>
        </div>`;
  }

  /** Runs, by their place, have new points. */
  curvesChanged(runs: readonly number[]): void {
    this.charts?.curvesChanged?.(runs);
  }

  private get charts(): ChartsElement | null {
    return this.shadowRoot?.querySelector<ChartsElement>("mlops-compare-charts") ?? null;
  }

  private get grid(): CompareGrid | null {
    return this.shadowRoot?.querySelector("mlops-compare-grid") ?? null;
  }

  private renderCell(column: GridColumn, index: number): unknown {
    const line = this.lines[index];
    const at = this.columnAt(column.id);
    if (line === undefined || this.view === undefined) {
      return nothing;
    }
    return at === null ? renderKey(line) : renderValue(line, at, this.view);
  }

  private cellTitle(index: number, column: GridColumn): string {
    return this.view === undefined ? "" : lineTitle(this.view, this.lines[index], this.columnAt(column.id));
  }

  /** The column of the view, or null for the key. */
  private columnAt(id: string | null): number | null {
    const at = this.columns.findIndex((column) => column.id === id);
    return at < 1 ? null : at - 1;
  }

  private hoverColumn(gridColumn: number | null): void {
    const column = gridColumn === null ? undefined : this.view?.columns[gridColumn - 1];
    this.hovered = column === undefined || gridColumn === null ? null : column.kind === "run" ? gridColumn - 1 : (column.runs[0] ?? null);
  }

  /** Places in the grid of the columns that hold the run in question. */
  private lit(): readonly number[] {
    const { hovered, view } = this;
    if (hovered === null || view === undefined) {
      return [];
    }
    return view.columns.flatMap((column, index) =>
      (column.kind === "run" ? index === hovered : column.runs.includes(hovered)) ? [index + 1] : [],
    );
  }

  private openGridMenu({ row, column, anchor }: GridEventMap["grid-menu"]): void {
    if (this.view === undefined) {
      return;
    }
    const menu = gridMenu(row, this.columnAt(column), {
      view: this.view,
      lines: this.lines,
      actions: this.pageActions(),
      folded: this.page.folded,
      setFolded: (folded) => this.changePage({ folded }),
      choose: (label, entries) => openMenu(anchor, label, entries),
    });
    if (menu !== null) {
      openMenu(anchor, menu.label, menu.entries);
    }
  }

  /** Enter or a double click: folds, or shows values and files side by side. */
  private activate(row: number): void {
    const line = this.lines[row];
    if (line !== undefined && this.view !== undefined && !activateLine(this.view, line, this.pageActions())) {
      this.toggle(row);
    }
  }

  private toggle(row: number): void {
    const line = this.lines[row];
    const flip = (ids: readonly string[], id: string): readonly string[] =>
      ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
    if (line?.kind === "section" || line?.kind === "prefix") {
      this.changePage({ folded: flip(this.page.folded, line.id) });
    } else if (line?.kind === "artifacts" || (line?.kind === "artifact" && line.entry.isDirectory)) {
      this.changePage({ opened: flip(this.page.opened, line.id) });
    }
  }

  private copy({ row, column }: GridEventMap["grid-copy"]): void {
    const line = this.lines[row];
    const at = this.columnAt(column);
    if (line?.kind === "row" && this.view !== undefined) {
      const text = column === null ? rowText(this.view, line.row) : at === null ? line.row.key : copyText(line.row, at);
      this.pageActions().copyText(text);
    } else if (line?.kind === "artifact") {
      this.pageActions().copyText(line.entry.path);
    }
  }

  private moveColumn({ column, before }: GridEventMap["grid-move"]): void {
    const run = this.columnAt(column);
    // Groups stand in the order of their values, and the key stays first.
    if (run !== null && this.view?.options.groupBy === null) {
      const to = before === null ? null : this.columnAt(before);
      if (before === null || to !== null) {
        this.pageActions().moveRun(run, to);
      }
    }
  }

  private revealKey(key: string): void {
    this.changePage({ table: true });
    void this.updateComplete.then(() => {
      const at = this.lines.findIndex((line) => line.kind === "row" && line.row.key === key);
      if (at >= 0) {
        this.grid?.revealRow(at);
      }
    });
  }

  private pageActions(): PageActions {
    return createPageActions(this.host, this.view, this.shown, {
      call: (work) => this.call(work),
      reload: () => this.reload(null),
      pictures: () => this.charts?.pictures?.() ?? [],
    });
  }

  private stateActions(): StateActions {
    return {
      addRuns: () => this.call(this.host.addRuns({})),
      reload: (storeId) => this.reload(storeId),
      removeMissing: () => this.call(this.host.removeMissing({})),
      showAll: () => this.changePage({ onlyDifferences: false }),
      clearSearch: () => (this.query = ""),
      dismiss: () => (this.failure = null),
    };
  }

  private reload(storeId: string | null): void {
    this.artifacts.forget();
    this.requestUpdate("page");
    this.call(this.host.reload({ storeId }));
  }

  private loadCharts(): void {
    loadCharts().then(
      () => (this.chartsReady = true),
      (error: unknown) => this.fail(error),
    );
  }

  private changePage(change: Partial<PageState>): void {
    this.page = { ...this.page, ...change };
    this.dispatchEvent(new CustomEvent("page-kept", { detail: this.page }));
  }

  private call(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.fail(error));
  }

  private fail(error: unknown): void {
    this.failure = errorText(error);
  }
}

function isOpenFolder(line: Line): boolean {
  return (line.kind === "artifacts" || line.kind === "artifact") && line.expanded === true;
}

if (customElements.get("mlops-compare") === undefined) {
  customElements.define("mlops-compare", ComparePage);
}
