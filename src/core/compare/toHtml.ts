import { escapeHtml } from "../base/escapeText";
import { htmlPage } from "../base/htmlPage";
import { pictureUri } from "../base/pictureUri";
import { finish, mapInSteps, type Steps } from "../base/steps";
import { type ArrangedComparison, type ArrangedRow, judgedNumber } from "./arrangeComparison";
import { cellTexts, headingsOf } from "./cellTexts";
import { deltaOf, deltaText } from "./deltaOf";
import { pickRows } from "./pickRows";

const STYLE = `
:root { color-scheme: light dark; --line: #ccc; --head: #f3f3f3; --good: #00695c; --bad: #a1260d; }
@media (prefers-color-scheme: dark) { :root { --line: #555; --head: #2a2a2a; --good: #4ec9b0; --bad: #f48771; } }
body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
td { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 30rem; font-variant-numeric: tabular-nums; }
thead th { background: var(--head); position: sticky; top: 0; }
.none { opacity: 0.6; }
.best { font-weight: bold; }
.good { color: var(--good); }
.bad { color: var(--bad); }
img { max-width: 100%; height: auto; background: white; }
`;

export interface HtmlOptions {
  /** Charts as SVG text or as a picture's data URI; anything else is left out. An SVG inside an image runs no script and loads nothing. */
  readonly charts: readonly string[];
}

/**
 * One file that opens without a network: no script, nothing to load, light and dark.
 * @param shown indexes of rows, in order.
 */
export function toHtml(arranged: ArrangedComparison, shown: readonly number[], options: HtmlOptions): string {
  return finish(toHtmlInSteps(arranged, shown, options));
}

/** The same in steps of one picture or one row. */
export function* toHtmlInSteps(arranged: ArrangedComparison, shown: readonly number[], { charts }: HtmlOptions): Steps<string> {
  const rows = pickRows(arranged.rows, shown);
  const headings = headingsOf(arranged).map(
    (name, column) => `<th scope="col">${escapeHtml(name)}${column === arranged.baseline ? "<br>(baseline)" : ""}</th>`,
  );
  const count = arranged.comparison.runs.length;
  const title = `Comparison of ${count} run${count === 1 ? "" : "s"}`;
  const uris = yield* mapInSteps(charts, pictureUri);
  const pictures = uris.filter((uri) => uri !== null).map((uri, index) => `<p><img alt="Chart ${index + 1}" src="${uri}"></p>`);
  return htmlPage(title, STYLE, [
    `<p>${legend(arranged, rows.length)}</p>`,
    ...pictures,
    "<table>",
    `<thead><tr><th scope="col">Section</th><th scope="col">Key</th>${headings.join("")}</tr></thead>`,
    "<tbody>",
    ...(yield* mapInSteps(rows, (row) => toRow(row, arranged.baseline))),
    "</tbody>",
    "</table>",
  ]);
}

function legend({ rows, baseline }: ArrangedComparison, shown: number): string {
  const deltas = baseline === null ? "" : " Differences are against the baseline.";
  return `Shows ${shown} of ${rows.length} rows. Best values are bold; – is no value.${deltas}`;
}

function toRow(row: ArrangedRow, baseline: number | null): string {
  const cells = cellTexts(row).map((text, column) => toCell(row, text, column, baseline));
  return `<tr><td>${row.row.section}</td><th scope="row">${escapeHtml(row.row.label)}</th>${cells.join("")}</tr>`;
}

function toCell(row: ArrangedRow, text: string | null, column: number, baseline: number | null): string {
  if (text === null) {
    return '<td class="none" title="no value">–</td>';
  }
  const isBest = row.distinct > 1 && row.best.includes(column);
  const delta =
    row.row.kind === "number" && baseline !== null && baseline !== column
      ? deltaOf(judgedNumber(row.cells[column]), judgedNumber(row.cells[baseline]))
      : null;
  const verdict = row.verdicts[column];
  const tone = verdict === "+" ? ["good", " better"] : verdict === "-" ? ["bad", " worse"] : ["", ""];
  const shownDelta =
    delta === null || delta.absolute === 0 ? "" : ` <span class="${tone[0] ?? ""}">${escapeHtml(deltaText(delta))}${tone[1] ?? ""}</span>`;
  return `<td${isBest ? ' class="best"' : ""}>${escapeHtml(text)}${shownDelta}</td>`;
}
