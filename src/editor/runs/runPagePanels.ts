import type * as vscode from "vscode";

import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { RunRef } from "../platform/runRef";

export class RunPagePanels {
  constructor(
    readonly catalog: StoreCatalog,
    readonly extensionUri: vscode.Uri,
    readonly logError: (error: unknown) => void,
    readonly actions: object,
  ) {}
  open(ref: RunRef): void {
    void ref;
  }
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    void [panel, state];
    return Promise.resolve();
  }
  dispose(): void {}
}
