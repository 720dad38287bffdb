import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { DriftView, KpiSeriesView } from "../../src/protocol/drift";
import { t } from "../shared/l10n";
import { calibrationChart } from "./charts/calibrationChart";
import type { DriftChart } from "./charts/chartSpec";
import "./charts/driftChart";
import { kpiChart, type KpiLook, kpiRange } from "./charts/kpiChart";
import { shareChart } from "./charts/shareChart";
import { sampleNote } from "./charts/sampleNote";
import type { DriftCalls } from "./driftCalls";
import { MARK_KINDS } from "./driftStates";
import { timeText } from "./numberText";
import { panelStyles } from "./panelStyles";
import { plainTable } from "./plainTable";

/** A KPI: a chart of all rows, or a small one a group of one column. */
interface KpiCharts {
  readonly name: string;
  readonly all: readonly DriftChart[];
  readonly groups: readonly { readonly id: string; readonly chart: DriftChart }[];
}

/** Drift, KPIs and calibration over time, with what happened to the model in between. */
@customElement("mlops-drift-time")
export class TimePanel extends LitElement {
  static override readonly styles = [
    ...panelStyles,
    css`
      .kpi {
        scroll-margin-top: 8px;
      }
      .kpi:focus {
        outline: none;
      }
    `,
  ];

  @property({ attribute: false }) view!: DriftView;
  @property({ attribute: false }) host!: DriftCalls;
  /** The KPI that somebody came for; it is brought into sight as soon as it is there, and "kpi-shown" says so. */
  @property({ attribute: false }) wanted: string | null = null;
  private share: DriftChart | null = null;
  private kpis: readonly KpiCharts[] = [];
  private calibration: DriftChart | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("view")) {
      const { view } = this;
      const before = changed.get("view");
      const isOther = (...keys: readonly (keyof DriftView)[]): boolean => keys.some((key) => view[key] !== before?.[key]);
      if (isOther("windows", "marks", "dataset", "options", "timeColumns")) {
        this.share = shareChart(view, this.choose);
      }
      if (isOther("kpis", "marks", "windows")) {
        this.kpis = kpiGroups(view, this.choose);
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
        ${this.share === null ? nothing : html`<mlops-drift-chart .chart=${this.share} .sample=${sampleNote(this.view)} .host=${this.host}></mlops-drift-chart>`}
      </section>
      <section>
        <h2>${t("KPIs")}</h2>
        ${
          this.kpis.length === 0
            ? html`<p class="facts">
                ${t("No KPI is computed over time. Name KPIs with targets in mlops.yaml to see them here with their limits.")}
              </p>`
            : this.kpis.map(
                ({ name, all, groups }) =>
                  html`<div class="kpi" tabindex="-1" data-kpi=${name} aria-label=${name} role="group">
                    ${all.map(card)}
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
                    }
                  </div>`,
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

  protected override updated(): void {
    const { wanted } = this;
    const kpi = [...(this.shadowRoot?.querySelectorAll<HTMLElement>(".kpi") ?? [])].find((one) => one.dataset["kpi"] === wanted);
    if (wanted !== null && kpi !== undefined) {
      this.dispatchEvent(new CustomEvent("kpi-shown"));
      kpi.focus({ preventScroll: true });
      // Charts have no height before they are drawn for the first time, so that there is nowhere to scroll to yet.
      const charts = [...(this.shadowRoot?.querySelectorAll<LitElement>("mlops-drift-chart") ?? [])];
      void Promise.all(charts.map((chart) => chart.updateComplete)).then(() =>
        requestAnimationFrame(() => kpi.scrollIntoView({ block: "start" })),
      );
    }
  }

  private readonly choose = (from: number): void => {
    this.dispatchEvent(new CustomEvent("choose-window", { detail: from }));
  };

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

/** Series of one KPI together: all rows first, then the groups of a column as small multiples on one axis. */
function kpiGroups({ kpis, marks, windows }: DriftView, choose: (from: number) => void): readonly KpiCharts[] {
  const byName = new Map<string, KpiSeriesView[]>();
  for (const kpi of kpis) {
    const key = JSON.stringify([kpi.name, kpi.by]);
    byName.set(key, [...(byName.get(key) ?? []), kpi]);
  }
  const starts = new Set(windows.map(({ from }) => from));
  const chart = (kpi: KpiSeriesView, range: KpiLook["range"], isSmall: boolean): DriftChart =>
    kpiChart(kpi, marks, { range, isSmall, choose: kpi.points.some(({ time }) => starts.has(time)) ? choose : null });
  return [...byName.values()].map((series) => {
    const groups = series.filter(({ group }) => group !== null);
    const range = groups.length > 1 ? kpiRange(groups) : null;
    return {
      name: series[0]?.name ?? "",
      all: series.filter(({ group }) => group === null).map((kpi) => chart(kpi, null, false)),
      groups: groups.map((kpi, index) => ({ id: `${index} ${kpi.group ?? ""}`, chart: chart(kpi, range, true) })),
    };
  });
}
