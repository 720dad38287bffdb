import { closestWord } from "../../core/base/closestWord";
import type { TableSource } from "../../core/tabular/tableReader";
import type { LocatedFile } from "./locateFiles";
import { missingColumn } from "./memoryTable";

/** @throws AppError when a column by which rows are chosen is in none of the files. */
export function checkColumns(files: readonly LocatedFile[], names: readonly string[], { window, where }: TableSource): void {
  for (const name of [window?.column, where?.column]) {
    if (name !== undefined && !names.includes(name)) {
      throw missingColumn(files, name, names);
    }
  }
}

/** Columns that a user corrects and that are not there: a slip of the pen, mostly. */
export function unknownKinds(names: readonly string[], kinds: TableSource["kinds"]): string[] {
  return Object.keys(kinds ?? {})
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = closestWord(name, names);
      return `The kind of column ${name} is said, and there is no such column.${near === undefined ? "" : ` Did you mean ${near}?`}`;
    });
}
