import * as vscode from "vscode";

import { ofOpenFolder, PanelSet } from "../platform/panelSet";
import { CompliancePanel, type CompliancePanelContext } from "./compliancePanel";
import { parseComplianceTarget, type ComplianceTarget } from "./complianceTarget";

/** All open compliance pages; a version is shown in one panel only. */
export class CompliancePanels extends PanelSet<CompliancePanel, ComplianceTarget> {
  constructor(context: CompliancePanelContext) {
    super({
      viewType: "mlops.compliance",
      title: vscode.l10n.t("Compliance"),
      parse: (state) => ofOpenFolder(parseComplianceTarget(state)),
      create: (panel, target) => {
        const page = new CompliancePanel(panel, target, context);
        loadWhenShown(page);
        return page;
      },
    });
  }

  open(target: ComplianceTarget): void {
    const known = this.all.find(({ session: { target: one } }) => isSame(one, target));
    if (known === undefined) {
      this.openNew(target);
    } else {
      known.panel.reveal();
      void known.session.load();
    }
  }

  /** Something changed below a folder: pages in sight look again, others when they are shown. @param root absolute. */
  refresh(root: string): void {
    for (const { session, panel } of this.all) {
      if (session.target.root === root && panel.visible) {
        void session.load();
      }
    }
  }
}

function loadWhenShown({ panel, session }: CompliancePanel): void {
  let wasVisible = panel.visible;
  panel.onDidChangeViewState(() => {
    if (panel.visible && !wasVisible) {
      void session.load();
    }
    wasVisible = panel.visible;
  });
}

function isSame(one: ComplianceTarget, other: ComplianceTarget): boolean {
  return one.root === other.root && one.config === other.config && one.version === other.version;
}
