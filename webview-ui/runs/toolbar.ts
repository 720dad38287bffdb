import { html, type TemplateResult } from "lit";

import type { FilterCompletion, TableColumns, TableLayout, TableState } from "../../src/protocol/runsTable";
import { cut } from "../shared/cut";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { openMenu } from "../shared/menu";
import { columnLabel } from "./columnLabels";
import "./filterBox";
import { groupMenu, moreMenu } from "./toolbarMenus";

export interface ToolbarActions {
  readonly change: (layout: Partial<TableLayout>) => void;
  readonly complete: (text: string, caret: number) => Promise<readonly FilterCompletion[]>;
  readonly setFilter: (text: string) => void;
  readonly leaveFilter: () => void;
  readonly chooseColumns: (anchor: Element) => void;
  readonly exportCsv: () => void;
  readonly reload: () => void;
}

const LABEL_LENGTH = 24;

export function renderToolbar(state: TableState, { columns, layout }: TableColumns, actions: ToolbarActions): TemplateResult {
  const grouped = columns.find((column) => column.id === layout.groupBy);
  const differing = layout.onlyDiffering
    ? t("Only columns that differ between the runs shown")
    : t("Hide columns that are equal in all runs shown");
  const menuAt = (event: Event, label: string, entries: Parameters<typeof openMenu>[2]): void =>
    openMenu(event.currentTarget as Element, label, entries);
  return html`<div class="toolbar" role="toolbar" aria-label=${t("Runs table")}>
    <mlops-filter-box
      .filter=${state.filter}
      .complete=${actions.complete}
      @filter-change=${(event: CustomEvent<string>) => actions.setFilter(event.detail)}
      @filter-leave=${actions.leaveFilter}
    ></mlops-filter-box>
    <div class="tools">
      <button
        class="tool"
        aria-haspopup="menu"
        title=${t("Group runs")}
        @click=${(event: Event) => menuAt(event, t("Group runs"), groupMenu(columns, layout, actions.change))}
      >
        ${icon("group")} <span>${grouped === undefined ? t("Group") : t("By {0}", cut(columnLabel(grouped), LABEL_LENGTH))}</span>
      </button>
      <button
        class="tool"
        aria-haspopup="dialog"
        title=${t("Choose columns")}
        @click=${(event: Event) => actions.chooseColumns(event.currentTarget as Element)}
      >
        ${icon("table")} <span>${t("Columns")}</span>
      </button>
      <button
        class="tool"
        aria-pressed=${String(layout.onlyDiffering)}
        title=${differing}
        @click=${() => actions.change({ ...layout, onlyDiffering: !layout.onlyDiffering })}
      >
        ${icon("diff")} <span>${t("Differences")}</span>
      </button>
      <button
        class="tool"
        aria-pressed=${String(layout.tree)}
        title=${t("Show nested runs under their parents")}
        @click=${() => actions.change({ ...layout, tree: !layout.tree })}
      >
        ${icon("list-tree")} <span>${t("Nested")}</span>
      </button>
      <button
        class="tool"
        aria-haspopup="menu"
        aria-label=${t("More actions")}
        title=${t("More actions")}
        @click=${(event: Event) => menuAt(event, t("More actions"), moreMenu(layout, actions))}
      >
        ${icon("ellipsis")}
      </button>
    </div>
  </div>`;
}
