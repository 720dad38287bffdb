import * as vscode from "vscode";

import type { DriftStatus } from "../../core/drift/driftReport";
import type { MonitoringResult } from "../../core/monitoring/monitoringResult";
import { sayAge } from "../platform/sayAge";

/** How a model is, after its name or alone. */
export function statusWords(status: DriftStatus): string {
  switch (status) {
    case "ok":
      return vscode.l10n.t("is well");
    case "warn":
      return vscode.l10n.t("needs a look");
    case "fail":
      return vscode.l10n.t("fails");
    case "unjudged":
      return vscode.l10n.t("could not be judged");
  }
}

/** "checked 2 h ago", "never checked". */
export function checkedWords(result: MonitoringResult | null, now: number): string {
  return result === null ? vscode.l10n.t("never checked") : vscode.l10n.t("checked {0}", sayAge(now - result.checked_at));
}
