import type { TableSource } from "../../core/tabular/tableReader";
import type { LocatedFile } from "./locateFiles";
import { missingColumn } from "./memoryTable";

/** @throws AppError when a column by which rows are chosen is in none of the files. */
export function checkColumns(files: readonly LocatedFile[], names: readonly string[], { window, where }: TableSource): void {
  const path = files[0]?.path ?? "The table";
  for (const name of [window?.column, where?.column]) {
    if (name !== undefined && !names.includes(name)) {
      throw missingColumn(files.length === 1 ? `${path} has` : `${path} and the files beside it have`, name, names);
    }
  }
}
