import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import type { DriftExport, DriftOptions, DriftView } from "../../src/protocol/drift";
import { errorText } from "../shared/errorText";
import { t } from "../shared/l10n";
import { openMenu } from "../shared/menu";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { GridColumn, GridEventMap, GridRow } from "../shared/virtualTable/gridTypes";
import { HEADER_HEIGHT, ROW_HEIGHT } from "../shared/virtualTable/gridStyles";
import type { VirtualGrid } from "../shared/virtualTable/virtualGrid";
import { headingMenu, nextSort, renderFilters, renderNothingFound, rowMenu } from "./columnsPane";
import { renderDetailPane } from "./detailPane";
import type { DriftCalls } from "./driftCalls";
import "./driftGrid";
import type { DriftGrid } from "./driftGrid";
import { renderHeader } from "./header";
import { loadPanels, loadPictures } from "./loadPanels";
import { renderOptions } from "./optionsBar";
import { DEFAULT_DRIFT_STATE, type DriftPageState } from "./pageState";
import { renderEmpty, renderNotices, type StateActions } from "./pageStates";
import { driftPageStyles } from "./pageStyles";
import { cellTitle, renderColumnCell, rowText, toGridRow } from "./renderCell";
import { renderReading } from "./readingForm";
import { SORT_BY, toDriftColumns } from "./tableColumns";
import { toTableLines, type TableLine } from "./tableLines";
import { renderTabPanel, renderWaiting } from "./tabPanel";
import { renderTabs } from "./tabs";
import { driftedNames, renderTools } from "./toolbar";

/** The details, whose code comes with the charts. */
interface DetailElement extends HTMLElement {
  focusHeading(): void;
}

/** Drift of a product's data: the verdict, a table of columns with the details of one, what happened over time, and what people say of it. */
export class DriftPageElement extends LitElement {
  static override styles = [themeStyles, buttonStyles, ...driftPageStyles];
  static override properties = {
    view: { attribute: false },
    page: { attribute: false },
    query: { state: true },
    failure: { state: true },
    isOpen: { state: true },
    isReading: { state: true },
    panelsReady: { state: true },
    room: { state: true },
    sent: { state: true },
    wantedKpi: { attribute: false },
  };

  host!: DriftCalls;
  view: DriftView | undefined;
  page: DriftPageState = DEFAULT_DRIFT_STATE;
  /** The KPI that somebody came for; it may still have to be computed. */
  wantedKpi: string | null = null;
  private query = "";
  private failure: string | null = null;
  private isOpen = false;
  private isReading = false;
  private panelsReady = false;
  /** The table's width in pixels: its last column takes what is left. */
  private room = 0;
  /** The revision whose options were changed; until the host answers, what is shown belongs to the options before. */
  private sent: number | null = null;
  /** Somebody opened a column, and the focus goes to its details. */
  private detailWanted = false;
  /** Somebody came from a chart to the columns of another window; the revision that they came from. */
  private gridWantedAfter: number | null = null;
  private columns: readonly GridColumn[] = [];
  private lines: readonly TableLine[] = [];
  private lineIds: readonly string[] = [];
  private gridRows: readonly GridRow[] = [];
  private lineVersion = 0;
  private readonly drawCell: VirtualGrid["renderCell"] = (_row, column, index) => {
    const line = this.lines[index];
    return line?.kind === "column" ? renderColumnCell(line.row, column.id) : nothing;
  };
  private readonly titleOf = (index: number, column: GridColumn): string => {
    const line = this.lines[index];
    return line?.kind === "column" ? cellTitle(line.row, column.id) : "";
  };
  private readonly rowAt = (index: number): GridRow | undefined => this.gridRows[index];
  private readonly resize = new ResizeObserver(([entry]) => (this.room = Math.round(entry?.contentRect.width ?? 0)));

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
    this.addEventListener("keydown", this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
    this.removeEventListener("keydown", this.onKey);
  }

  override willUpdate(changed: PropertyValues): void {
    const { view, page } = this;
    if (view === undefined) {
      return;
    }
    if (changed.has("view") && this.sent !== null && view.revision !== this.sent) {
      this.sent = null;
    }
    const before = changed.get("view") as DriftView | undefined;
    if (changed.has("page") || changed.has("query") || (changed.has("view") && before?.columns !== view.columns)) {
      this.lines = toTableLines(view.columns, { query: this.query, states: page.states, sort: page.sort });
      this.lineIds = this.lines.map(({ id }) => id);
      this.gridRows = this.lines.map(toGridRow);
      this.lineVersion++;
    }
    if (changed.has("view") || changed.has("page") || changed.has("room")) {
      this.columns = toDriftColumns(page, this.tableRoom(), {
        trend: view.columns.some(({ trend }) => trend.length > 0),
        categories: view.columns.some(({ type, newCategories, lostCategories }) => type !== "num" || newCategories + lostCategories > 0),
      });
    }
    if (!this.panelsReady && (page.tab !== "columns" || page.column !== null)) {
      loadPanels().then(
        () => (this.panelsReady = true),
        (error: unknown) => this.fail(error),
      );
    }
  }

  override render(): TemplateResult {
    const { view, page } = this;
    const actions = this.stateActions();
    const empty = renderEmpty(view, actions);
    if (view === undefined) {
      return html`<main>${empty}</main>`;
    }
    const change = (options: Partial<DriftOptions>): void => this.setOptions(options);
    return html`<main>
      ${renderHeader({
        view,
        isOpen: this.isOpen,
        toggle: () => (this.isOpen = !this.isOpen),
        tools: renderTools(driftedNames(view), view.columns.length > 0, {
          exportReport: (format, to) => this.exportReport(format, to),
          retrain: () => this.call(this.host.retrain({ revision: view.revision, columns: driftedNames(view) })),
          openConfig: actions.openConfig,
          reload: actions.reload,
          openReading: actions.openReading,
        }),
        openFile: (path) => this.call(this.host.openFile({ path })),
      })}
      ${renderNotices(view, this.failure, actions)}
      ${renderReading({
        isOpen: this.isReading,
        options: view.options,
        labels: { reference: view.reference?.label ?? null, current: view.current?.label ?? null },
        columns: view.columns.map(({ name }) => name),
        choose: (choice) => {
          this.closeReading();
          this.setOptions(choice);
        },
        close: () => this.closeReading(),
      })}
      ${empty !== null && view.reference === null ? nothing : renderOptions(view, change)}
      ${
        empty ??
        html`${renderTabs(view, page.tab, (tab) => this.changePage({ tab }))}
          <div
            class="body ${this.sent === null ? "" : "stale"}"
            id="panel"
            role="tabpanel"
            aria-labelledby="tab-${page.tab}"
            aria-busy=${String(this.sent !== null)}
          >
            ${page.tab === "columns" ? this.renderColumns(view) : this.panelsReady ? this.renderPanel(view, page) : renderWaiting()}
          </div>`
      }
    </main>`;
  }

  override updated(): void {
    const { column } = this.page;
    const at = column === null ? -1 : this.lines.findIndex((line) => line.id === `column:${column}`);
    this.grid?.markOpen(at === -1 ? null : at);
    if (this.gridWantedAfter !== null && (this.view?.revision ?? 0) > this.gridWantedAfter && this.grid !== null) {
      this.gridWantedAfter = null;
      this.grid.focusGrid();
    }
    // The details may still have to be loaded; a column that was open before a reload does not take the focus.
    if (this.detailWanted && column !== null && this.panelsReady) {
      this.detailWanted = false;
      this.focusDetail();
    }
  }

  private renderColumns(view: DriftView): TemplateResult {
    const { page } = this;
    const open = view.columns.find(({ name }) => name === page.column);
    return html`<div class="columns">
      <div class="table">
        ${renderFilters({
          view,
          page,
          query: this.query,
          search: (query) => (this.query = query),
          leaveSearch: () => this.grid?.focusGrid(),
          setStates: (states) => this.changePage({ states }),
        })}
        ${this.lines.length === 0 ? renderNothingFound(() => this.clearFilters()) : this.renderGrid()}
      </div>
      ${
        open === undefined
          ? nothing
          : renderDetailPane({
              ...{ view, row: open, host: this.host, isReady: this.panelsReady },
              close: () => this.closeDetail(),
              chooseWindow: (from) => this.chooseWindow(from),
            })
      }
    </div>`;
  }

  private renderGrid(): TemplateResult {
    return html`<mlops-drift-grid
      style="--grid-height:${this.lines.length * ROW_HEIGHT + HEADER_HEIGHT + 16}px"
      .label=${t("Columns")}
      .columns=${this.columns}
      .rowCount=${this.lines.length}
      .rowIds=${this.lineIds}
      .version=${this.lineVersion}
      .rowAt=${this.rowAt}
      .renderCell=${this.drawCell}
      .cellTitle=${this.titleOf}
      @grid-activate=${({ detail }: CustomEvent<GridEventMap["grid-activate"]>) => {
        const line = this.lines[detail.row];
        if (line?.kind === "column") {
          this.openColumn(line.row.name);
        }
      }}
      @grid-sort=${({ detail }: CustomEvent<GridEventMap["grid-sort"]>) => this.sort(detail.column)}
      @grid-menu=${({ detail }: CustomEvent<GridEventMap["grid-menu"]>) => this.openMenu(detail)}
      @grid-copy=${({ detail }: CustomEvent<GridEventMap["grid-copy"]>) => this.copy(detail)}
      @grid-resize=${({ detail }: CustomEvent<GridEventMap["grid-resize"]>) =>
        this.changePage({ widths: { ...this.page.widths, [detail.column]: detail.width } })}
    ></mlops-drift-grid>`;
  }

  private renderPanel(view: DriftView, { tab, segmentColumn }: DriftPageState): TemplateResult | typeof nothing {
    return renderTabPanel(tab, {
      view,
      host: this.host,
      segmentColumn,
      wantedKpi: this.wantedKpi,
      kpiShown: () => (this.wantedKpi = null),
      chooseWindow: (from) => this.chooseWindow(from),
      chooseSegments: (column) => this.changePage({ segmentColumn: column }),
      showSegment: (segment) => {
        this.setOptions({ segment });
        this.changePage({ tab: "columns" });
      },
      call: (work) => this.call(work),
    });
  }

  private get grid(): DriftGrid | null {
    return this.shadowRoot?.querySelector("mlops-drift-grid") ?? null;
  }

  /** The part of the page's width that the table has. */
  private tableRoom(): number {
    const isBeside = this.page.column !== null && this.room >= 900;
    return isBeside ? this.room - Math.max(380, this.room * 0.46) : this.room;
  }

  private openColumn(name: string): void {
    this.detailWanted = true;
    this.changePage({ column: name, tab: "columns" });
  }

  private closeDetail(): void {
    this.changePage({ column: null });
    this.grid?.focusGrid();
  }

  private focusDetail(): void {
    void this.updateComplete.then(() => {
      const detail = this.shadowRoot?.querySelector<DetailElement>("mlops-drift-detail");
      detail?.focusHeading();
      if (this.room < 900) {
        detail?.scrollIntoView({ block: "start" });
      }
    });
  }

  /** Escape leaves the details, wherever in them or in the table the focus is. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented && this.page.column !== null && this.page.tab === "columns") {
      event.preventDefault();
      this.closeDetail();
    }
  };

  private sort(column: string): void {
    const by = SORT_BY[column];
    if (by !== undefined) {
      this.changePage({ sort: nextSort(by, this.page) });
    }
  }

  private openMenu({ row, column, anchor }: GridEventMap["grid-menu"]): void {
    const { view } = this;
    if (view === undefined) {
      return;
    }
    const line = this.lines[row];
    const entries =
      row === -1
        ? headingMenu(SORT_BY[column ?? ""], this.page, (sort) => this.changePage({ sort }))
        : rowMenu(view, line, {
            open: (name) => this.openColumn(name),
            copy: (text) => this.call(this.host.copyText({ text })),
            segment: (name) => this.changePage({ tab: "segments", segmentColumn: name }),
            change: (options) => this.setOptions(options),
          });
    if (entries.length > 0) {
      openMenu(anchor, line?.kind === "column" ? line.row.name : t("Sort"), entries);
    }
  }

  private copy({ row, column }: GridEventMap["grid-copy"]): void {
    const line = this.lines[row];
    if (line?.kind === "column") {
      this.call(this.host.copyText({ text: column === "name" ? line.row.name : rowText(line.row) }));
    }
  }

  private clearFilters(): void {
    this.query = "";
    this.changePage({ states: [] });
  }

  private setOptions(options: Partial<DriftOptions>): void {
    const { view } = this;
    if (view !== undefined) {
      this.sent = view.revision;
      const done = (): void => void (this.sent = null);
      this.call(this.host.setOptions({ revision: view.revision, options: { ...view.options, ...options } }).finally(done));
    }
  }

  /** Shows the columns in the window that begins at a time; one that a KPI alone has cannot be shown. */
  private chooseWindow(from: number): void {
    const at = this.view?.windows.findIndex((window) => window.from === from) ?? -1;
    if (at >= 0) {
      // A chart that had the focus is gone, and the table comes when it is judged anew.
      this.gridWantedAfter = this.page.tab === "columns" ? null : (this.view?.revision ?? null);
      this.changePage({ tab: "columns" });
      this.setOptions({ shownWindow: at });
    }
  }

  private exportReport(format: DriftExport, to: "file" | "clipboard"): void {
    const { view, host } = this;
    if (view !== undefined) {
      const pictures = format === "html" ? loadPictures(view, host, driftedNames(view)) : Promise.resolve([]);
      this.call(pictures.then((charts) => host.exportReport({ revision: view.revision, format, to, charts })));
    }
  }

  private stateActions(): StateActions {
    return {
      reload: () => this.call(this.host.reload({})),
      openReading: () => (this.isReading = true),
      cancel: () => this.call(this.host.cancel({})),
      openConfig: () => this.call(this.host.openConfig({})),
      clearSegment: () => this.setOptions({ segment: null }),
      dismiss: () => (this.failure = null),
    };
  }

  private closeReading(): void {
    this.isReading = false;
    this.grid?.focusGrid();
  }

  private changePage(change: Partial<DriftPageState>): void {
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

if (customElements.get("mlops-drift") === undefined) {
  customElements.define("mlops-drift", DriftPageElement);
}
