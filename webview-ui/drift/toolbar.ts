import { html, nothing, type TemplateResult } from "lit";

import type { DriftExport, DriftView } from "../../src/protocol/drift";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { openMenu, type MenuEntry } from "../shared/menu";
import { countText } from "./numberText";

export interface ToolActions {
  readonly exportReport: (format: DriftExport, to: "file" | "clipboard") => void;
  readonly retrain: () => void;
  readonly openConfig: () => void;
  readonly reload: () => void;
  readonly openReading: () => void;
}

/** What can be done about all of it. @param drifted columns that retraining would be told of. */
export function renderTools(drifted: readonly string[], hasResult: boolean, actions: ToolActions): TemplateResult {
  const names =
    drifted.length > 4 ? t("{0} and {1} more", drifted.slice(0, 4).join(", "), countText(drifted.length - 4)) : drifted.join(", ");
  return html`<div class="tools" role="toolbar" aria-label=${t("Drift report")}>
    ${
      hasResult
        ? html`<button
              class="tool"
              title=${drifted.length === 0 ? t("Retrain the model") : t("Retrain because of drift in {0}", names)}
              @click=${actions.retrain}
            >
              ${icon("rocket")} <span>${drifted.length === 0 ? t("Retrain…") : t("Retrain Because of This…")}</span>
            </button>
            <button
              class="tool"
              aria-haspopup="menu"
              title=${t("Export or copy the report")}
              @click=${(event: Event) => openMenu(event.currentTarget as Element, t("Export"), exportMenu(actions))}
            >
              ${icon("export")} <span>${t("Export")}</span>
            </button>`
        : nothing
    }
    <button class="tool" title=${t("Open the limits in mlops.yaml")} @click=${actions.openConfig}>
      ${icon("settings")} <span>${t("Limits")}</span>
    </button>
    <button class="tool" title=${t("Say how the files are read")} @click=${actions.openReading}>
      ${icon("table")} <span>${t("Reading")}</span>
    </button>
    <button class="tool" aria-label=${t("Read the data again")} title=${t("Read the data again")} @click=${actions.reload}>
      ${icon("refresh")}
    </button>
  </div>`;
}

function exportMenu({ exportReport }: ToolActions): readonly MenuEntry[] {
  const item = (label: string, format: DriftExport, to: "file" | "clipboard"): MenuEntry => ({
    kind: "item",
    label,
    ...(to === "clipboard" ? { icon: "copy" as const } : {}),
    run: () => exportReport(format, to),
  });
  return [
    { kind: "heading", label: t("Save the Report") },
    item(t("HTML Page With Charts…"), "html", "file"),
    item(t("Markdown…"), "markdown", "file"),
    item(t("CSV…"), "csv", "file"),
    item(t("JSON…"), "json", "file"),
    { kind: "separator" },
    { kind: "heading", label: t("Copy") },
    item(t("Copy as Markdown"), "markdown", "clipboard"),
    item(t("Copy as CSV"), "csv", "clipboard"),
    item(t("Copy as JSON"), "json", "clipboard"),
  ];
}

/** Columns that failed, worst first as the host sent them; warnings are no reason to retrain. */
export function driftedNames(view: DriftView): readonly string[] {
  return view.columns.filter(({ state }) => state === "fail").map(({ name }) => name);
}
