import type { CancelSignal } from "../../core/base/cancel";
import { sideSummary, TableSide } from "../../core/drift/tableSide";
import type { Table, TableReader } from "../../core/tabular/tableReader";
import type { SideRequest } from "./driftProtocol";

/** Opens one of the two tables in this thread. */
export async function openSide(
  reader: TableReader,
  { source, label, read, hash, columns }: SideRequest,
  onProgress: (done: number, total: number) => void,
  signal: CancelSignal,
): Promise<{ readonly table: Table; readonly side: TableSide }> {
  const table = await reader.open(source, { ...read, columns, hash, onProgress }, signal);
  return { table, side: new TableSide(table, sideSummary(table, source, label)) };
}
