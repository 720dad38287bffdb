import { Chart } from "chart.js";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { formatDateTime, formatNumber } from "../format";
import { icon } from "../icons";
import { t } from "../l10n";
import { buttonStyles, themeStyles } from "../theme";
import { chartNotes, chartSummary } from "./chartNotes";
import { prepareSeries, type ChartOptions, type ChartSeries, type PlotPoint, type PreparedSeries } from "./chartSeries";
import { onThemeChange, readChartTheme } from "./chartTheme";
import "./chartTable";
import { seriesTable } from "./seriesTable";
import { drawInTurn } from "./drawQueue";
import { lineChartConfig } from "./lineChartConfig";
import { chartLegend, legendStyles } from "./chartLegend";

/**
 * A line chart with everything a reader needs to trust it: what is left out is said, the data stands behind it as a table,
 * and arrow keys walk along the points as the mouse does.
 */
@customElement("mlops-line-chart")
export class LineChart extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    legendStyles,
    css`
      :host {
        display: block;
        position: relative;
      }
      .plot {
        position: relative;
        height: var(--mlops-chart-height, 150px);
      }
      .notes {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
        min-height: 24px;
        color: var(--mlops-muted);
        font-size: 0.85em;
      }
      .notes > span {
        flex: 1;
        min-width: 10em;
      }
      .notes > button {
        margin-left: auto;
      }
    `,
  ];

  /** What the chart shows, e.g. the metric's key. */
  @property() label = "";
  @property({ attribute: false }) series: readonly ChartSeries[] = [];
  @property({ attribute: false }) options: ChartOptions = { xAxis: "step", logarithmic: false, smoothing: 0 };

  @state() private tableShown = false;
  @state() private spoken = "";
  @query("canvas") private readonly canvas!: HTMLCanvasElement;

  private chart: Chart<"line", PlotPoint[]> | undefined;
  private prepared: readonly PreparedSeries[] = [];
  private stopTheme: (() => void) | undefined;
  private cancelDraw: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.drawSoon());
    if (this.hasUpdated) {
      this.drawSoon();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.cancelDraw?.();
    this.chart?.destroy();
    this.chart = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("series") || changed.has("options")) {
      this.prepared = this.series.map((one) => prepareSeries(one, this.options));
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("series") || changed.has("options")) {
      this.drawSoon();
    }
  }

  protected override render(): TemplateResult {
    return html`
      ${this.series.length > 1 ? chartLegend(this.series, readChartTheme().kind) : nothing}
      <div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${chartSummary(this.label, this.series)}
        @keydown=${this.onKey}
        @blur=${this.clearPoint}
      >
        <canvas aria-hidden="true"></canvas>
      </div>
      <div class="hidden-text" aria-live="polite">${this.spoken}</div>
      <div class="notes">
        ${chartNotes(this.series, this.prepared).map((note) => html`<span>${note}</span>`)}
        <button
          class="tool"
          aria-expanded=${this.tableShown ? "true" : "false"}
          aria-label=${this.tableShown ? t("Hide data of {0}", this.label) : t("Show data of {0}", this.label)}
          title=${this.tableShown ? t("Hide data") : t("Show data as a table")}
          @click=${() => (this.tableShown = !this.tableShown)}
        >
          ${icon("table")}
        </button>
      </div>
      ${this.tableShown ? html`<mlops-chart-table .label=${this.label} .data=${seriesTable(this.series)}></mlops-chart-table>` : nothing}
    `;
  }

  private drawSoon(): void {
    this.cancelDraw?.();
    this.cancelDraw = drawInTurn(() => this.draw());
  }

  private draw(): void {
    const config = lineChartConfig({ series: this.prepared, options: this.options, theme: readChartTheme() });
    // The plugin for gaps belongs to one chart's data, so that new data mean a new chart.
    this.chart?.destroy();
    this.chart = new Chart(this.canvas, config);
  }

  private readonly clearPoint = (): void => {
    this.chart?.setActiveElements([]);
    this.chart?.tooltip?.setActiveElements([], { x: 0, y: 0 });
    this.chart?.update("none");
  };

  /** Arrow keys walk along the first series, Page Up and Down in tenths, Home and End to its ends, Escape leaves. */
  private readonly onKey = (event: KeyboardEvent): void => {
    const points = this.prepared[0]?.source ?? [];
    const { chart } = this;
    if (chart === undefined || points.length === 0) {
      return;
    }
    if (event.key === "Escape") {
      this.clearPoint();
      return;
    }
    const current = chart.getActiveElements().find((active) => active.datasetIndex === 0)?.index;
    const next = nextIndex(event.key, current, points.length);
    if (next === undefined) {
      return;
    }
    event.preventDefault();
    const active = chart.data.datasets
      .map((_, datasetIndex) => ({ datasetIndex, index: next }))
      .filter(({ datasetIndex }) => next < (chart.data.datasets[datasetIndex]?.data.length ?? 0));
    chart.setActiveElements(active);
    chart.tooltip?.setActiveElements(active, { x: 0, y: 0 });
    chart.update("none");
    const point = points[next];
    if (point !== undefined) {
      this.spoken = t("Step {0}: {1}, {2}", point.step, formatNumber(point.value), formatDateTime(point.timestamp));
    }
  };
}

function nextIndex(key: string, current: number | undefined, count: number): number | undefined {
  const page = Math.max(1, Math.round(count / 10));
  const moves: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, PageDown: page, PageUp: -page };
  if (key === "Home") {
    return 0;
  }
  if (key === "End") {
    return count - 1;
  }
  const move = moves[key];
  if (move === undefined) {
    return undefined;
  }
  return current === undefined ? (move > 0 ? 0 : count - 1) : Math.min(count - 1, Math.max(0, current + move));
}
