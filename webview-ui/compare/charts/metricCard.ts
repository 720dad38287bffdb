import { html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { CompareView } from "../../../src/protocol/compare";
import "../../shared/charts/canvasChart";
import { zoomHint, type CanvasChart } from "../../shared/charts/canvasChart";
import type { ChartDrawing } from "../../shared/charts/chartDrawing";
import type { TableData } from "../../shared/charts/chartTable";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { drawInTurn } from "../../shared/charts/drawQueue";
import { seriesTable } from "../../shared/charts/seriesTable";
import { t } from "../../shared/l10n";
import { buttonStyles, themeStyles } from "../../shared/theme";
import "../../shared/charts/chartCard";
import { groupName, takeOut, type ChartsContext } from "./chartsContext";
import { controlStyles } from "../../shared/charts/controlStyles";
import { curveDrawing } from "./curveDrawing";
import { barNotes, barSummary, curveNotes, curveSummary } from "./curveNotes";
import type { ReadCurves } from "./curveReader";
import { curveSet, singleValues, type CurveOptions, type CurveSet } from "./curveSet";
import { barDrawing } from "./relationDrawings";
import { SeenElement } from "../../shared/charts/seenElement";

interface Prepared {
  readonly set: CurveSet;
  readonly isBars: boolean;
  readonly build: (theme: ChartTheme) => ChartDrawing;
  readonly notes: readonly string[];
  readonly summary: string;
  readonly data: TableData;
}

/** A metric of all runs: as curves, or where each run logged one point, as bars. Read and drawn when it comes into sight. */
@customElement("mlops-metric-card")
export class MetricCard extends SeenElement {
  static override readonly styles = [themeStyles, buttonStyles, controlStyles];

  @property({ attribute: false }) context!: ChartsContext;
  @property({ attribute: false }) view!: CompareView;
  @property() key = "";
  @property({ attribute: false }) options!: CurveOptions;
  @property({ attribute: false }) hiddenRuns: ReadonlySet<number> = new Set();
  @state() private read: ReadCurves | null = null;
  @state() private prepared: Prepared | null = null;
  @state() private error: string | null = null;
  @state() private zoomed = false;
  @query("mlops-canvas-chart") private readonly chart!: CanvasChart | null;
  private stopListening: (() => void) | undefined;
  private cancelPrepare: (() => void) | undefined;

  /** The chart as it is drawn now, or null when it is not on the screen. */
  svg(): string | null {
    return this.chart?.picture(this.key, "svg")?.data ?? null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.stopListening = undefined;
    this.cancelPrepare?.();
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.stopListening ??= this.context.curves.onDidInvalidate(() => {
      if (this.seen) {
        void this.load();
      } else {
        this.read = null;
      }
    });
    if (this.seen && this.read === null && ["seen", "key", "view"].some((name) => changed.has(name))) {
      void this.load();
    }
    if (this.read !== null && this.seen && ["read", "seen", "view", "options", "hiddenRuns"].some((name) => changed.has(name))) {
      this.prepareSoon(this.read);
    }
  }

  protected override render(): TemplateResult {
    const { key } = this;
    const prepared = this.seen ? this.prepared : null;
    return html`<mlops-chart-card
      .heading=${key}
      .notes=${prepared?.notes ?? []}
      .data=${prepared?.data ?? null}
      .zoomed=${this.zoomed}
      .hint=${zoomHint()}
      @reset-zoom=${() => this.chart?.resetZoom()}
      @save-picture=${(event: Event) => void takeOut(this.context.host, key, event, (format) => this.chart?.picture(key, format) ?? null)}
    >
      ${this.body(prepared)}
    </mlops-chart-card>`;
  }

  private body(prepared: Prepared | null): TemplateResult {
    if (this.error !== null) {
      return html`<div class="empty" role="alert">
        <span>${this.error} <button class="link" @click=${() => void this.load()}>${t("Retry")}</button></span>
      </div>`;
    }
    if (prepared === null) {
      return html`<div class="skeleton"></div>`;
    }
    const { set, isBars, build, summary } = prepared;
    if (set.curves.length === 0) {
      return html`<div class="empty">${set.counts.hidden > 0 ? t("All runs are hidden in the legend.") : t("No run has a value.")}</div>`;
    }
    return html`<mlops-canvas-chart
      .label=${summary}
      .build=${build}
      .hover=${this.context.hover}
      .zoom=${isBars ? "" : "xy"}
      @zoom-changed=${(event: CustomEvent<{ zoomed: boolean }>) => (this.zoomed = event.detail.zoomed)}
    ></mlops-canvas-chart>`;
  }

  /** In turn with the drawing of all charts, so that a new smoothing never holds the page up. */
  private prepareSoon(read: ReadCurves): void {
    this.cancelPrepare?.();
    this.cancelPrepare = drawInTurn(() => {
      this.prepared = this.prepare(read);
    });
  }

  private prepare(read: ReadCurves): Prepared {
    const { options, view, key } = this;
    const set = curveSet(read.curves, view, this.hiddenRuns, options, groupName(view));
    const bars = singleValues(set);
    const notes = [...(bars === null ? curveNotes(set, options) : barNotes(set, bars.length)), ...read.problems];
    const data = seriesTable(set.series);
    if (bars === null) {
      return { set, isBars: false, notes, data, summary: curveSummary(key, set), build: (theme) => curveDrawing(set, options, theme) };
    }
    const styleOf = new Map(set.curves.map((curve) => [curve.run, curve.style]));
    const items = view.runs.map((run, index) => ({ name: run.name, runs: [index], style: styleOf.get(index) ?? run.style }));
    return { set, isBars: true, notes, data, summary: barSummary(key, bars), build: (theme) => barDrawing(items, key, bars, theme) };
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
      // Curves that were read stay.
      if (key === this.key && this.read === null) {
        this.error = error instanceof Error ? error.message : String(error);
      }
    }
  }
}
