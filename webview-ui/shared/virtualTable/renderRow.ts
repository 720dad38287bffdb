import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { icon } from "../icons";
import { t } from "../l10n";
import type { ColumnGeometry } from "./columnGeometry";
import { SELECT_WIDTH } from "./gridStyles";
import type { GridColumn, GridRow } from "./gridTypes";
import { selectionBox } from "./selectionBox";

const MAX_INDENT = 12;
const INDENT = 14;
const PADDING = 8;

export interface RowProps {
  readonly index: number;
  readonly top: number;
  /** Undefined while it is on its way. */
  readonly row: GridRow | undefined;
  readonly geometry: ColumnGeometry;
  /** Columns to draw, by their place. */
  readonly shown: readonly number[];
  readonly selectable: boolean;
  readonly isTree: boolean;
  /** The column that has the keyboard, when this row has it. */
  readonly activeColumn: number | null;
  readonly renderCell: (row: GridRow, column: GridColumn, index: number) => unknown;
}

export function renderRow(props: RowProps): TemplateResult {
  const { index, row, isTree, selectable } = props;
  const isSpan = row !== undefined && row.span !== null;
  return html`<div
    class="row${isSpan ? " span" : ""}${row !== undefined && row.note !== null ? " faded" : ""}"
    role="row"
    data-row=${index}
    aria-rowindex=${index + 2}
    aria-selected=${selectable && row !== undefined ? String(row.selected === true) : nothing}
    aria-level=${isTree && row !== undefined ? row.depth + 1 : nothing}
    aria-expanded=${isTree && row !== undefined && row.expanded !== null ? String(row.expanded) : nothing}
    aria-busy=${row === undefined ? "true" : nothing}
    style="transform:translateY(${props.top}px)"
  >
    ${isSpan ? html`${selectable ? renderSelect(props) : nothing}${renderSpan(props, row)}` : renderCells(props)}
  </div>`;
}

/** Pinned cells stand still, the others slide beneath them; where nothing is pinned, all slide. */
function renderCells(props: RowProps): TemplateResult {
  const { geometry, shown } = props;
  const pinned = geometry.pinned.length;
  const cells = (places: readonly number[]): unknown =>
    repeat(
      places,
      (at) => geometry.columns[at]?.id ?? at,
      (at) => renderCell(props, at),
    );
  const select = props.selectable ? renderSelect(props) : nothing;
  return geometry.stuck
    ? html`${select}${cells(shown.slice(0, pinned))}
        <div class="slide" role="presentation">${cells(shown.slice(pinned))}</div>`
    : html`<div class="slide" role="presentation">${select}${cells(shown)}</div>`;
}

function renderSelect({ row, activeColumn }: RowProps): TemplateResult {
  const selected = row?.selected ?? false;
  return html`<div
    class="cell select pinned"
    role="gridcell"
    data-column="-1"
    aria-colindex="1"
    aria-label=${selected === true ? t("Selected") : selected === "some" ? t("Partly selected") : t("Not selected")}
    tabindex=${activeColumn === -1 ? "0" : "-1"}
    style="width:${SELECT_WIDTH}px;left:0"
  >
    ${row === undefined ? nothing : selectionBox(selected)}
  </div>`;
}

function renderSpan(props: RowProps, row: GridRow): TemplateResult {
  const { activeColumn, geometry, selectable } = props;
  return html`<div
    class="cell across"
    role="gridcell"
    data-column="0"
    aria-colindex=${selectable ? 2 : 1}
    aria-colspan=${geometry.columns.length}
    tabindex=${activeColumn !== null && activeColumn >= 0 ? "0" : "-1"}
  >
    ${twisty(row)}${row.span?.()}
  </div>`;
}

function renderCell(props: RowProps, at: number): TemplateResult | typeof nothing {
  const { row, geometry } = props;
  const column = geometry.columns[at];
  if (column === undefined) {
    return nothing;
  }
  const isPinned = at < geometry.pinned.length;
  const pin = isPinned ? ` pinned${at === geometry.pinned.length - 1 ? " last" : ""}` : "";
  const indent = at === 0 && row !== undefined ? Math.min(row.depth, MAX_INDENT) * INDENT : 0;
  return html`<div
    class="cell ${column.align}${pin}"
    role="gridcell"
    data-column=${at}
    aria-colindex=${at + (props.selectable ? 2 : 1)}
    tabindex=${props.activeColumn === at ? "0" : "-1"}
    style="width:${column.width}px;left:${geometry.starts[at] ?? 0}px${indent > 0 ? `;padding-inline-start:${PADDING + indent}px` : ""}"
  >
    ${at === 0 && row !== undefined && props.isTree ? twisty(row) : nothing}${
      row === undefined ? html`<span class="waiting"></span>` : props.renderCell(row, column, props.index)
    }
  </div>`;
}

/** What opens and shuts a row by mouse; a row without children keeps its place free, so that names stay aligned. */
function twisty(row: GridRow): TemplateResult {
  return row.expanded === null
    ? html`<span class="no-twisty"></span>`
    : html`<span class="twisty">${icon(row.expanded ? "chevron-down" : "chevron-right")}</span>`;
}
