import * as vscode from "vscode";

import { PanelSet } from "../platform/panelSet";
import { OverviewPanel, type OverviewPanelContext } from "./overviewPanel";

/** The page of all products, of which a window has one. */
export class OverviewPanels extends PanelSet<OverviewPanel, object> {
  constructor(context: OverviewPanelContext, onShown: () => void) {
    super({
      viewType: "mlops.overview",
      title: vscode.l10n.t("Overview"),
      // What was arranged on the page, the page itself keeps; there is nothing to choose from for the host.
      parse: () => ({}),
      create: (panel) => {
        let wasVisible = panel.visible;
        panel.onDidChangeViewState(() => {
          if (panel.visible && !wasVisible) {
            onShown();
          }
          wasVisible = panel.visible;
        });
        onShown();
        return new OverviewPanel(panel, context);
      },
    });
  }

  get isVisible(): boolean {
    return this.all.some(({ panel }) => panel.visible);
  }

  open(): void {
    const [known] = this.all;
    if (known === undefined) {
      this.openNew({});
    } else {
      known.panel.reveal();
    }
  }
}
