import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { RunRef } from "../platform/runRef";
import { RunsTableLayouts } from "./runsTableLayouts";
import { RunsTablePanel, type RunsTablePanelContext } from "./runsTablePanel";
import { parseRunsTableTarget, targetKey, type RunsTableTarget } from "./runsTableTarget";

const VIEW_TYPE = "mlops.runsTable";
const SELECTION_COUNT = "mlops.runsTable.selectionCount";

/** All open runs tables. Each set of experiments has one; opening it again shows it. */
export class RunsTablePanels implements Disposable {
  private readonly tables = new Set<RunsTablePanel>();
  private readonly context: RunsTablePanelContext;
  private active: RunsTablePanel | undefined;

  constructor(catalog: StoreCatalog, extensionUri: vscode.Uri, memento: vscode.Memento, logError: (error: unknown) => void) {
    this.context = { catalog, extensionUri, logError, layouts: new RunsTableLayouts(memento) };
  }

  /** Shows the runs of the experiments; of all experiments of all stores when none is named. */
  open(target: RunsTableTarget): void {
    const key = targetKey(target);
    const existing = [...this.tables].find((table) => table.targetKey === key);
    if (existing !== undefined) {
      existing.panel.reveal();
      if (target.filter !== undefined) {
        existing.setFilter(target.filter);
      }
      return;
    }
    const title = target.title ?? vscode.l10n.t("Runs");
    this.add(vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active), target);
  }

  /** Brings a table back after a reload of the window, from the ids that its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const target = parseRunsTableTarget(state);
    if (target === null) {
      // Nothing to show: an empty shell would only puzzle.
      panel.dispose();
    } else {
      this.add(panel, target);
    }
    return Promise.resolve();
  }

  /** The runs selected in the table that is or was last in front, in the order of the table. */
  selectedRuns(): readonly RunRef[] {
    return this.active?.selectedRuns() ?? [];
  }

  dispose(): void {
    for (const table of [...this.tables]) {
      table.dispose();
    }
  }

  private add(panel: vscode.WebviewPanel, target: RunsTableTarget): void {
    const table = new RunsTablePanel(panel, target, this.context, () => this.publishSelection());
    this.tables.add(table);
    this.active = table;
    panel.onDidChangeViewState(() => {
      if (panel.active) {
        this.active = table;
        this.publishSelection();
      }
    });
    panel.onDidDispose(() => {
      this.tables.delete(table);
      if (this.active === table) {
        this.active = [...this.tables].at(-1);
      }
      this.publishSelection();
    });
    this.publishSelection();
  }

  private publishSelection(): void {
    void vscode.commands.executeCommand("setContext", SELECTION_COUNT, this.selectedRuns().length);
  }
}
