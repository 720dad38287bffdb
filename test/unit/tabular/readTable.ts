import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { isNumberColumn, type Column } from "../../../src/core/tabular/column";
import type { ReadOptions, Table, TableSource } from "../../../src/core/tabular/tableReader";

const ALL: ReadOptions = { maxRows: 5_000_000, sampleRows: 1_000_000, seed: 7, columns: null };

export interface ReadTable {
  readonly table: Table;
  readonly kinds: Readonly<Record<string, string>>;
  /** A value a row: number, text (also "True" and "False"), or null where it is missing. */
  readonly values: Readonly<Record<string, readonly (number | string | null)[]>>;
}

/** Opens a table and reads all of its columns. */
export async function readTable(source: TableSource | string, options: Partial<ReadOptions> = {}): Promise<ReadTable> {
  const signal = new AbortController().signal;
  const table = await createTableReader().open(typeof source === "string" ? { paths: [source] } : source, { ...ALL, ...options }, signal);
  const kinds: Record<string, string> = {};
  const values: Record<string, readonly (number | string | null)[]> = {};
  for (const { name, kind } of table.columns) {
    const column = await table.column(name, signal);
    if (column.name !== name || column.kind !== kind) {
      throw new Error(`${name} is announced as ${kind} and comes as ${column.kind}.`);
    }
    kinds[name] = kind;
    values[name] = valuesOf(column);
    if (values[name].length !== table.rows) {
      throw new Error(`${name} has ${values[name].length} rows, and the table ${table.rows}.`);
    }
  }
  return { table, kinds, values };
}

function valuesOf(column: Column): readonly (number | string | null)[] {
  if (isNumberColumn(column)) {
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  }
  if (new Set(column.labels).size !== column.labels.length) {
    throw new Error(`${column.name} has a label twice.`);
  }
  return Array.from(column.codes, (code) => (code === -1 ? null : column.labels[code]!));
}
