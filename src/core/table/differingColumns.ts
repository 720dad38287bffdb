import type { ColumnId } from "../../protocol/runsTable";
import type { RunTable } from "./runTable";
import type { Work } from "./work";

/**
 * The columns in which the runs are not all alike. A run without a value differs from one with any; of a single run nothing
 * differs, so that there every column with a value counts.
 */
export function* differingColumns(table: RunTable, rows: Uint32Array): Work<ReadonlySet<ColumnId>> {
  const differing = new Set<ColumnId>();
  const first = rows[0];
  if (first === undefined) {
    return new Set(table.columnIds());
  }
  for (const id of table.columnIds()) {
    const column = table.column(id);
    if (column === undefined) {
      continue;
    }
    let differs = rows.length === 1 && column.get(first) !== null;
    for (let index = 1; index < rows.length && !differs; index++) {
      differs = !column.equal(first, rows[index] ?? first);
    }
    if (differs) {
      differing.add(id);
    }
    yield;
  }
  return differing;
}
