import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { RunRef } from "../platform/runRef";
import type { RunPageActions } from "./runPageActions";
import { parseRunPageState } from "./runPageMessages";
import { RunPagePanel } from "./runPagePanel";
import { ValueDocuments } from "./valueDocuments";

const VIEW_TYPE = "mlops.runPage";

/** All open run pages. Each run has one; opening it again shows it. */
export class RunPagePanels implements Disposable {
  private readonly pages = new Map<vscode.WebviewPanel, RunPagePanel>();
  private readonly values: ValueDocuments;

  constructor(
    private readonly catalog: StoreCatalog,
    private readonly extensionUri: vscode.Uri,
    private readonly logError: (error: unknown) => void,
    private readonly actions: RunPageActions,
  ) {
    this.values = new ValueDocuments(catalog);
  }

  open(ref: RunRef): void {
    for (const [panel, page] of this.pages) {
      if (page.ref.storeId === ref.storeId && page.ref.runId === ref.runId) {
        panel.reveal();
        return;
      }
    }
    this.add(vscode.window.createWebviewPanel(VIEW_TYPE, vscode.l10n.t("Run"), vscode.ViewColumn.Active), ref);
  }

  /** Brings a page back after a reload of the window, from the ids that it had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const ref = parseRunPageState(state);
    if (ref === null) {
      // Closed before the page knew what it shows: an empty shell would only puzzle.
      panel.dispose();
    } else {
      this.add(panel, ref);
    }
    return Promise.resolve();
  }

  dispose(): void {
    for (const panel of [...this.pages.keys()]) {
      panel.dispose();
    }
  }

  private add(panel: vscode.WebviewPanel, ref: RunRef): void {
    const page = new RunPagePanel(panel, ref, {
      catalog: this.catalog,
      extensionUri: this.extensionUri,
      logError: this.logError,
      actions: this.actions,
      values: this.values,
      openRun: (other) => this.open(other),
    });
    this.pages.set(panel, page);
    panel.onDidDispose(() => this.pages.delete(panel));
  }
}
