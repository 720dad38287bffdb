import { html, nothing, type PropertyValues, type TemplateResult } from "lit";

import type { OverviewPageData, OverviewPlace, OverviewRow, OverviewView } from "../../src/protocol/overview";
import { CallingPage } from "../shared/callingPage";
import { formatDateTime } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { openMenu } from "../shared/menu";
import { tabBar } from "../shared/tabBar";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { GridColumn, GridEventMap, GridRow } from "../shared/virtualTable/gridTypes";
import { waiting } from "../shared/waiting";
import { renderCost } from "./costTab";
import { renderDetail } from "./detailPane";
import { renderEffort } from "./effortTab";
import { CHALLENGE_ORDER } from "./lights";
import type { OverviewCalls } from "./overviewCalls";
import { tableRoom, toOverviewGridColumns } from "./overviewColumns";
import "./overviewGrid";
import type { OverviewGrid } from "./overviewGrid";
import { countLights, stateOf, toOverviewLines, worstOf, type OverviewLine } from "./overviewLines";
import { headingMenu, rowMenu } from "./overviewMenus";
import { overviewStyles } from "./overviewStyles";
import { DEFAULT_OVERVIEW_STATE, OVERVIEW_COLUMNS, OVERVIEW_TABS, type OverviewPageState, type OverviewTab } from "./pageState";
import { renderEmpty, renderNotices, type StateActions } from "./pageStates";
import { overviewTitle, renderGroup, renderOverviewCell, rowText } from "./renderCell";
import { renderStack } from "./stackTab";
import { renderFilters, renderNothingFound } from "./toolbar";
import { renderWaste } from "./wasteTab";

/** All products: who is in trouble in which of the five challenges, what is next, and what it costs. */
export class OverviewPageElement extends CallingPage {
  static override styles = [themeStyles, buttonStyles, ...overviewStyles];
  static override properties = { view: { attribute: false }, page: { attribute: false }, room: { state: true } };

  host!: OverviewCalls;
  view: OverviewView | undefined;
  page: OverviewPageState = DEFAULT_OVERVIEW_STATE;
  /** The table's width in pixels. */
  private room = 0;
  private lines: readonly OverviewLine[] = [];
  private lineIds: readonly string[] = [];
  private gridRows: readonly GridRow[] = [];
  private gridVersion = 0;
  private columns: readonly GridColumn[] = [];
  private detailWanted = false;
  private readonly sized = new ResizeObserver(([entry]) => (this.room = entry?.contentRect.width ?? 0));
  private readonly rowAt = (index: number): GridRow | undefined => this.gridRows[index];
  private drawCell = this.newDrawCell();

  override connectedCallback(): void {
    super.connectedCallback();
    this.sized.observe(this);
    this.addEventListener("keydown", this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sized.disconnect();
    this.removeEventListener("keydown", this.onKey);
  }

  override willUpdate(changed: PropertyValues): void {
    const before = changed.get("page") as OverviewPageState | undefined;
    const isOtherPage = changed.has("view") && (changed.get("view") as OverviewView | undefined)?.page !== this.view?.page;
    if (isOtherPage || (changed.has("page") && (before === undefined || CHOICES.some((key) => before[key] !== this.page[key])))) {
      this.lines = toOverviewLines(this.view?.page?.rows ?? [], this.page);
      this.lineIds = this.lines.map(({ id }) => id);
      this.gridRows = this.lines.map((line) => this.toGridRow(line));
      this.gridVersion++;
      this.drawCell = this.newDrawCell();
    }
    if (changed.has("page") || changed.has("room") || this.columns.length === 0) {
      this.columns = toOverviewGridColumns(this.page, tableRoom(this.room, this.openRow() !== undefined));
    }
  }

  override render(): TemplateResult {
    const { view, page } = this;
    const actions = this.stateActions();
    const empty = renderEmpty(view, actions);
    const data = view?.page ?? null;
    if (empty !== null || view === undefined || data === null) {
      return html`<main>
        <h1 class="hidden-text">${t("Overview")}</h1>
        ${data === null || view === undefined ? nothing : renderNotices(view, actions)} ${this.renderFailure()} ${empty}
      </main>`;
    }
    return html`<main>
      ${this.renderTop(view, data)}
      <div class="notices">${renderNotices(view, actions)} ${this.renderFailure()}</div>
      ${tabBar({
        label: t("Parts of the overview"),
        tabs: tabsOf(data),
        chosen: page.tab,
        choose: (tab) => this.change({ tab }),
      })}
      <div
        class="panel ${page.tab === "overview" ? "" : "scrolls"}"
        id="panel"
        role="tabpanel"
        aria-labelledby="tab-${page.tab}"
        tabindex=${page.tab === "overview" ? nothing : "0"}
      >
        ${this.renderTab(page.tab, data, view.work.isWorkingOutCosts)}
      </div>
    </main>`;
  }

  override updated(): void {
    const open = this.openRow();
    const at = open === undefined ? -1 : this.lines.findIndex((line) => line.kind === "product" && line.row.id === open.id);
    this.grid?.markOpen(at === -1 ? null : at);
    if (this.detailWanted && open !== undefined) {
      this.detailWanted = false;
      const heading = this.shadowRoot?.querySelector<HTMLElement>(".beside h2");
      heading?.focus({ preventScroll: this.room >= 900 });
    }
  }

  private renderTop({ work }: OverviewView, data: OverviewPageData): TemplateResult {
    const { trouble, attention } = countLights(data.rows);
    const words = [
      data.rows.length === 1 ? t("1 product") : t("{0} products", data.rows.length),
      t("{0} in trouble", trouble),
      t("{0} need attention", attention),
    ].join(", ");
    return html`<header class="top">
      <div class="titles">
        <h1>${t("Overview")}</h1>
        <p class="muted">${words} · ${t("as of {0}", formatDateTime(data.at))}</p>
      </div>
      <div class="buttons tools">
        <button class="tool" title=${t("Look again")} ?disabled=${work.progress !== null} @click=${() => this.call(this.host.refresh())}>
          ${icon(work.progress !== null ? "loading" : "refresh")}<span>${t("Look again")}</span>
        </button>
      </div>
    </header>`;
  }

  private renderTab(tab: OverviewTab, data: OverviewPageData, isWorkingOutCosts: boolean): unknown {
    switch (tab) {
      case "overview":
        return this.renderTable(data.rows);
      case "effort":
        return renderEffort(data.rows, (row, place) => this.act(row, place));
      case "stack":
        return renderStack(data.stack, data.rows);
      case "cost":
      case "waste":
        return this.renderCosts(tab, data.costs, isWorkingOutCosts);
    }
  }

  private renderCosts(tab: "cost" | "waste", costs: OverviewPageData["costs"], isWorkingOutCosts: boolean): unknown {
    if (costs === null) {
      return isWorkingOutCosts
        ? waiting(t("Adding up all runs…"))
        : html`<p class="hint">${t("The runs could not be added up. The lines above say why.")}</p>`;
    }
    if (costs.length === 0) {
      return html`<p class="hint">${t("No store of runs was found, so that nothing is known of costs.")}</p>`;
    }
    return costs.map(
      (one) =>
        html`${costs.length === 1 ? nothing : html`<h2>${one.folder}</h2>`}
        ${
          tab === "cost"
            ? renderCost({
                ...{ costs: one, page: this.page },
                change: (change) => this.change(change),
                openPolicy: () => this.call(this.host.openPolicy()),
              })
            : renderWaste(one, ({ storeId, runId }) => this.call(this.host.openRun({ storeId, runId })))
        }`,
    );
  }

  private renderTable(rows: readonly OverviewRow[]): TemplateResult {
    const { page } = this;
    const open = this.openRow();
    const shown = page.groupBy === "none" ? this.lines.length : toOverviewLines(rows, { ...page, groupBy: "none" }).length;
    return html`${renderFilters({
        ...{ rows, shown, page },
        change: (change) => this.change(change),
        leaveSearch: () => this.grid?.focusGrid(),
      })}
      <div class="columns ${open === undefined ? "" : "open"}">
        <div class="table">
          ${this.lines.length === 0 ? renderNothingFound(() => this.change({ query: "", lights: [], onlyMine: false })) : this.renderGrid()}
        </div>
        ${
          open === undefined
            ? nothing
            : renderDetail(open, Date.now(), {
                act: (row, place) => this.act(row, place),
                openFile: (row) => this.call(this.host.openFile({ row: row.id })),
                close: () => this.closeDetail(),
              })
        }
      </div>`;
  }

  private renderGrid(): TemplateResult {
    return html`<mlops-overview-grid
      .label=${t("Products")}
      .columns=${this.columns}
      .rowCount=${this.lines.length}
      .rowIds=${this.lineIds}
      .version=${this.gridVersion}
      .isTree=${this.page.groupBy !== "none"}
      .rowAt=${this.rowAt}
      .renderCell=${this.drawCell}
      .cellTitle=${(index: number, column: GridColumn) => this.cellTitle(index, column)}
      @grid-activate=${({ detail }: CustomEvent<GridEventMap["grid-activate"]>) => this.activate(detail)}
      @grid-toggle=${({ detail }: CustomEvent<GridEventMap["grid-toggle"]>) => this.toggle(this.lines[detail.row])}
      @grid-sort=${({ detail }: CustomEvent<GridEventMap["grid-sort"]>) => this.sort(detail.column)}
      @grid-menu=${({ detail }: CustomEvent<GridEventMap["grid-menu"]>) => this.openMenu(detail)}
      @grid-copy=${({ detail }: CustomEvent<GridEventMap["grid-copy"]>) => this.copy(detail)}
      @grid-resize=${({ detail }: CustomEvent<GridEventMap["grid-resize"]>) =>
        this.change({ widths: { ...this.page.widths, [detail.column]: detail.width } })}
    ></mlops-overview-grid>`;
  }

  private get grid(): OverviewGrid | null {
    return this.shadowRoot?.querySelector("mlops-overview-grid") ?? null;
  }

  private openRow(): OverviewRow | undefined {
    return this.page.open === null ? undefined : this.view?.page?.rows.find(({ id }) => id === this.page.open);
  }

  private newDrawCell(): OverviewGrid["renderCell"] {
    const now = Date.now();
    const act = (row: OverviewRow, place: OverviewPlace): void => this.act(row, place);
    return (_row, column, index) => {
      const line = this.lines[index];
      return line?.kind === "product" ? renderOverviewCell(line.row, column.id, now, act) : nothing;
    };
  }

  private toGridRow(line: OverviewLine): GridRow {
    const { groupBy } = this.page;
    return line.kind === "group" && groupBy !== "none"
      ? {
          ...{ selected: false, depth: 0, expanded: !line.isFolded, note: null },
          span: () => renderGroup(groupBy, line.group, line.count),
        }
      : { selected: false, depth: groupBy === "none" ? 0 : 1, expanded: null, span: null, note: null };
  }

  /** Enter on a light does what is next there; elsewhere it opens the details. */
  private activate({ row, column }: GridEventMap["grid-activate"]): void {
    const line = this.lines[row];
    if (line?.kind !== "product") {
      return;
    }
    const challenge = column === "next" ? worstOf(line.row)?.challenge : CHALLENGE_ORDER.find((one) => one === column);
    if (challenge !== undefined && stateOf(line.row, challenge)?.action != null) {
      this.act(line.row, { kind: "challenge", challenge });
    } else {
      this.detailWanted = column !== null;
      this.change({ open: line.row.id });
    }
  }

  private act(row: OverviewRow, place: OverviewPlace): void {
    this.call(this.host.act({ row: row.id, place }));
  }

  private closeDetail(): void {
    this.change({ open: null });
    this.grid?.focusGrid();
  }

  private toggle(line: OverviewLine | undefined): void {
    if (line?.kind === "group") {
      const { folded } = this.page;
      this.change({ folded: line.isFolded ? folded.filter((id) => id !== line.id) : [...folded, line.id] });
    }
  }

  private sort(column: string): void {
    const by = OVERVIEW_COLUMNS.find((id) => id === column);
    if (by !== undefined) {
      const { sort } = this.page;
      this.change({ sort: { by, descending: sort.by === by && !sort.descending } });
    }
  }

  private openMenu({ row, column, anchor }: GridEventMap["grid-menu"]): void {
    const line = this.lines[row];
    if (row === -1) {
      const by = OVERVIEW_COLUMNS.find((id) => id === column);
      openMenu(anchor, t("Sort"), by === undefined ? [] : headingMenu(by, this.page.sort, (sort) => this.change({ sort })));
    } else if (line?.kind === "product") {
      const menu = rowMenu(line.row, {
        open: (product) => this.openDetail(product),
        act: (product, place) => this.act(product, place),
        openFile: (product) => this.call(this.host.openFile({ row: product.id })),
        copy: (text) => this.call(this.host.copyText({ text })),
      });
      openMenu(anchor, line.row.name, menu);
    }
  }

  private openDetail({ id }: OverviewRow): void {
    this.detailWanted = true;
    this.change({ open: id });
  }

  private copy({ row, column }: GridEventMap["grid-copy"]): void {
    const line = this.lines[row];
    if (line?.kind === "product") {
      const text = column === null ? rowText(line.row) : overviewTitle(line.row, column);
      this.call(this.host.copyText({ text: text === "" ? line.row.name : text }));
    }
  }

  private cellTitle(index: number, column: GridColumn): string {
    const line = this.lines[index];
    return line?.kind === "product" ? overviewTitle(line.row, column.id) : "";
  }

  /** Escape leaves the details, wherever in them or in the table the focus is. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented && this.page.open !== null && this.page.tab === "overview") {
      event.preventDefault();
      this.closeDetail();
    }
  };

  private stateActions(): StateActions {
    return {
      reload: () => this.call(this.host.refresh()),
      cancel: () => this.call(this.host.cancel()),
      newModel: () => this.call(this.host.newModel()),
    };
  }

  private change(change: Partial<OverviewPageState>): void {
    this.page = { ...this.page, ...change };
    this.dispatchEvent(new CustomEvent("page-kept"));
  }
}

/** What decides which lines there are. */
const CHOICES = ["query", "lights", "onlyMine", "groupBy", "folded", "sort"] as const;

function tabsOf({
  rows,
  costs,
}: OverviewPageData): readonly { readonly id: OverviewTab; readonly label: string; readonly count: number | null }[] {
  const waste = costs?.reduce((sum, { waste: { groups, moreGroups } }) => sum + groups.length + moreGroups, 0) ?? null;
  const labels: Readonly<Record<OverviewTab, readonly [label: string, count: number | null]>> = {
    overview: [t("Overview"), rows.length],
    cost: [t("Cost"), null],
    waste: [t("Waste"), waste],
    effort: [t("Effort"), null],
    stack: [t("Stack"), null],
  };
  return OVERVIEW_TABS.map((id) => ({ id, label: labels[id][0], count: labels[id][1] }));
}

if (customElements.get("mlops-overview") === undefined) {
  customElements.define("mlops-overview", OverviewPageElement);
}
