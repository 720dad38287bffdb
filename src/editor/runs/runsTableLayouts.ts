import type * as vscode from "vscode";

import { parseTableLayout } from "../../core/table/tableLayout";
import type { TableLayout } from "../../protocol/runsTable";

const KEY = "mlops.runsTable.layouts";
/** Old layouts are forgotten: what an experiment's table looked like fifty tables ago nobody expects back. */
const MAX_LAYOUTS = 50;

/** Remembers per workspace how each table was arranged. */
export class RunsTableLayouts {
  constructor(private readonly memento: vscode.Memento) {}

  get(targetKey: string): TableLayout {
    return parseTableLayout(this.entries().find(([key]) => key === targetKey)?.[1]);
  }

  async set(targetKey: string, layout: TableLayout): Promise<void> {
    const others = this.entries().filter(([key]) => key !== targetKey);
    await this.memento.update(KEY, [[targetKey, layout], ...others].slice(0, MAX_LAYOUTS));
  }

  private entries(): readonly (readonly [unknown, unknown])[] {
    const stored: unknown = this.memento.get(KEY);
    return Array.isArray(stored) ? stored.filter((entry): entry is [unknown, unknown] => Array.isArray(entry) && entry.length === 2) : [];
  }
}
