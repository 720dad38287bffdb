import type { CompareCell, CompareRow, Spread } from "../../src/protocol/compare";
import type { CutText, WireNumber } from "../../src/protocol/runPage";
import { formatDateTime, formatDuration, formatInteger, formatNumber } from "../shared/format";
import { t } from "../shared/l10n";
import { factText } from "./labels";

const FEWEST_DIGITS = 5;
const MOST_DIGITS = 17;
const formats = new WeakMap<CompareRow, (value: number) => string>();

/** A cell as text, or null where the column has no value. Different numbers of a row have different texts. */
export function cellText(row: CompareRow, column: number): string | null {
  const cell = row.cells[column] ?? null;
  if (cell === null) {
    return null;
  }
  if (isSpread(cell)) {
    return spreadText(row, cell);
  }
  if (row.kind === "text") {
    return isCut(cell) ? `${cell.text}…` : factText(row, String(cell));
  }
  return isCut(cell) ? `${cell.text}…` : valueText(row, toNumber(cell));
}

/** A cell's text for its tooltip: all that is known here of it. */
export function cellTitle(row: CompareRow, column: number): string {
  const cell = row.cells[column] ?? null;
  if (cell === null) {
    return t("no value");
  }
  if (isCut(cell)) {
    return `${cell.text}…\n${t("{0} characters; compare two values to see all of them", formatInteger(cell.length))}`;
  }
  if (isSpread(cell)) {
    const values = cell.count === 1 ? t("1 value") : t("{0} values", formatInteger(cell.count));
    return `${spreadText(row, cell)}\n${t("Mean ± standard deviation of {0}", values)}`;
  }
  return row.kind === "number" ? String(toNumber(cell)) : (cellText(row, column) ?? "");
}

/** The number that a cell is judged by: its value or its mean; null where there is none that is finite. */
export function judgedNumber(row: CompareRow, column: number): number | null {
  const cell = row.cells[column] ?? null;
  if (row.kind === "text" || cell === null || isCut(cell)) {
    return null;
  }
  const value = toNumber(isSpread(cell) ? cell.mean : cell);
  return Number.isFinite(value) ? value : null;
}

export function isCut(cell: CompareCell): cell is CutText {
  return typeof cell === "object" && cell !== null && "length" in cell;
}

function isSpread(cell: CompareCell): cell is Spread {
  return typeof cell === "object" && cell !== null && "mean" in cell;
}

/** The text of a WireNumber is "NaN", "Infinity" or "-Infinity", which `Number` reads. */
function toNumber(value: number | string): number {
  return typeof value === "number" ? value : Number(value);
}

function valueText(row: CompareRow, value: number): string {
  switch (row.kind) {
    case "time":
      return formatDateTime(value);
    case "duration":
      return formatDuration(value);
    default:
      return numberFormat(row)(value);
  }
}

function spreadText(row: CompareRow, { mean, spread, count }: Spread): string {
  const middle = valueText(row, toNumber(mean));
  const around = spread === null ? "" : ` ± ${row.kind === "number" ? formatNumber(spread, 3) : formatDuration(spread)}`;
  return count === 1 ? middle : `${middle}${around} (n=${count})`;
}

/** As few digits as tell the row's numbers apart, found once a row. */
function numberFormat(row: CompareRow): (value: number) => string {
  let format = formats.get(row);
  if (format === undefined) {
    format = findFormat(row);
    formats.set(row, format);
  }
  return format;
}

function findFormat({ cells }: CompareRow): (value: number) => string {
  const numbers = new Set(
    cells.flatMap((cell) => (cell === null || isCut(cell) ? [] : [toNumber(isSpread(cell) ? cell.mean : (cell as WireNumber)) + 0])),
  );
  for (let digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
    if (new Set(Array.from(numbers, (value) => formatNumber(value, digits))).size === numbers.size) {
      return (value) => formatNumber(value, digits);
    }
  }
  return (value) => String(value);
}
