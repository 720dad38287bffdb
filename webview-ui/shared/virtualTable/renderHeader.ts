import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { icon } from "../icons";
import { t } from "../l10n";
import type { ColumnGeometry } from "./columnGeometry";
import { SELECT_WIDTH } from "./gridStyles";
import type { GridColumn } from "./gridTypes";
import { selectionBox } from "./selectionBox";

export interface HeaderProps {
  readonly geometry: ColumnGeometry;
  /** Columns to draw, by their place. */
  readonly shown: readonly number[];
  readonly selectable: boolean;
  readonly allSelected: boolean | "some";
  /** The column that has the keyboard, when the header has it. */
  readonly activeColumn: number | null;
  readonly drop: { readonly column: string; readonly x: number } | null;
  readonly resizing: string | null;
  readonly onResizeStart: (event: PointerEvent, column: GridColumn) => void;
  /** A press on a heading: it becomes a move or, without moving, a sort. */
  readonly onMoveStart: (event: PointerEvent, column: GridColumn) => void;
  readonly onFit: (column: GridColumn) => void;
  readonly onMenu: (column: string, anchor: Element) => void;
}

export function renderHeader(props: HeaderProps): TemplateResult {
  const { geometry, selectable, activeColumn } = props;
  const select = selectable
    ? html`<div
        class="cell select pinned"
        role="columnheader"
        data-column="-1"
        aria-colindex="1"
        tabindex=${activeColumn === -1 ? "0" : "-1"}
        style="width:${SELECT_WIDTH}px;left:0"
      >
        ${selectionBox(props.allSelected)}<span class="hidden-text"
          >${props.allSelected === true ? t("Select none") : t("Select all")}</span
        >
      </div>`
    : nothing;
  const pinned = geometry.pinned.length;
  const headings = (places: readonly number[]): unknown =>
    repeat(
      places,
      (at) => geometry.columns[at]?.id ?? at,
      (at) => renderHeading(props, at),
    );
  return html`<div class="header" role="row" aria-rowindex="1" data-row="-1">
    ${
      geometry.stuck
        ? html`${select}${headings(props.shown.slice(0, pinned))}
            <div class="slide" role="presentation">${headings(props.shown.slice(pinned))}</div>`
        : html`<div class="slide" role="presentation">${select}${headings(props.shown)}</div>`
    }
    ${props.drop === null ? nothing : html`<div class="drop" style="left:${props.drop.x}px"></div>`}
  </div>`;
}

function renderHeading(props: HeaderProps, at: number): TemplateResult | typeof nothing {
  const { geometry } = props;
  const column = geometry.columns[at];
  if (column === undefined) {
    return nothing;
  }
  const isPinned = at < geometry.pinned.length;
  const classes = [
    "cell head",
    column.align,
    isPinned ? "pinned" : "",
    at === geometry.pinned.length - 1 ? "last" : "",
    props.drop?.column === column.id ? "dragged" : "",
  ].join(" ");
  const { sort } = column;
  const words = [column.label, column.caption, column.note ?? ""].filter((part) => part !== "");
  return html`<div
    class=${classes}
    role="columnheader"
    data-column=${at}
    aria-colindex=${at + (props.selectable ? 2 : 1)}
    aria-sort=${sort === null ? "none" : sort.descending ? "descending" : "ascending"}
    aria-label=${words.join(", ")}
    aria-haspopup="menu"
    tabindex=${props.activeColumn === at ? "0" : "-1"}
    title=${words.join("\n")}
    style="width:${column.width}px;left:${geometry.starts[at] ?? 0}px"
  >
    <span class="face" @pointerdown=${(event: PointerEvent) => event.button === 0 && props.onMoveStart(event, column)}>
      <span class="caption ellipsis">${column.caption}</span>
      <span class="title"
        >${column.mark ?? nothing}<span class="ellipsis">${column.label}</span>${
          sort === null
            ? nothing
            : html`${icon(sort.descending ? "arrow-down" : "arrow-up")}${sort.place === null ? nothing : html`<span class="place">${sort.place}</span>`}`
        }</span
      >
    </span>
    <button
      class="menu"
      tabindex="-1"
      aria-label=${t("Menu of column {0}", column.label)}
      @pointerdown=${(event: Event) => event.stopPropagation()}
      @click=${(event: Event) => {
        event.stopPropagation();
        props.onMenu(column.id, event.currentTarget as Element);
      }}
    >
      ${icon("chevron-down")}
    </button>
    <span
      class="grip ${props.resizing === column.id ? "active" : ""}"
      @pointerdown=${(event: PointerEvent) => event.button === 0 && props.onResizeStart(event, column)}
      @dblclick=${(event: Event) => {
        event.stopPropagation();
        props.onFit(column);
      }}
    ></span>
  </div>`;
}
