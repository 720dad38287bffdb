import type { SelectAction } from "../../protocol/runsTable";
import type { TableView } from "./tableView";

/** Which runs are selected, by row. A range goes from the line touched last and leaves what was selected before it. */
export class RowSelection {
  private selected = new Set<number>();
  private base = new Set<number>();
  private anchor = 0;

  get rows(): ReadonlySet<number> {
    return this.selected;
  }

  apply(action: SelectAction, view: TableView): void {
    switch (action.kind) {
      case "all":
        this.selected = new Set(view.rows);
        break;
      case "none":
        this.selected = new Set();
        break;
      case "only":
        this.anchor = action.line;
        this.selected = new Set(rowsOfLine(view, action.line));
        break;
      case "toggle": {
        this.anchor = action.line;
        const rows = rowsOfLine(view, action.line);
        const remove = rows.every((row) => this.selected.has(row));
        this.selected = new Set(this.selected);
        rows.forEach((row) => (remove ? this.selected.delete(row) : this.selected.add(row)));
        break;
      }
      case "range": {
        const from = Math.min(this.anchor, action.line);
        const to = Math.max(this.anchor, action.line);
        this.selected = new Set(this.base);
        for (let line = from; line <= to; line++) {
          rowsOfLine(view, line).forEach((row) => this.selected.add(row));
        }
        return;
      }
    }
    this.base = new Set(this.selected);
  }

  /** Forgets runs that left the table. */
  keep(isKnown: (row: number) => boolean): void {
    for (const row of this.selected) {
      if (!isKnown(row)) {
        this.selected.delete(row);
        this.base.delete(row);
      }
    }
  }
}

/** The run of a line, or all runs of a group. */
function rowsOfLine(view: TableView, line: number): readonly number[] {
  const code = view.lines[line];
  if (code === undefined) {
    return [];
  }
  return code >= 0 ? [code] : [...(view.groups[-1 - code]?.rows ?? [])];
}
