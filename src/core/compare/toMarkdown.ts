import { finish, mapInSteps, type Steps } from "../base/steps";
import { type ArrangedComparison, type ArrangedRow, judgedNumber } from "./arrangeComparison";
import { cellTexts, headingsOf, noValueText } from "./cellTexts";
import { deltaOf, deltaText } from "./deltaOf";
import { escapeMarkdown } from "../base/escapeText";
import { pickRows } from "./pickRows";

/**
 * A table for a pull request: the best value bold, deltas against the baseline.
 * @param shown indexes of rows, in order.
 */
export function toMarkdown(arranged: ArrangedComparison, shown: readonly number[]): string {
  return finish(toMarkdownInSteps(arranged, shown));
}

/** The same in steps of one row. */
export function* toMarkdownInSteps(arranged: ArrangedComparison, shown: readonly number[]): Steps<string> {
  const { baseline } = arranged;
  const headings = headingsOf(arranged).map((name, column) => escapeMarkdown(name) + (column === baseline ? " (baseline)" : ""));
  const lines = [
    `| Section | Key | ${headings.join(" | ")} |`,
    `| --- | --- |${headings.map(() => " ---: |").join("")}`,
    ...(yield* mapInSteps(pickRows(arranged.rows, shown), (row) => {
      const cells = cellTexts(row).map((text, column) => toCell(row, text, column, baseline));
      return `| ${row.row.section} | ${escapeMarkdown(row.row.label)} | ${cells.join(" | ")} |`;
    })),
  ];
  return `${lines.join("\n")}\n`;
}

function toCell(row: ArrangedRow, text: string | null, column: number, baseline: number | null): string {
  if (text === null) {
    return noValueText(row, "–");
  }
  const value = row.row.kind === "text" ? escapeMarkdown(text) : text;
  const isBest = row.distinct > 1 && row.best.includes(column);
  const delta =
    row.row.kind === "number" && baseline !== null && baseline !== column
      ? deltaOf(judgedNumber(row.cells[column]), judgedNumber(row.cells[baseline]))
      : null;
  const hasDelta = delta !== null && delta.absolute !== 0;
  return `${isBest ? `**${value}**` : value}${hasDelta ? ` ${deltaText(delta)}` : ""}`;
}
