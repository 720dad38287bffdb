import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { DriftView } from "../../src/protocol/drift";
import { t } from "../shared/l10n";
import { isDrawn, type DriftChart } from "./charts/chartSpec";
import { correlationChart } from "./charts/correlationChart";
import { sampleNote } from "./charts/sampleNote";
import "./charts/driftChart";
import type { DriftCalls } from "./driftCalls";
import { panelStyles } from "./panelStyles";
import { plainTable } from "./plainTable";

/** How many pairs the table beside the chart has. */
const MOST = 50;

/** Columns that used to move together and no longer do, or the other way round. */
@customElement("mlops-drift-correlations")
export class CorrelationPanel extends LitElement {
  static override readonly styles = panelStyles;

  @property({ attribute: false }) view!: DriftView;
  @property({ attribute: false }) host!: DriftCalls;
  private chart: DriftChart | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.chart === null || (changed.has("view") && changed.get("view")?.correlations !== this.view.correlations)) {
      this.chart = correlationChart(this.view.correlations);
    }
  }

  protected override render(): TemplateResult {
    const { chart } = this;
    if (chart === null || !isDrawn(chart)) {
      return html`<div class="none"><strong>${t("No correlations")}</strong>${chart?.empty ?? ""}</div>`;
    }
    const { data } = chart;
    return html`<h2>${t("Correlations")}</h2>
      <p class="facts">${t("A model learns how columns move together. Where that changed, each column alone may look as before.")}</p>
      <div class="grid large">
        <mlops-drift-chart .chart=${chart} .sample=${sampleNote(this.view)} .host=${this.host}></mlops-drift-chart>
        <div>
          ${plainTable(
            t("Correlations that changed most"),
            data.columns.map(({ label }) => ({ label })),
            Array.from({ length: Math.min(MOST, data.count) }, (_, index) => data.row(index)),
          )}
        </div>
      </div>`;
  }
}
