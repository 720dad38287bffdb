import { html, nothing, svg, type TemplateResult } from "lit";

import type { CompareRow, CompareView } from "../../src/protocol/compare";
import { seriesStyle, type SeriesStyle, type ThemeKind } from "../shared/charts/seriesStyle";
import { formatBytes } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import type { GridRow } from "../shared/virtualTable/gridTypes";
import { cellText } from "./cellValues";
import { absoluteText, deltaOf, relativeText } from "./deltas";
import { sectionLabel } from "./labels";
import type { Line } from "./lines";

/** The column of the view in which the baseline stands, or null. */
export function baselineColumn({ options, columns }: CompareView): number | null {
  const { baseline } = options;
  if (baseline === null) {
    return null;
  }
  const at = columns.findIndex((column, index) => (column.kind === "group" ? column.runs.includes(baseline) : index === baseline));
  return at < 0 ? null : at;
}

/** A line as the grid needs it. */
export function toGridRow(line: Line): GridRow {
  const base = { selected: false, note: null } as const;
  switch (line.kind) {
    case "section":
    case "artifacts":
      return { ...base, depth: 0, expanded: line.expanded, span: () => renderSection(line) };
    case "prefix":
    case "artifact":
      return { ...base, depth: line.depth, expanded: line.expanded, span: null };
    case "row":
    case "note":
      return { ...base, depth: line.depth, expanded: null, span: null };
  }
}

/** The first cell of a line: its key. */
export function renderKey(line: Line): TemplateResult {
  switch (line.kind) {
    case "row":
      return html`<span class="text">${line.label}</span>${renderDirection(line.row)}`;
    case "prefix":
      return html`<span class="text">${line.label}</span>&nbsp;<span class="count">${line.count}</span>`;
    case "artifact": {
      const name = line.entry.path.slice(line.entry.path.lastIndexOf("/") + 1);
      return html`<span class="file">${icon(line.entry.isDirectory ? "folder" : "file")}</span><span class="text">${name}</span>`;
    }
    case "note":
      return html`<span class="text muted ghost">${line.text}</span>`;
    case "section":
    case "artifacts":
      return renderSection(line);
  }
}

/** A section's header, across all columns. */
function renderSection(line: Line & { readonly kind: "section" | "artifacts" }): TemplateResult {
  return line.kind === "artifacts"
    ? html`<strong class="text">${t("Artifacts")}</strong>`
    : html`<strong class="text">${sectionLabel(line.section)}</strong>
        <span class="count" aria-label=${rowCount(line.count)}>${line.count}</span>`;
}

/** The cell of a line in a column of the view. Lit writes every text as text, so that a name with markup stays a name. */
export function renderValue(line: Line, column: number, view: CompareView): TemplateResult | typeof nothing {
  if (line.kind === "artifact") {
    return renderArtifact(line, column, view);
  }
  return line.kind === "row" ? renderRowCell(line.row, column, view) : nothing;
}

function renderRowCell(row: CompareRow, column: number, view: CompareView): TemplateResult {
  const text = cellText(row, column);
  if (text === null) {
    const isPrice = row.section === "summary" && row.key.startsWith("price (");
    return isPrice ? html`<span class="muted">${t("no price known")}</span>` : missing();
  }
  if (text === "") {
    return html`<span class="muted"><span class="hidden-text">${t("empty text")}</span><span aria-hidden="true">""</span></span>`;
  }
  const isBest = row.differs && row.best.includes(column);
  return html`${
      isBest
        ? html`<span class="best" title=${t("Best value")}>${icon("star-full")}<span class="hidden-text">${t("Best:")}</span></span>`
        : nothing
    }<span class=${row.differs ? "text" : "text same"}>${text}</span>${renderDelta(row, column, baselineColumn(view))}`;
}

function renderDelta(row: CompareRow, column: number, baseline: number | null): TemplateResult | typeof nothing {
  const verdict = row.verdicts[column];
  if (baseline === null || baseline === column || verdict === "=" || verdict === undefined) {
    return nothing;
  }
  const delta = deltaOf(row, column, baseline);
  if (delta === null || delta.absolute === 0) {
    return nothing;
  }
  const relative = relativeText(delta);
  const amount = relative === null ? absoluteText(row, delta) : `${absoluteText(row, delta)} (${relative})`;
  // The word comes first: where there is little room, the amount is cut and the verdict stays.
  switch (verdict) {
    case "+":
      return html`<span class="delta better"><b>${t("better")}</b> ${amount}</span>`;
    case "-":
      return html`<span class="delta worse"><b>${t("worse")}</b> ${amount}</span>`;
    default:
      return html`<span class="delta">${amount}</span>`;
  }
}

function renderDirection({ direction }: CompareRow): TemplateResult | typeof nothing {
  if (direction === null) {
    return nothing;
  }
  const label = direction === "up" ? t("higher is better") : t("lower is better");
  return html`<span class="direction" title=${label}
    >${icon(direction === "up" ? "arrow-up" : "arrow-down")}<span class="hidden-text">, ${label}</span></span
  >`;
}

function renderArtifact({ entry }: Line & { readonly kind: "artifact" }, column: number, view: CompareView): TemplateResult {
  const known = view.columns[column];
  const members = known?.kind === "group" ? known.runs : [column];
  const having = members.filter((run) => entry.runs.includes(run));
  if (having.length === 0) {
    return missing();
  }
  if (members.length > 1) {
    return html`<span class="text">${t("{0} of {1} runs", having.length, members.length)}</span>`;
  }
  const size = entry.sizes[having[0] ?? -1] ?? null;
  return size === null
    ? html`<span class="muted">${icon("check")}<span class="hidden-text">${t("present")}</span></span>`
    : html`<span class="text">${formatBytes(size)}</span>`;
}

function missing(): TemplateResult {
  return html`<span class="muted"><span class="hidden-text">${t("no value")}</span><span aria-hidden="true">—</span></span>`;
}

export function rowCount(count: number): string {
  return count === 1 ? t("1 row") : t("{0} rows", count);
}

/** A piece of a series' line as charts draw it, so that a column is found again there. */
export function seriesMark(style: number, theme: ThemeKind): TemplateResult {
  const { color, dash, marker } = seriesStyle(style, theme);
  return html`<svg class="mark" width="20" height="10" aria-hidden="true">
    <line x1="0" y1="5" x2="20" y2="5" stroke=${color} stroke-width="2" stroke-dasharray=${dash.join(" ")}></line>
    ${markerShape(marker, color)}
  </svg>`;
}

function markerShape(marker: SeriesStyle["marker"], color: string): TemplateResult {
  switch (marker) {
    case "circle":
      return svg`<circle cx="10" cy="5" r="3.5" fill=${color}></circle>`;
    case "triangle":
      return svg`<path d="M10 1 l4 7.5 h-8 z" fill=${color}></path>`;
    case "rect":
      return svg`<path d="M7 2 h6 v6 h-6 z" fill=${color}></path>`;
    case "rectRot":
      return svg`<path d="M10 0.5 l4.5 4.5 -4.5 4.5 -4.5 -4.5 z" fill=${color}></path>`;
    case "crossRot":
      return svg`<path d="M6.5 1.5 l7 7 m0 -7 l-7 7" stroke=${color} stroke-width="1.5" fill="none"></path>`;
    case "star":
      return svg`<path d="M10 1 v8 M6.5 2 l7 6 m0 -6 l-7 6" stroke=${color} stroke-width="1.2" fill="none"></path>`;
  }
}
