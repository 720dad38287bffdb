import type { CancelSignal } from "../base/cancel";
import type { Column } from "../tabular/column";
import type { ReadOptions, TableReader, TableSource } from "../tabular/tableReader";

/** Above so many rows a figure is taken from a sample, which is told with it. */
const READ = { maxRows: 5_000_000, sampleRows: 1_000_000, seed: 7 } as const;

/** Columns in the order that was asked for. */
export interface ReadColumns {
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** Reads some columns of a table. @throws AppError where it cannot be read. */
export async function readColumns(
  tables: TableReader,
  source: TableSource,
  names: readonly string[],
  signal: CancelSignal,
): Promise<ReadColumns> {
  const options: ReadOptions = { ...READ, columns: names };
  const table = await tables.open(source, options, signal);
  try {
    const columns: Column[] = [];
    for (const name of names) {
      columns.push(await table.column(name, signal));
    }
    return { columns, rows: table.rows };
  } finally {
    table.dispose();
  }
}

/** Null where training data have no outcomes or scores, which is no failure: then there is no band. */
export async function readReference(
  tables: TableReader,
  source: TableSource,
  names: readonly string[],
  signal: CancelSignal,
): Promise<ReadColumns | null> {
  try {
    return await readColumns(tables, source, names, signal);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
