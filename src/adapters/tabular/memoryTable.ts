import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { closestWord } from "../../core/base/closestWord";
import type { Column } from "../../core/tabular/column";
import type { Table } from "../../core/tabular/tableReader";

/** A table whose columns lie in memory. */
export class MemoryTable implements Table {
  readonly files: Table["files"];
  readonly columns: Table["columns"];
  readonly skipped: Table["skipped"];
  readonly rows: number;
  readonly matchingRows: number;
  readonly totalRows: number;
  readonly notes: readonly string[];
  readonly sample: Table["sample"];
  readonly #byName = new Map<string, Column>();

  constructor(facts: Omit<Table, "columns" | "column" | "dispose">, columns: readonly Column[]) {
    this.files = facts.files;
    this.skipped = facts.skipped;
    this.rows = facts.rows;
    this.matchingRows = facts.matchingRows;
    this.totalRows = facts.totalRows;
    this.notes = facts.notes;
    this.sample = facts.sample;
    this.columns = columns.map(({ name, kind }) => ({ name, kind }));
    for (const column of columns) {
      this.#byName.set(column.name, column);
    }
  }

  async column(name: string, signal: CancelSignal): Promise<Column> {
    signal.throwIfAborted();
    const column = this.#byName.get(name);
    if (column === undefined) {
      throw noColumn(this, name);
    }
    return column;
  }

  dispose(): void {
    this.#byName.clear();
  }
}

/** That a table has no column of a name, or cannot read it. */
export function noColumn(
  table: { readonly files: readonly { readonly path: string }[]; readonly columns: Table["columns"]; readonly skipped: Table["skipped"] },
  name: string,
): AppError {
  const skipped = table.skipped.find((one) => one.name === name);
  if (skipped !== undefined) {
    return new AppError("usage", `The column ${name} cannot be read: ${skipped.reason}`);
  }
  const place = table.files[0]?.path ?? "The table";
  return missingColumn(
    table.files.length > 1 ? `${place} and the files beside it have` : `${place} has`,
    name,
    table.columns.map((column) => column.name),
  );
}

/** @param who with its verb: "x.csv has". */
export function missingColumn(who: string, name: string, names: readonly string[]): AppError {
  const near = closestWord(name, names);
  const some = names.slice(0, 10).join(", ");
  const remedy =
    near !== undefined
      ? `Did you mean ${near}?`
      : names.length === 0
        ? "It has none at all."
        : `Its columns: ${some}${names.length > 10 ? ` and ${names.length - 10} more` : ""}.`;
  return new AppError("usage", `${who} no column ${name}.`, { remedy });
}
