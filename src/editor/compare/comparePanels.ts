import * as vscode from "vscode";

import { PanelSet } from "../platform/panelSet";
import type { RunRef } from "../platform/runRef";
import { ComparePanel, type ComparePanelContext } from "./comparePanel";
import { parseCompareTarget, toCompareTarget, uniqueRefs, type CompareTarget } from "./compareTarget";

/** All open comparisons. Each call of `open` makes another one. */
export class ComparePanels extends PanelSet<ComparePanel, CompareTarget> {
  constructor(context: ComparePanelContext) {
    super({
      viewType: "mlops.compare",
      title: vscode.l10n.t("Compare Runs"),
      parse: parseCompareTarget,
      create: (panel, target) => new ComparePanel(panel, target, context),
    });
  }

  open(refs: readonly RunRef[], options: { readonly baseline?: RunRef } = {}): void {
    this.openNew(toCompareTarget(uniqueRefs(refs), options.baseline));
  }

  /** The runs of the comparison in front, or of the one that was last; null where none is open. */
  activeRuns(): readonly RunRef[] | null {
    return this.all.at(-1)?.refs ?? null;
  }

  /** Adds runs to the comparison in front, or to the one that was last. Null where none is open; else how many were new. */
  addToActive(refs: readonly RunRef[]): number | null {
    const active = this.all.at(-1);
    if (active === undefined) {
      return null;
    }
    active.panel.reveal();
    return active.addRuns(uniqueRefs(refs));
  }
}
