import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { DriftView, KpiSeriesView } from "../../src/protocol/drift";
import { t } from "../shared/l10n";
import { calibrationChart } from "./charts/calibrationChart";
import type { DriftChart } from "./charts/chartSpec";
import "./charts/driftChart";
import { kpiChart, kpiRange } from "./charts/kpiChart";
import { shareChart } from "./charts/shareChart";
import type { DriftCalls } from "./driftCalls";
import { MARK_KINDS } from "./driftStates";
import { timeText } from "./numberText";
import { panelStyles } from "./panelStyles";
import { plainTable } from "./plainTable";

/** A KPI: a chart of all rows, and a small one a group. */
interface KpiCharts {
  readonly all: readonly DriftChart[];
  readonly groups: readonly { readonly id: string; readonly chart: DriftChart }[];
}

/** Drift, KPIs and calibration over time, with what happened to the model in between. */
@customElement("mlops-drift-time")
export class TimePanel extends LitElement {
  static override readonly styles = panelStyles;

  @property({ attribute: false }) view!: DriftView;
  @property({ attribute: false }) host!: DriftCalls;
  private share: DriftChart | null = null;
  private kpis: readonly KpiCharts[] = [];
  private calibration: DriftChart | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("view")) {
      const { view } = this;
      const before = changed.get("view");
      const isOther = (...keys: readonly (keyof DriftView)[]): boolean => keys.some((key) => view[key] !== before?.[key]);
      if (isOther("windows", "marks", "dataset", "options", "timeColumns")) {
        this.share = shareChart(view);
      }
      if (isOther("kpis", "marks")) {
        this.kpis = kpiGroups(view);
      }
      if (isOther("calibration")) {
        this.calibration = view.calibration == null ? null : calibrationChart(view.calibration);
      }
    }
  }

  protected override render(): TemplateResult {
    const card = (chart: DriftChart): TemplateResult => html`<mlops-drift-chart .chart=${chart} .host=${this.host}></mlops-drift-chart>`;
    return html`<section>
        <h2>${t("Drift")}</h2>
        ${this.share === null ? nothing : card(this.share)}
      </section>
      <section>
        <h2>${t("KPIs")}</h2>
        ${
          this.kpis.length === 0
            ? html`<p class="facts">
                ${t("No KPI is computed over time. Name KPIs with targets in mlops.yaml to see them here with their limits.")}
              </p>`
            : this.kpis.map(
                ({ all, groups }) =>
                  html`${all.map(card)}
                  ${
                    groups.length === 0
                      ? nothing
                      : html`<div class="grid small">
                          ${repeat(
                            groups,
                            ({ id }) => id,
                            ({ chart }) => card(chart),
                          )}
                        </div>`
                  }`,
              )
        }
      </section>
      ${
        this.calibration === null
          ? nothing
          : html`<section>
              <h2>${t("Calibration")}</h2>
              <div class="single">${card(this.calibration)}</div>
            </section>`
      }
      ${this.marks()}`;
  }

  private marks(): TemplateResult | typeof nothing {
    const { marks } = this.view;
    return marks.length === 0
      ? nothing
      : html`<section>
          <h2>${t("What happened when")}</h2>
          ${plainTable(
            t("What happened when"),
            [{ label: t("Time") }, { label: t("Kind"), words: true }, { label: t("What"), words: true }],
            [...marks]
              .sort((a, b) => b.time - a.time)
              .slice(0, 100)
              .map(({ time, kind, label }) => [timeText(time), t(MARK_KINDS[kind]), label]),
          )}
        </section>`;
  }
}

/** Series of one KPI together: all rows first, then its groups as small multiples on one axis. */
function kpiGroups({ kpis, marks }: DriftView): readonly KpiCharts[] {
  const byName = new Map<string, KpiSeriesView[]>();
  for (const kpi of kpis) {
    byName.set(kpi.name, [...(byName.get(kpi.name) ?? []), kpi]);
  }
  return [...byName.values()].map((series) => {
    const groups = series.filter(({ group }) => group !== null);
    const range = groups.length > 1 ? kpiRange(groups) : null;
    return {
      all: series.filter(({ group }) => group === null).map((kpi) => kpiChart(kpi, marks, { range: null, isSmall: false })),
      groups: groups.map((kpi, index) => ({ id: `${index} ${kpi.group ?? ""}`, chart: kpiChart(kpi, marks, { range, isSmall: true }) })),
    };
  });
}
