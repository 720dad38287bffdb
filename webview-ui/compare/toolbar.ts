import { html, type TemplateResult } from "lit";

import type { CompareView } from "../../src/protocol/compare";
import { cut } from "../shared/cut";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { openMenu } from "../shared/menu";
import type { PageState } from "./compareState";
import { keyLabel } from "./labels";
import { exportMenu, groupMenu } from "./menus";
import type { PageActions } from "./pageActions";

export interface ToolbarProps {
  readonly view: CompareView;
  readonly page: PageState;
  readonly query: string;
  readonly actions: PageActions;
  readonly change: (page: Partial<PageState>) => void;
  readonly search: (query: string) => void;
  readonly leaveSearch: () => void;
}

const LABEL_LENGTH = 20;

export function renderToolbar(props: ToolbarProps): TemplateResult {
  const { view, page, query, actions, change } = props;
  const { groupBy } = view.options;
  const menuAt = (event: Event, label: string, entries: Parameters<typeof openMenu>[2]): void =>
    openMenu(event.currentTarget as Element, label, entries);
  return html`<div class="toolbar" role="toolbar" aria-label=${t("Comparison")}>
    <input
      class="search"
      type="search"
      aria-label=${t("Find keys and values")}
      placeholder=${t("Find keys and values")}
      .value=${query}
      @input=${(event: Event) => props.search((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "ArrowDown" || event.key === "Enter") {
          event.preventDefault();
          props.leaveSearch();
        } else if (event.key === "Escape" && query !== "") {
          event.stopPropagation();
          props.search("");
        }
      }}
    />
    <div class="tools">
      <button
        class="tool"
        aria-pressed=${String(page.onlyDifferences)}
        title=${page.onlyDifferences ? t("Only rows that differ are shown") : t("All rows are shown")}
        @click=${() => change({ onlyDifferences: !page.onlyDifferences })}
      >
        ${icon("diff")} <span>${t("Only Differences")}</span>
      </button>
      <button
        class="tool"
        aria-haspopup="menu"
        title=${t("Group runs")}
        @click=${(event: Event) => menuAt(event, t("Group runs"), groupMenu(view, actions))}
      >
        ${icon("group")}
        <span
          >${groupBy === null ? t("Group") : t("By {0}", cut(keyLabel({ section: groupBy.section, key: groupBy.key }), LABEL_LENGTH))}</span
        >
      </button>
      <button class="tool" aria-pressed=${String(page.table)} title=${t("Show the table")} @click=${() => change(toggle(page, "table"))}>
        ${icon("table")} <span>${t("Table")}</span>
      </button>
      <button class="tool" aria-pressed=${String(page.charts)} title=${t("Show charts")} @click=${() => change(toggle(page, "charts"))}>
        ${icon("graph-line")} <span>${t("Charts")}</span>
      </button>
      <button class="tool" title=${t("Add runs to the comparison")} @click=${actions.addRuns}>
        ${icon("add")} <span>${t("Add Runs")}</span>
      </button>
      <button
        class="tool"
        aria-haspopup="menu"
        title=${t("Export or copy the comparison")}
        @click=${(event: Event) => menuAt(event, t("Export"), exportMenu(actions))}
      >
        ${icon("export")} <span>${t("Export")}</span>
      </button>
      <button class="tool" title=${t("Read all runs again")} aria-label=${t("Read all runs again")} @click=${actions.reload}>
        ${icon("refresh")}
      </button>
    </div>
  </div>`;
}

/** One of the two panes stays. */
function toggle(page: PageState, pane: "table" | "charts"): Partial<PageState> {
  const other = pane === "table" ? "charts" : "table";
  return page[pane] ? { [pane]: false, [other]: true } : { [pane]: true };
}
