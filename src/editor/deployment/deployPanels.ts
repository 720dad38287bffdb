import * as vscode from "vscode";

import { ofOpenFolder, PanelSet } from "../platform/panelSet";
import { DeployPanel, type DeployPanelContext } from "./deployPanel";
import { type DeploySubject, parseDeploySubject } from "./deploySubject";

/** All open deployments; what is planned of a product, and a deployment, are shown in one panel only. */
export class DeployPanels extends PanelSet<DeployPanel, DeploySubject> {
  constructor(context: DeployPanelContext) {
    super({
      viewType: "mlops.deploy",
      title: vscode.l10n.t("Deploy"),
      parse: (state) => ofOpenFolder(parseDeploySubject(state)),
      create: (panel, subject) => new DeployPanel(panel, subject, context),
    });
  }

  open(subject: DeploySubject): void {
    const known = this.all.find(({ session }) => isSame(session.place, subject));
    if (known === undefined) {
      this.openNew(subject);
      return;
    }
    known.panel.reveal();
    if (subject.kind === "plan") {
      known.session.planFor(subject);
    }
  }

  isShown(root: string, id: string): boolean {
    return this.all.some(
      ({ session: { place }, panel }) => place.kind === "deployment" && place.root === root && place.id === id && panel.visible,
    );
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
