import { pictureUri } from "../../base/pictureUri";
import { escapeHtml } from "../../base/escapeText";
import { htmlPage } from "../../base/htmlPage";
import { binLabels } from "../view/binLabels";
import type { ColumnDrift, DriftReport, SharedBins } from "../driftReport";
import { numberText, percentText } from "../numberText";
import { chanceText, scoreCells, worstFirst } from "./scoreCells";
import { sideNotes, sideText } from "./sideText";

const STYLE = `
:root { color-scheme: light dark; --line: #ccc; --head: #f3f3f3; --fail: #a1260d; --warn: #7a4d00; --ok: #00695c; --bar: #888; }
@media (prefers-color-scheme: dark) { :root { --line: #555; --head: #2a2a2a; --fail: #f48771; --warn: #e2b657; --ok: #4ec9b0; --bar: #999; } }
body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; max-width: 75rem; }
table { border-collapse: collapse; margin: 0.5rem 0; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th { background: var(--head); }
.fail { color: var(--fail); font-weight: bold; } .warn { color: var(--warn); font-weight: bold; } .ok { color: var(--ok); } .unjudged { opacity: 0.75; }
img { max-width: 100%; height: auto; background: white; }
summary { cursor: pointer; }
`;

/** Columns with their bins: the rest of a wide table has a line each, so that the page stays below a megabyte. */
const MOST_DETAILS = 60;
const MOST_ROWS = 1500;
const MOST_CHARTS_BYTES = 600_000;

export interface DriftHtmlOptions {
  readonly title: string;
  /** Charts as SVG text or as a picture's data URI; anything else is left out, and what makes the page too large. */
  readonly charts: readonly string[];
}

/** One file that opens without a network: no script, nothing to load, light and dark. It holds bins and counts, and no rows of the data. */
export function toHtml(report: DriftReport, { title, charts }: DriftHtmlOptions): string {
  const columns = worstFirst(report.columns);
  const chance = chanceText(report);
  const notes = [...new Set([...sideNotes(report.reference), ...sideNotes(report.current)])];
  return htmlPage(title, STYLE, [
    `<p class="${report.dataset.status}">${escapeHtml(report.dataset.verdict)}</p>`,
    `<ul><li>Reference: ${escapeHtml(sideText(report.reference))}</li><li>Current: ${escapeHtml(sideText(report.current))}</li></ul>`,
    ...(chance === null ? [] : [`<p>${escapeHtml(chance)}</p>`]),
    ...(notes.length === 0 ? [] : [list(notes.slice(0, 50))]),
    ...pictures(charts),
    "<table>",
    `<thead><tr>${["Column", "Verdict", "Method", "Score", "Limit", "Missing", "What happened"].map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>`,
    "<tbody>",
    ...columns.slice(0, MOST_ROWS).map(toRow),
    "</tbody>",
    "</table>",
    ...(columns.length > MOST_ROWS ? [`<p>${(columns.length - MOST_ROWS).toLocaleString("en-US")} more columns are not shown.</p>`] : []),
    ...columns.slice(0, MOST_DETAILS).map(toDetails),
  ]);
}

function pictures(charts: readonly string[]): readonly string[] {
  const shown: string[] = [];
  let bytes = 0;
  for (const uri of charts.map(pictureUri)) {
    if (uri !== null && bytes + uri.length <= MOST_CHARTS_BYTES) {
      bytes += uri.length;
      shown.push(`<p><img alt="Chart ${shown.length + 1}" src="${uri}"></p>`);
    }
  }
  return shown;
}

function toRow(column: ColumnDrift): string {
  const cells = scoreCells(column);
  const number = (text: string): string => `<td class="number">${escapeHtml(text)}</td>`;
  return (
    `<tr><th scope="row">${escapeHtml(short(cells.name))}</th><td class="${column.status}">${cells.status}</td><td>${escapeHtml(cells.method)}</td>` +
    `${number(cells.score)}${number(cells.limit)}${number(cells.missing)}<td>${escapeHtml(cells.verdict)}</td></tr>`
  );
}

function toDetails(column: ColumnDrift): string {
  const open = column.status === "fail" || column.status === "warn" ? " open" : "";
  return [
    `<details${open}><summary>${escapeHtml(short(column.name))}</summary>`,
    ...(column.notes.length === 0 ? [] : [list(column.notes)]),
    ...(column.psiBins === null ? [] : [binTable(column.psiBins, column.psiContributions)]),
    "</details>",
  ].join("\n");
}

function binTable(bins: SharedBins, contributions: readonly number[]): string {
  const totals = [bins.reference, bins.current].map((counts) =>
    Math.max(
      1,
      counts.reduce((sum, count) => sum + count, 0),
    ),
  );
  const rows = binLabels(bins)
    .slice(0, 30)
    .map((label, index) => {
      const shares = [bins.reference[index] ?? 0, bins.current[index] ?? 0].map((count, side) => percentText(count / (totals[side] ?? 1)));
      const cells = [...shares, numberText(contributions[index] ?? 0)].map((text) => `<td class="number">${text}</td>`);
      return `<tr><th scope="row">${escapeHtml(short(label))}</th>${cells.join("")}</tr>`;
    });
  const head = ["Bin", "Reference", "Current", "Adds to the PSI"].map((name) => `<th scope="col">${name}</th>`).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function list(sentences: readonly string[]): string {
  return `<ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join("")}</ul>`;
}

/** A name of ten thousand characters tells nobody more than its beginning. */
function short(text: string): string {
  const characters = [...text.slice(0, 200)];
  return characters.length > 80 ? `${characters.slice(0, 79).join("")}…` : text;
}
