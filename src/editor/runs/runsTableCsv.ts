import Papa from "papaparse";

import { exportHeading, exportValue } from "../../core/table/exportValue";
import type { TableColumn } from "../../protocol/runsTable";
import type { RunsTableSession } from "./runsTableSession";

const ROWS_A_SLICE = 500;

/**
 * What a spreadsheet would run as a formula when it opens the file: `=…`, `@…`, a tab, or a sign that does not begin a
 * number. Papaparse puts an apostrophe before it; numbers such as -0.5 stay numbers.
 */
const FORMULA = /^(?:[=@\t\r]|[+-](?!(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$))/i;

/** The rows given, with the visible columns, as CSV. Built in slices: 100,000 rows take longer than the host may be blocked. */
export async function toRunsCsv(
  session: RunsTableSession,
  columns: readonly TableColumn[],
  rows: Uint32Array,
  signal: AbortSignal,
): Promise<string> {
  const { table, layout } = session;
  // Two columns may have one label, such as a param and a metric "lr": then the id tells them apart.
  const labels = columns.map(exportHeading);
  const headings = columns.map((column, index) =>
    labels.filter((label) => label === labels[index]).length > 1 ? column.id : labels[index],
  );
  const parts = [Papa.unparse([headings], { escapeFormulae: FORMULA })];
  for (let from = 0; from < rows.length; from += ROWS_A_SLICE) {
    signal.throwIfAborted();
    const slice = Array.from(rows.subarray(from, from + ROWS_A_SLICE), (row) =>
      columns.map((column) => exportValue(table, row, column.id, layout)),
    );
    parts.push(Papa.unparse(slice, { escapeFormulae: FORMULA }));
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
  return `${parts.join("\r\n")}\r\n`;
}

/** The rows as text for a spreadsheet's cells; a tab or a line break inside a value becomes a space. */
export function toTabSeparated(session: RunsTableSession, columns: readonly TableColumn[], rows: readonly number[]): string {
  const { table, layout } = session;
  const clean = (value: string | number | null | undefined): string => String(value ?? "").replace(/[\t\r\n]+/g, " ");
  return [
    columns.map((column) => clean(exportHeading(column))),
    ...rows.map((row) => columns.map((column) => clean(exportValue(table, row, column.id, layout)))),
  ]
    .map((cells) => cells.join("\t"))
    .join("\n");
}
