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
export function readColumns(
  tables: TableReader,
  source: TableSource,
  names: readonly string[],
  signal: CancelSignal,
): Promise<ReadColumns> {
  return read(tables, source, names, () => names, signal);
}

/** Those of some columns that a reference has; null where it cannot be read, which is no failure: then nothing says what is usual. */
export async function readReference(
  tables: TableReader,
  source: TableSource,
  names: readonly string[],
  signal: CancelSignal,
): Promise<ReadColumns | null> {
  try {
    return await read(tables, source, names, (known) => names.filter((name) => known.has(name)), signal);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

async function read(
  tables: TableReader,
  source: TableSource,
  names: readonly string[],
  choose: (known: ReadonlySet<string>) => readonly string[],
  signal: CancelSignal,
): Promise<ReadColumns> {
  const options: ReadOptions = { ...READ, columns: names };
  const table = await tables.open(source, options, signal);
  try {
    const columns: Column[] = [];
    for (const name of choose(new Set(table.columns.map((column) => column.name)))) {
      columns.push(await table.column(name, signal));
    }
    return { columns, rows: table.rows };
  } finally {
    table.dispose();
  }
}
