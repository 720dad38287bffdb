import type { CompareView } from "../../src/protocol/compare";
import { cellTitle } from "./cellValues";
import { deltaOf, deltaSentence } from "./deltas";
import { keyLabel } from "./labels";
import type { Line } from "./lines";
import { baselineColumn } from "./renderCell";

/** The tooltip of a line in a column of the view, or of its key where the column is null. */
export function lineTitle(view: CompareView, line: Line | undefined, column: number | null): string {
  switch (line?.kind) {
    case "artifact":
      return line.entry.path;
    case "note":
      return line.text;
    case "row": {
      if (column === null) {
        return keyLabel(line.row);
      }
      const baseline = baselineColumn(view);
      const delta = baseline === null || baseline === column ? null : deltaOf(line.row, column, baseline);
      const title = cellTitle(line.row, column);
      return delta === null ? title : `${title}\n${deltaSentence(line.row, column, delta)}`;
    }
    default:
      return "";
  }
}
