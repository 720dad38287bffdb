import * as vscode from "vscode";

import { PanelSet } from "../platform/panelSet";
import { DriftPanel, type DriftPanelContext } from "./driftPanel";
import { isSameSubject, parseDriftTarget, toDriftTarget, type DriftSubjectId, type DriftTarget } from "./driftTarget";

/** All open comparisons of data; the same data are shown in one panel only. */
export class DriftPanels extends PanelSet<DriftPanel, DriftTarget> {
  constructor(context: DriftPanelContext) {
    super({
      viewType: "mlops.drift",
      title: vscode.l10n.t("Drift"),
      parse: parseDriftTarget,
      create: (panel, target) => new DriftPanel(panel, target, context),
    });
  }

  open(subject: DriftSubjectId, focus: DriftTarget["focus"] = null): void {
    const known = this.all.find(({ session }) => isSameSubject(session.subjectId, subject));
    if (known === undefined) {
      this.openNew(toDriftTarget(subject, focus));
      return;
    }
    known.panel.reveal();
    if (focus !== null) {
      known.session.focusOn(focus);
    }
  }

  /** The panel in front, or the one that was last; undefined where none is open. */
  get active(): DriftPanel | undefined {
    return this.all.at(-1);
  }
}
