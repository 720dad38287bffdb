import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import { RetrainPanel, type RetrainPanelContext } from "./retrainPanel";
import { parseRetrainTarget, type RetrainTarget } from "./retrainTarget";

const VIEW_TYPE = "mlops.retrain";

/** All open trainings; a job, or what is planned of a product, is shown in one panel only. */
export class RetrainPanels implements Disposable {
  private readonly panels = new Set<RetrainPanel>();

  constructor(private readonly context: RetrainPanelContext) {}

  open(target: RetrainTarget): void {
    const known = [...this.panels].find(({ session }) => isSame(session.place, target));
    if (known !== undefined && target.kind === "job") {
      known.panel.reveal();
      return;
    }
    // A plan for another reason, or with other values, takes the place of the one before.
    const panel = known?.panel ?? vscode.window.createWebviewPanel(VIEW_TYPE, vscode.l10n.t("Retrain"), vscode.ViewColumn.Active);
    if (known === undefined) {
      this.add(panel, target);
    } else {
      panel.reveal();
      known.session.planFor(target);
    }
  }

  /** Whether a job is in sight, so that its end needs no message. */
  isShown(root: string, id: string): boolean {
    return [...this.panels].some(
      ({ session: { place }, panel }) => place.kind === "job" && place.root === root && place.id === id && panel.visible,
    );
  }

  /** Brings a training back after a reload of the window, from the ids and choices that its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const target = parseRetrainTarget(state);
    const isHere = target !== null && (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => uri.fsPath === target.root);
    if (target === null || !isHere) {
      // Nothing to show: an empty shell would only puzzle.
      panel.dispose();
    } else {
      this.add(panel, target);
    }
  }

  dispose(): void {
    for (const training of [...this.panels]) {
      training.dispose();
    }
  }

  private add(panel: vscode.WebviewPanel, target: RetrainTarget): void {
    const training = new RetrainPanel(panel, target, this.context);
    this.panels.add(training);
    panel.onDidDispose(() => this.panels.delete(training));
  }
}

function isSame(one: RetrainTarget, other: RetrainTarget): boolean {
  return (
    one.kind === other.kind &&
    one.root === other.root &&
    one.config === other.config &&
    (one.kind === "plan" || (other.kind === "job" && one.id === other.id))
  );
}
