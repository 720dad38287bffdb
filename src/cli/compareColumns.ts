import { type ArrangedComparison, type ArrangedRow, judgedNumber } from "../core/compare/arrangeComparison";
import { cellTexts, headingsOf, noValueText } from "../core/compare/cellTexts";
import { deltaOf, deltaText } from "../core/compare/deltaOf";
import { pickRows } from "../core/compare/pickRows";
import type { Column } from "./textTable";

interface CompareLine {
  readonly section: string;
  readonly key: string;
  readonly cells: readonly string[];
}

const NONE = "–";

/** The rows given, as lines of a terminal's table. */
export function toCompareLines(arranged: ArrangedComparison, shown: readonly number[]): readonly CompareLine[] {
  return pickRows(arranged.rows, shown).map((row) => ({
    section: row.row.section,
    key: row.row.label,
    cells: cellTexts(row).map((text, column) => toCell(row, text, column, arranged.baseline)),
  }));
}

/** A column for each run; the best value has a star. */
export function compareColumns(arranged: ArrangedComparison): readonly (Column & { readonly cell: (line: CompareLine) => string })[] {
  return [
    { title: "SECTION", cell: ({ section }) => section },
    { title: "KEY", shrinkTo: 12, cell: ({ key }) => key },
    ...headingsOf(arranged).map((name, column) => ({
      title: column === arranged.baseline ? `${name} (baseline)` : name,
      shrinkTo: 10,
      cell: ({ cells }: CompareLine) => cells[column] ?? "",
    })),
  ];
}

function toCell(row: ArrangedRow, text: string | null, column: number, baseline: number | null): string {
  if (text === null) {
    return noValueText(row, NONE);
  }
  if (row.row.kind === "text") {
    // What could be taken for no value, or whose ends cannot be seen, stands in quotes.
    return text === NONE || text.trim() !== text || text === "" ? JSON.stringify(text) : text;
  }
  const star = row.distinct > 1 && row.best.includes(column) ? " *" : "";
  const delta =
    baseline === null || baseline === column || row.row.kind !== "number"
      ? null
      : deltaOf(judgedNumber(row.cells[column]), judgedNumber(row.cells[baseline]));
  return `${text}${star}${delta === null || delta.absolute === 0 ? "" : `  ${deltaText(delta)}`}`;
}
