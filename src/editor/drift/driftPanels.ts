import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import { DriftPanel, type DriftPanelContext } from "./driftPanel";
import { isSameSubject, parseDriftTarget, toDriftTarget, type DriftSubjectId, type DriftTarget } from "./driftTarget";

const VIEW_TYPE = "mlops.drift";

/** All open comparisons of data; the same data are shown in one panel only. */
export class DriftPanels implements Disposable {
  private readonly panels = new Set<DriftPanel>();

  constructor(private readonly context: DriftPanelContext) {}

  open(subject: DriftSubjectId, focus: DriftTarget["focus"] = null): void {
    const known = [...this.panels].find(({ session }) => isSameSubject(session.subjectId, subject));
    if (known !== undefined) {
      known.panel.reveal();
      if (focus !== null) {
        known.session.focusOn(focus);
      }
      return;
    }
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, vscode.l10n.t("Drift"), vscode.ViewColumn.Active);
    this.add(panel, toDriftTarget(subject, focus));
  }

  /** The panel in front, or the one that was last; undefined where none is open. */
  get active(): DriftPanel | undefined {
    return [...this.panels].at(-1);
  }

  /** Brings a comparison back after a reload of the window, from the paths and choices that its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const target = parseDriftTarget(state);
    if (target === null) {
      // Nothing to show: an empty shell would only puzzle.
      panel.dispose();
    } else {
      this.add(panel, target);
    }
  }

  dispose(): void {
    for (const drift of [...this.panels]) {
      drift.dispose();
    }
  }

  private add(panel: vscode.WebviewPanel, target: DriftTarget): void {
    const drift = new DriftPanel(panel, target, this.context);
    this.panels.add(drift);
    panel.onDidChangeViewState(() => {
      if (panel.active) {
        // The one that was last in front is the last of the set.
        this.panels.delete(drift);
        this.panels.add(drift);
      }
    });
    panel.onDidDispose(() => this.panels.delete(drift));
  }
}
