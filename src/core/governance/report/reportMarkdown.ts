import { code, prose, row } from "../../training/runbook/markdown";
import type { ComplianceReport, ReportBlock, ReportCell } from "./complianceReport";
import { SEAL_PLACE } from "./reportSeal";
import { sayPlace } from "../annex/judgeItems";

/** Statements of people are told whole. */
const LONGEST = 20_000;

/** A report as Markdown, with its seal still open. All but the last line is the same on each day on which nothing changes. */
export function reportMarkdown(report: ComplianceReport): string {
  return [
    `# Compliance report: ${said(report.product)}`,
    "",
    ...(report.audience === "external" ? ["For readers outside: addresses and internal paths are left out.", ""] : []),
    ...report.sections.flatMap(({ number, title, blocks }) => [`## ${number}. ${title}`, "", ...blocks.flatMap(blockLines)]),
    madeLine(report.made.on),
    "",
  ].join("\n");
}

/** The line that holds the day and the seal. */
export function madeLine(day: string): string {
  return `Made on ${day}. <!-- ${SEAL_PLACE} -->`;
}

function blockLines(block: ReportBlock): readonly string[] {
  switch (block.kind) {
    case "text":
      return [said(block.text), ""];
    case "warning":
      return [`> **Warning.** ${said(block.text)}`, ""];
    case "heading":
      return [`### ${said(block.text)}`, ""];
    case "facts":
      return table(
        ["what", "as written", "where"],
        block.rows.map(({ label, value, place }) => [label, value, place ?? ""]),
      );
    case "table":
      return [`**${said(block.caption)}**`, "", ...table(block.head, block.rows)];
    case "chart":
      return [
        `**${said(block.caption)}**${block.limit === null ? "" : ` (${said(block.limit.label)}: ${block.limit.value})`}`,
        "",
        ...table(
          ["window", "value"],
          block.labels.map((label, index) => [label, numberText(block.values[index] ?? null)]),
        ),
      ];
  }
}

function table(head: readonly string[], rows: readonly (readonly ReportCell[])[]): readonly string[] {
  return [row(head.map(said)), row(head.map(() => "---")), ...rows.map((cells) => row(cells.map(cellText))), ""];
}

function cellText(cell: ReportCell): string {
  return typeof cell === "string" ? said(cell) : code(sayPlace(cell));
}

function said(text: string): string {
  // An account in a text must not be told of a report that somebody pastes into a discussion.
  // Without square brackets before them round ones make no link, and are easier to read as they are.
  return prose(text, LONGEST)
    .replace(/\\([()])/g, "$1")
    .replace(/(^|[^\w])@(?=\w)/g, "$1@\u2060");
}

/** Four digits say enough of a curve. */
export function numberText(value: number | null): string {
  return value === null ? "" : String(Number(value.toPrecision(4)));
}
