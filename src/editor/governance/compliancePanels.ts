import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import { CompliancePanel, type CompliancePanelContext } from "./compliancePanel";
import { parseComplianceTarget, type ComplianceTarget } from "./complianceTarget";

const VIEW_TYPE = "mlops.compliance";

/** All open compliance pages; a version is shown in one panel only. */
export class CompliancePanels implements Disposable {
  private readonly panels = new Set<CompliancePanel>();

  constructor(private readonly context: CompliancePanelContext) {}

  open(target: ComplianceTarget): void {
    const known = [...this.panels].find(({ session: { target: one } }) => isSame(one, target));
    if (known === undefined) {
      this.add(vscode.window.createWebviewPanel(VIEW_TYPE, vscode.l10n.t("Compliance"), vscode.ViewColumn.Active), target);
    } else {
      known.panel.reveal();
      void known.session.load();
    }
  }

  /** Something changed below a folder: pages in sight look again, others when they are shown. @param root absolute. */
  refresh(root: string): void {
    for (const { session, panel } of this.panels) {
      if (session.target.root === root && panel.visible) {
        void session.load();
      }
    }
  }

  /** Brings a page back after a reload of the window, from the names that it had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const target = parseComplianceTarget(state);
    const isHere = target !== null && (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => uri.fsPath === target.root);
    if (target === null || !isHere) {
      // Nothing to show: an empty shell would only puzzle.
      panel.dispose();
    } else {
      this.add(panel, target);
    }
  }

  dispose(): void {
    for (const page of [...this.panels]) {
      page.dispose();
    }
  }

  private add(panel: vscode.WebviewPanel, target: ComplianceTarget): void {
    const page = new CompliancePanel(panel, target, this.context);
    this.panels.add(page);
    let wasVisible = panel.visible;
    panel.onDidChangeViewState(() => {
      if (panel.visible && !wasVisible) {
        void page.session.load();
      }
      wasVisible = panel.visible;
    });
    panel.onDidDispose(() => this.panels.delete(page));
  }
}

function isSame(one: ComplianceTarget, other: ComplianceTarget): boolean {
  return one.root === other.root && one.config === other.config && one.version === other.version;
}
