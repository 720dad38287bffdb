import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { CompareView } from "../../../src/protocol/compare";
import "../../shared/charts/canvasChart";
import { zoomHint, type CanvasChart, type ChartDrawing } from "../../shared/charts/canvasChart";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { seriesTable } from "../../shared/charts/seriesTable";
import { formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import { buttonStyles, themeStyles } from "../../shared/theme";
import "./chartCard";
import { formatOf, groupName, savePicture, type ChartsContext } from "./chartsContext";
import { controlStyles } from "./controlStyles";
import type { ReadCurves } from "./curveReader";
import { curveDrawing } from "./curveDrawing";
import { curveNotes, curveSummary } from "./curveNotes";
import { curveSet, type CurveOptions, type CurveSet } from "./curveSet";
import { barDrawing, type Bar } from "./relationDrawings";
import { SeenElement } from "./seenElement";

/** A metric of all runs: as curves, or where each run logged one point, as bars. Read and drawn when it comes into sight. */
@customElement("mlops-metric-card")
export class MetricCard extends SeenElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
    `,
  ];

  @property({ attribute: false }) context!: ChartsContext;
  @property({ attribute: false }) view!: CompareView;
  @property() key = "";
  @property({ attribute: false }) options!: CurveOptions;
  @property({ attribute: false }) hiddenRuns: ReadonlySet<number> = new Set();
  @property({ attribute: false }) hovered: number | null = null;
  @state() private read: ReadCurves | null = null;
  @state() private error: string | null = null;
  @state() private zoomed = false;
  @query("mlops-canvas-chart") private readonly chart!: CanvasChart | null;
  private stopListening: (() => void) | undefined;
  private set: CurveSet | undefined;
  private build: ((theme: ChartTheme) => ChartDrawing) | null = null;
  private bars: readonly Bar[] | null = null;

  /** The chart as it is drawn now, or null when it is not on the screen. */
  svg(): string | null {
    return this.chart?.picture(this.key, "svg")?.data ?? null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.stopListening = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.stopListening ??= this.context.curves.onDidInvalidate(() => {
      if (this.seen) {
        void this.load();
      } else {
        this.read = null;
      }
    });
    if (this.seen && this.read === null && (changed.has("seen") || changed.has("key") || changed.has("view"))) {
      void this.load();
    }
    if (this.read !== null && this.seen && ["read", "seen", "view", "options", "hiddenRuns"].some((name) => changed.has(name))) {
      this.prepare(this.read);
    }
  }

  protected override render(): TemplateResult {
    const { set, key } = this;
    const ready = this.read !== null && set !== undefined && this.seen;
    return html`<mlops-chart-card
      .heading=${key}
      .notes=${ready ? [...curveNotes(set, this.options), ...(this.read?.problems ?? [])] : []}
      .data=${ready ? seriesTable(set.series) : null}
      .zoomed=${this.zoomed}
      .hint=${zoomHint()}
      @reset-zoom=${() => this.chart?.resetZoom()}
      @save-picture=${(event: Event) => void savePicture(this.context.host, key, this.chart?.picture(key, formatOf(event)) ?? null)}
    >
      ${this.body(ready, set)}
    </mlops-chart-card>`;
  }

  private body(ready: boolean, set: CurveSet | undefined): TemplateResult {
    if (this.error !== null) {
      return html`<div class="empty" role="alert">
        <span>${this.error} <button class="link" @click=${() => void this.load()}>${t("Retry")}</button></span>
      </div>`;
    }
    if (!ready || set === undefined) {
      return html`<div class="skeleton"></div>`;
    }
    if (set.curves.length === 0) {
      return html`<div class="empty">${set.counts.hidden > 0 ? t("All runs are hidden in the legend.") : t("No run has a value.")}</div>`;
    }
    return html`<mlops-canvas-chart
      .label=${this.bars === null ? curveSummary(this.key, set) : this.barSummary(this.bars)}
      .build=${this.build}
      .highlighted=${this.hovered}
      .zoom=${this.bars === null ? "xy" : ""}
      title=${this.bars === null ? zoomHint() : ""}
      @zoom-changed=${(event: CustomEvent<{ zoomed: boolean }>) => (this.zoomed = event.detail.zoomed)}
    ></mlops-canvas-chart>`;
  }

  private prepare(read: ReadCurves): void {
    const { options, view } = this;
    const set = curveSet(read.curves, view, this.hiddenRuns, options, groupName(view));
    this.set = set;
    this.bars = set.series.every((one) => one.total <= 1)
      ? set.curves.flatMap(({ run, prepared }) => {
          const value = prepared.source[0]?.value ?? NaN;
          return Number.isFinite(value) ? [{ item: run, value }] : [];
        })
      : null;
    const { bars, key } = this;
    const items = view.runs.map((run, index) => ({ name: run.name, runs: [index], style: run.style }));
    const metric = { id: key, section: "metrics" as const, key, kind: "number" as const, values: [], varies: true };
    this.build = bars === null ? (theme) => curveDrawing(set, options, theme) : (theme) => barDrawing(items, metric, bars, theme);
  }

  private barSummary(bars: readonly Bar[]): string {
    const values = bars.map((bar) => bar.value);
    const [low, high] = [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
    return t("Bar chart of {0}, {1} runs with one value each, {2} to {3}", this.key, bars.length, formatNumber(low), formatNumber(high));
  }

  private async load(): Promise<void> {
    const { key } = this;
    try {
      const read = await this.context.curves.curves(key);
      if (key === this.key) {
        this.read = read;
        this.error = null;
      }
    } catch (error) {
      // Curves that were read stay; a view that came meanwhile asks again by itself.
      if (key === this.key && this.read === null) {
        this.error = error instanceof Error ? error.message : String(error);
      }
    }
  }
}
