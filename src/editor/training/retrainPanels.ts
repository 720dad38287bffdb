import * as vscode from "vscode";

import { ofOpenFolder, PanelSet } from "../platform/panelSet";
import { RetrainPanel, type RetrainPanelContext } from "./retrainPanel";
import { parseRetrainTarget, type RetrainTarget } from "./retrainTarget";

/** All open trainings; a job, or what is planned of a product, is shown in one panel only. */
export class RetrainPanels extends PanelSet<RetrainPanel, RetrainTarget> {
  constructor(context: RetrainPanelContext) {
    super({
      viewType: "mlops.retrain",
      title: vscode.l10n.t("Retrain"),
      parse: (state) => ofOpenFolder(parseRetrainTarget(state)),
      create: (panel, target) => new RetrainPanel(panel, target, context),
    });
  }

  open(target: RetrainTarget): void {
    const known = this.all.find(({ session }) => isSame(session.place, target));
    if (known === undefined) {
      this.openNew(target);
      return;
    }
    known.panel.reveal();
    // A plan for another reason, or with other values, takes the place of the one before.
    if (target.kind === "plan") {
      known.session.planFor(target);
    }
  }

  /** Whether a job is in sight, so that its end needs no message. */
  isShown(root: string, id: string): boolean {
    return this.all.some(
      ({ session: { place }, panel }) => place.kind === "job" && place.root === root && place.id === id && panel.visible,
    );
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
