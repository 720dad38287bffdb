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

  /** @param names of all columns of the files, also of those that were not wanted. */
  constructor(
    facts: Omit<Table, "columns" | "column" | "dispose">,
    columns: readonly Column[],
    private readonly names: readonly string[],
  ) {
    this.files = facts.files;
    this.skipped = facts.skipped;
    this.rows = facts.rows;
    this.matchingRows = facts.matchingRows;
    this.totalRows = facts.totalRows;
    this.notes = [...new Set(facts.notes)];
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
      throw noColumn(this, this.names, name);
    }
    return column;
  }

  dispose(): void {
    this.#byName.clear();
  }
}

/** That a table has no column of a name, or cannot read it. @param names of all columns of the files. */
export function noColumn(
  { files, skipped }: { readonly files: readonly { readonly path: string }[]; readonly skipped: Table["skipped"] },
  names: readonly string[],
  name: string,
): AppError {
  const reason = skipped.find((one) => one.name === name)?.reason;
  if (reason !== undefined) {
    return new AppError("usage", `The column ${name} cannot be read: ${reason}`);
  }
  if (names.includes(name)) {
    return new AppError("usage", `The column ${name} was not read.`, {
      remedy: "Open the table again, with this column among those that are wanted.",
    });
  }
  return missingColumn(files, name, names);
}

/** That none of the files has a column of a name, with what was probably meant. */
export function missingColumn(files: readonly { readonly path: string }[], name: string, names: readonly string[]): AppError {
  const path = files[0]?.path ?? "The table";
  const near = closestWord(name, names);
  const some = names.slice(0, 10).join(", ");
  const remedy =
    near !== undefined
      ? `Did you mean ${near}?`
      : names.length === 0
        ? "It has none at all."
        : `Its columns: ${some}${names.length > 10 ? ` and ${names.length - 10} more` : ""}.`;
  return new AppError("usage", `${files.length > 1 ? `${path} and the files beside it have` : `${path} has`} no column ${name}.`, {
    remedy,
  });
}
