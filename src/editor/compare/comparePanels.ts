import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import type { RunRef } from "../platform/runRef";
import { ComparePanel, type ComparePanelContext } from "./comparePanel";
import { parseCompareTarget, toCompareTarget, uniqueRefs, type CompareTarget } from "./compareTarget";

const VIEW_TYPE = "mlops.compare";

/** All open comparisons. Each call of `open` makes another one. */
export class ComparePanels implements Disposable {
  private readonly panels = new Set<ComparePanel>();

  constructor(private readonly context: ComparePanelContext) {}

  open(refs: readonly RunRef[], options: { readonly baseline?: RunRef } = {}): void {
    const title = vscode.l10n.t("Compare Runs");
    this.add(
      vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active),
      toCompareTarget(uniqueRefs(refs), options.baseline),
    );
  }

  /** The runs of the comparison in front, or of the one that was last; null where none is open. */
  activeRuns(): readonly RunRef[] | null {
    return [...this.panels].at(-1)?.refs ?? null;
  }

  /** Adds runs to the comparison in front, or to the one that was last. Null where none is open; else how many were new. */
  addToActive(refs: readonly RunRef[]): number | null {
    const active = [...this.panels].at(-1);
    if (active === undefined) {
      return null;
    }
    active.panel.reveal();
    return active.addRuns(uniqueRefs(refs));
  }

  /** Brings a comparison back after a reload of the window, from the ids that its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const target = parseCompareTarget(state);
    if (target === null) {
      // Nothing to show: an empty shell would only puzzle.
      panel.dispose();
    } else {
      this.add(panel, target);
    }
    return Promise.resolve();
  }

  dispose(): void {
    for (const compare of [...this.panels]) {
      compare.dispose();
    }
  }

  private add(panel: vscode.WebviewPanel, target: CompareTarget): void {
    const compare = new ComparePanel(panel, target, this.context);
    this.panels.add(compare);
    panel.onDidChangeViewState(() => {
      if (panel.active) {
        // The one that was last in front is the last of the set.
        this.panels.delete(compare);
        this.panels.add(compare);
      }
    });
    panel.onDidDispose(() => this.panels.delete(compare));
  }
}
