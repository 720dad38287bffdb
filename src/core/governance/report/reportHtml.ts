import { escapeHtml } from "../../base/escapeText";
import { htmlPage } from "../../base/htmlPage";
import { sayPlace } from "../annex/judgeItems";
import type { ComplianceReport, ReportBlock, ReportCell } from "./complianceReport";
import { numberText } from "./reportMarkdown";
import { SEAL_PLACE } from "./reportSeal";
import { trendChart } from "./trendChart";

export const REPORT_STYLE = `
:root { color-scheme: light dark; --line: #ccc; --head: #f3f3f3; --bad: #a1260d; }
@media (prefers-color-scheme: dark) { :root { --line: #555; --head: #2a2a2a; --bad: #f48771; } }
body { font: 14px/1.45 system-ui, sans-serif; margin: 1.5rem auto; padding: 0 1.5rem; max-width: 70rem; }
h2 { margin: 2rem 0 0.5rem; border-bottom: 1px solid var(--line); }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: var(--head); }
code { font-size: 0.92em; }
svg { width: 100%; max-width: 40rem; height: auto; display: block; }
.warning { border-left: 4px solid var(--bad); padding: 0.25rem 0.75rem; color: var(--bad); }
.made { margin-top: 2rem; opacity: 0.8; }
nav ol { columns: 2; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } h2 { break-after: avoid; } tr, svg, figure { break-inside: avoid; } nav { display: none; } thead { display: table-header-group; } @page { margin: 15mm; } }
`;

/** A report as one file that opens without a network and prints, with its seal still open. */
export function reportHtml(report: ComplianceReport): string {
  return htmlPage(`Compliance report: ${report.product}`, REPORT_STYLE, [
    ...(report.audience === "external" ? ["<p>For readers outside: addresses and internal paths are left out.</p>"] : []),
    "<nav><ol>",
    ...report.sections.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`),
    "</ol></nav>",
    "<main>",
    ...report.sections.flatMap(({ id, number, title, blocks }) => [
      `<section id="${id}">`,
      `<h2>${number}. ${escapeHtml(title)}</h2>`,
      ...blocks.flatMap(blockLines),
      "</section>",
    ]),
    "</main>",
    madeHtml(report.made.on),
  ]);
}

/** The line that holds the day and the seal. */
export function madeHtml(day: string): string {
  return `<p class="made">Made on ${escapeHtml(day)}. Seal: <code>${SEAL_PLACE}</code></p>`;
}

function blockLines(block: ReportBlock): readonly string[] {
  switch (block.kind) {
    case "text":
      return [`<p>${escapeHtml(block.text)}</p>`];
    case "warning":
      return [`<p class="warning"><strong>Warning.</strong> ${escapeHtml(block.text)}</p>`];
    case "heading":
      return [`<h3>${escapeHtml(block.text)}</h3>`];
    case "facts":
      return table(
        null,
        ["what", "as written", "where"],
        block.rows.map(({ label, value, place }) => [label, value, place ?? ""]),
      );
    case "table":
      return table(block.caption, block.head, block.rows);
    case "chart":
      return [
        "<figure>",
        trendChart(block),
        "</figure>",
        ...table(
          block.caption,
          ["window", "value"],
          block.labels.map((label, index) => [label, numberText(block.values[index] ?? null)]),
        ),
      ];
  }
}

function table(caption: string | null, head: readonly string[], rows: readonly (readonly ReportCell[])[]): readonly string[] {
  return [
    "<table>",
    ...(caption === null ? [] : [`<caption>${escapeHtml(caption)}</caption>`]),
    `<thead><tr>${head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join("")}</tr></thead>`,
    "<tbody>",
    ...rows.map((cells) => `<tr>${cells.map((cell, index) => cellHtml(cell, index === 0)).join("")}</tr>`),
    "</tbody>",
    "</table>",
  ];
}

function cellHtml(cell: ReportCell, isFirst: boolean): string {
  const text = typeof cell === "string" ? escapeHtml(cell) : `<code>${escapeHtml(sayPlace(cell))}</code>`;
  return isFirst ? `<th scope="row">${text}</th>` : `<td>${text}</td>`;
}
