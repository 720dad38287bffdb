import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import { DeployPanel, type DeployPanelContext } from "./deployPanel";
import { type DeploySubject, parseDeploySubject } from "./deploySubject";

const VIEW_TYPE = "mlops.deploy";

/** All open deployments; what is planned of a product, and a deployment, are shown in one panel only. */
export class DeployPanels implements Disposable {
  private readonly panels = new Set<DeployPanel>();

  constructor(private readonly context: DeployPanelContext) {}

  open(subject: DeploySubject): void {
    const known = [...this.panels].find(({ session }) => isSame(session.place, subject));
    if (known === undefined) {
      this.add(vscode.window.createWebviewPanel(VIEW_TYPE, vscode.l10n.t("Deploy"), vscode.ViewColumn.Active), subject);
      return;
    }
    known.panel.reveal();
    if (subject.kind === "plan") {
      known.session.planFor(subject);
    }
  }

  isShown(root: string, id: string): boolean {
    return [...this.panels].some(
      ({ session: { place }, panel }) => place.kind === "deployment" && place.root === root && place.id === id && panel.visible,
    );
  }

  /** Brings a deployment back after a reload of the window, from the ids and choices that its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const subject = parseDeploySubject(state);
    const isHere = subject !== null && (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => uri.fsPath === subject.root);
    if (subject === null || !isHere) {
      // Nothing to show: an empty shell would only puzzle.
      panel.dispose();
    } else {
      this.add(panel, subject);
    }
  }

  dispose(): void {
    for (const panel of [...this.panels]) {
      panel.dispose();
    }
  }

  private add(panel: vscode.WebviewPanel, subject: DeploySubject): void {
    const deployment = new DeployPanel(panel, subject, this.context);
    this.panels.add(deployment);
    panel.onDidDispose(() => this.panels.delete(deployment));
  }
}

function isSame(one: DeploySubject, other: DeploySubject): boolean {
  return (
    one.kind === other.kind &&
    one.root === other.root &&
    one.config === other.config &&
    (one.kind === "plan" || (other.kind === "deployment" && one.id === other.id))
  );
}
