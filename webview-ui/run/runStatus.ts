import { html, type TemplateResult } from "lit";

import type { HeaderView } from "../../src/protocol/runPage";
import { icon, type IconName } from "../shared/icons";
import { t } from "../shared/l10n";

type Status = HeaderView["status"];

const ICONS: Readonly<Record<Status, IconName>> = {
  RUNNING: "sync",
  SCHEDULED: "clock",
  FINISHED: "pass-filled",
  FAILED: "error",
  KILLED: "circle-slash",
  UNKNOWN: "question",
};

const COLORS: Readonly<Record<Status, string>> = {
  RUNNING: "var(--mlops-running)",
  SCHEDULED: "var(--mlops-muted)",
  FINISHED: "var(--mlops-ok)",
  FAILED: "var(--mlops-error)",
  KILLED: "var(--mlops-muted)",
  UNKNOWN: "var(--mlops-muted)",
};

function statusText(status: Status): string {
  switch (status) {
    case "RUNNING":
      return t("Running");
    case "SCHEDULED":
      return t("Scheduled");
    case "FINISHED":
      return t("Finished");
    case "FAILED":
      return t("Failed");
    case "KILLED":
      return t("Killed");
    case "UNKNOWN":
      return t("Unknown status");
  }
}

/** A status as icon and text; a run that went silent gets a warning instead of the turning arrows. */
export function runStatus(status: Status, silent = false): TemplateResult {
  const color = silent ? "var(--mlops-warning)" : COLORS[status];
  return html`<span style="white-space: nowrap"
    ><span style="color: ${color}">${icon(silent ? "warning" : ICONS[status])}</span> ${statusText(status)}</span
  >`;
}
