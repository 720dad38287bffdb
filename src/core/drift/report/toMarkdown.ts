import { escapeMarkdown } from "../../base/escapeText";
import type { DriftReport, SideSummary } from "../driftReport";
import { chanceText, scoreCells, worstFirst } from "./scoreCells";
import { sideNotes, sideText } from "./sideText";

const MOST_ROWS = 500;

/** A page for a pull request or an issue: the verdict, what was compared, and a table with what needs a look first. */
export function toMarkdown(report: DriftReport): string {
  const { columns, reference, current, dataset } = report;
  const shown = worstFirst(columns).slice(0, MOST_ROWS);
  const rows = shown.map((column) => {
    const cells = scoreCells(column);
    return `| ${[cells.name, cells.status, cells.method, cells.score, cells.limit, cells.missing, sentenceOf(cells.verdict)].map(cellOf).join(" | ")} |`;
  });
  const chance = chanceText(report);
  return [
    `**${plain(dataset.verdict)}**`,
    [sideLine("Reference", reference), sideLine("Current", current)].join("\n"),
    [
      "| Column | Verdict | Method | Score | Limit | Missing | What happened |",
      "| --- | --- | --- | ---: | ---: | ---: | --- |",
      ...rows,
    ].join("\n"),
    ...(columns.length > shown.length ? [`${(columns.length - shown.length).toLocaleString("en-US")} more columns are not shown.`] : []),
    ...(chance === null ? [] : [chance]),
    ...notesOf(report),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

function sideLine(name: string, side: SideSummary): string {
  return `- ${name}: ${plain(sideText(side))}`;
}

function notesOf({ reference, current }: DriftReport): readonly string[] {
  const notes = [...new Set([...sideNotes(reference), ...sideNotes(current)])];
  return notes.length === 0 ? [] : [notes.map((note) => `- ${plain(note)}`).join("\n")];
}

/** The name stands in a column of its own already. */
function sentenceOf(verdict: string): string {
  return verdict.replace(/^`[^`]*` /, "");
}

function cellOf(text: string): string {
  return plain(text);
}

/** Words of ours with names and values of the data among them: nothing in it is Markdown, HTML or a mention. */
function plain(text: string): string {
  return escapeMarkdown(text).replace(/^<code>([^]*)<\/code>$/, "$1");
}
