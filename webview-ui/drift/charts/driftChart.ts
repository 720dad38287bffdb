import { css, html, nothing, type CSSResult, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import "../../shared/charts/canvasChart";
import { zoomHint, type CanvasChart } from "../../shared/charts/canvasChart";
import "../../shared/charts/chartCard";
import { controlStyles } from "../../shared/charts/controlStyles";
import { HoveredRun } from "../../shared/charts/hoveredRun";
import { SeenElement } from "../../shared/charts/seenElement";
import { takeOutPicture, type PictureHost } from "../../shared/charts/takeOutPicture";
import { buttonStyles, themeStyles } from "../../shared/theme";
import { driftColorStyles } from "../driftColors";
import { isDrawn, type DriftChart } from "./chartSpec";
import { sampledHeading } from "./sampleNote";
import { chartKey, chartKeyStyles } from "./chartKey";
import "./registerCharts";

/** Nothing follows from chart to chart on this page. */
const NO_HOVER = new HoveredRun();

/** A chart of the page in its card: drawn while it is in sight, with its legend, its words and the data behind it. */
@customElement("mlops-drift-chart")
export class DriftChartCard extends SeenElement {
  static override readonly styles: CSSResult[] = [
    themeStyles,
    buttonStyles,
    controlStyles,
    driftColorStyles,
    chartKeyStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .empty {
        min-height: 64px;
      }
      .skeleton {
        height: var(--mlops-chart-height, 200px);
      }
    `,
  ];

  @property({ attribute: false }) chart!: DriftChart;
  @property({ attribute: false }) host!: PictureHost;
  /** Says of what sample it is; null where all rows were read. */
  @property({ attribute: false }) sample: string | null = null;
  @state() private zoomed = false;
  @query("mlops-canvas-chart") private readonly canvas!: CanvasChart | null;

  protected override render(): TemplateResult {
    const { chart, sample } = this;
    if (!isDrawn(chart)) {
      return html`<mlops-chart-card .heading=${chart.heading}>
        <slot name="controls" slot="controls"></slot>
        <div class="empty">${chart.empty}</div>
      </mlops-chart-card>`;
    }
    return html`<mlops-chart-card
      .heading=${sampledHeading(chart.heading, sample)}
      .notes=${sample === null ? chart.notes : [sample, ...chart.notes]}
      .data=${chart.data}
      .zoomed=${this.zoomed}
      .hint=${chart.zoom === "" ? "" : zoomHint()}
      style="--mlops-chart-height:${chart.height}px"
      @reset-zoom=${() => this.canvas?.resetZoom()}
      @save-picture=${(event: Event) =>
        void takeOutPicture(
          this.host,
          chart.heading,
          event,
          (format) => this.canvas?.picture(sampledHeading(chart.heading, sample), format) ?? null,
        )}
    >
      <slot name="controls" slot="controls"></slot>
      ${chart.legend.length === 0 ? nothing : chartKey(chart.legend)}
      ${
        this.seen
          ? html`<mlops-canvas-chart
              .label=${sample === null ? chart.summary : `${chart.summary} ${sample}`}
              .build=${chart.build}
              .hover=${NO_HOVER}
              .zoom=${chart.zoom}
              @zoom-changed=${(event: CustomEvent<{ zoomed: boolean }>) => (this.zoomed = event.detail.zoomed)}
            ></mlops-canvas-chart>`
          : html`<div class="skeleton"></div>`
      }
    </mlops-chart-card>`;
  }
}
