import { html, type TemplateResult } from "lit";

import type { HeaderView } from "../../src/protocol/runPage";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { RUN_STATES } from "../shared/runStates";

type Status = HeaderView["status"];

const COLORS: Readonly<Record<Status, string>> = {
  RUNNING: "var(--mlops-running)",
  SCHEDULED: "var(--mlops-muted)",
  FINISHED: "var(--mlops-ok)",
  FAILED: "var(--mlops-error)",
  KILLED: "var(--mlops-muted)",
  UNKNOWN: "var(--mlops-muted)",
};

/** A status as icon and text; a run that went silent gets a warning instead of the turning arrows. */
export function runStatus(status: Status, silent = false): TemplateResult {
  const { icon: name, label } = RUN_STATES[status];
  const color = silent ? "var(--mlops-warning)" : COLORS[status];
  return html`<span style="white-space: nowrap"><span style="color: ${color}">${icon(silent ? "warning" : name)}</span> ${t(label)}</span>`;
}
