import type { nothing } from "lit";
import { html, type TemplateResult } from "lit";

import type { Cell, TableColumn } from "../../src/protocol/runsTable";
import { formatDuration } from "../shared/format";
import { icon, type IconName } from "../shared/icons";
import { t } from "../shared/l10n";
import { RUN_STATES } from "../shared/runStates";
import { sparkline } from "../shared/sparkline";
import { formatMetric, formatTime } from "./formatCell";

const STATUS: Readonly<Record<string, { readonly icon: IconName; readonly label: string; readonly tone: string }>> = {
  FINISHED: { ...RUN_STATES.FINISHED, tone: "ok" },
  FAILED: { ...RUN_STATES.FAILED, tone: "bad" },
  KILLED: { ...RUN_STATES.KILLED, tone: "warn" },
  RUNNING: { ...RUN_STATES.RUNNING, tone: "run" },
  SILENT: { icon: "warning", label: "Running, no sign of life", tone: "warn" },
  SCHEDULED: { ...RUN_STATES.SCHEDULED, tone: "wait" },
};

/** What stands in a cell. Lit writes every text as text, so that a name with markup stays a name. */
export function renderTableCell(cell: Cell | undefined, column: TableColumn, now: number): TemplateResult | typeof nothing {
  if (cell === undefined) {
    return html`<span class="waiting"></span>`;
  }
  if (cell === null) {
    return missing();
  }
  if (typeof cell === "object") {
    const value =
      cell.value === null
        ? cell.pending
          ? html`<span class="muted" aria-label=${t("being read")}>…</span>`
          : missing()
        : text(formatMetric(cell.value));
    return cell.curve === null ? html`${value}` : html`${sparkline(cell.curve)}<span class="gap"></span>${value}`;
  }
  switch (column.kind) {
    case "status":
      return renderStatus(String(cell));
    case "time":
      return text(typeof cell === "number" ? formatTime(cell, now) : cell);
    case "duration":
      return text(typeof cell === "number" ? formatDuration(cell) : cell);
    case "number":
      return text(typeof cell === "number" ? formatMetric(cell) : cell);
    case "text":
      return cell === "" ? html`<span class="muted" aria-label=${t("empty text")}>""</span>` : text(String(cell));
  }
}

function renderStatus(status: string): TemplateResult {
  const known = Object.hasOwn(STATUS, status) ? STATUS[status] : undefined;
  const { icon: name, label, tone } = known ?? { icon: "question" as const, label: "Unknown", tone: "wait" };
  return html`<span class="status ${tone}">${icon(name)}</span><span class="text">${t(label)}</span>`;
}

function text(value: string): TemplateResult {
  return html`<span class="text">${value}</span>`;
}

function missing(): TemplateResult {
  return html`<span class="muted" role="img" aria-label=${t("no value")}>—</span>`;
}
