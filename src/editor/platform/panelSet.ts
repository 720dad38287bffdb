import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";

/** A page in an editor tab. */
export interface OpenPanel extends Disposable {
  readonly panel: vscode.WebviewPanel;
}

/** What the panels of one kind have in common. */
export interface PanelKind<P extends OpenPanel, S> {
  readonly viewType: string;
  readonly title: string;
  /** What a page had kept over a reload of the window; null where there is nothing to show any more. */
  readonly parse: (state: unknown) => S | null;
  readonly create: (panel: vscode.WebviewPanel, subject: S) => P;
}

/** All open panels of one kind. */
export class PanelSet<P extends OpenPanel, S> implements Disposable {
  private readonly panels = new Set<P>();

  constructor(private readonly kind: PanelKind<P, S>) {}

  /** Brings a page back after a reload of the window, from the names and choices that it had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const subject = this.kind.parse(state);
    if (subject === null) {
      // Nothing to show: an empty shell would only puzzle.
      panel.dispose();
    } else {
      this.add(panel, subject);
    }
  }

  dispose(): void {
    for (const one of [...this.panels]) {
      one.dispose();
    }
  }

  /** The one that was in front the latest is the last. */
  protected get all(): readonly P[] {
    return [...this.panels];
  }

  protected openNew(subject: S): void {
    this.add(vscode.window.createWebviewPanel(this.kind.viewType, this.kind.title, vscode.ViewColumn.Active), subject);
  }

  private add(panel: vscode.WebviewPanel, subject: S): void {
    const one = this.kind.create(panel, subject);
    this.panels.add(one);
    panel.onDidChangeViewState(() => {
      if (panel.active) {
        this.panels.delete(one);
        this.panels.add(one);
      }
    });
    panel.onDidDispose(() => this.panels.delete(one));
  }
}

/** @returns null for what belongs to a folder that is no longer open. */
export function ofOpenFolder<S extends { readonly root: string }>(subject: S | null): S | null {
  const isHere = subject !== null && (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => uri.fsPath === subject.root);
  return isHere ? subject : null;
}
