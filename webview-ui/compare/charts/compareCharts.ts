import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { CompareView } from "../../../src/protocol/compare";
import type { XAxis } from "../../shared/charts/chartSeries";
import { curveControls } from "../../shared/charts/curveControls";
import { HoveredRun } from "../../shared/charts/hoveredRun";
import { formatInteger } from "../../shared/format";
import { t } from "../../shared/l10n";
import { buttonStyles, themeStyles } from "../../shared/theme";
import { groupName, type ChartsContext } from "./chartsContext";
import type { ChartsHost } from "./chartsHost";
import { controlStyles } from "../../shared/charts/controlStyles";
import { CurveReader } from "./curveReader";
import type { CurveOptions } from "./curveSet";
import { toRelations, type Relations } from "./dimensions";
import "./heatCard";
import "./importanceCard";
import { MetricCard } from "./metricCard";
import "./parallelCard";
import "./relationCard";
import "./runLegend";

/** How many metrics are laid out before "Show all". */
const FIRST = 40;
const SYSTEM = "system/";

/** All charts of a comparison: how the metrics went, and what they have to do with the parameters. */
@customElement("mlops-compare-charts")
export class CompareCharts extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    controlStyles,
    css`
      :host {
        display: block;
        padding: 4px 12px 16px;
      }
      h2 {
        margin: 12px 0 4px;
        font-size: 1.05em;
        font-weight: 600;
      }
      .count {
        color: var(--mlops-muted);
        font-weight: normal;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr));
        gap: 8px;
        align-items: stretch;
      }
      .wide {
        grid-column: 1 / -1;
      }
    `,
  ];

  @property({ attribute: false }) view!: CompareView;
  @property({ attribute: false }) host!: ChartsHost;
  @property({ attribute: false }) hovered: number | null = null;
  @state() private options: CurveOptions = { xAxis: "step", logarithmic: false, logarithmicX: false, smoothing: 0, cutOutliers: false };
  /** By store and run, so that a run stays hidden when others come and go. */
  @state() private hiddenIds: ReadonlySet<string> = new Set();
  @state() private search = "";
  @state() private all = false;
  private readonly hover = new HoveredRun();
  private context: ChartsContext | undefined;
  private relations: Relations = { items: [], dimensions: [] };
  private hiddenRuns: ReadonlySet<number> = new Set();

  /** Runs, by their index, logged new points. */
  curvesChanged(runs: readonly number[]): void {
    this.context?.curves.invalidate(runs);
  }

  /** The curves on the screen as SVG texts. */
  pictures(): readonly string[] {
    return [...(this.shadowRoot?.querySelectorAll("mlops-metric-card") ?? [])].flatMap((card) =>
      card instanceof MetricCard ? (card.svg() ?? []) : [],
    );
  }

  /** What follows the mouse draws itself; nothing else of the charts renders anew. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (changed.has("hovered")) {
      this.hover.set(this.hovered);
    }
    return changed.size > 1 || !changed.has("hovered");
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("host") || this.context === undefined) {
      this.context = { host: this.host, curves: new CurveReader(this.host), hover: this.hover };
    }
    if (changed.has("view") || changed.has("host")) {
      this.context.curves.setView(this.view);
      this.relations = toRelations(this.view, groupName(this.view));
    }
    if (changed.has("view") || changed.has("hiddenIds")) {
      this.hiddenRuns = new Set(this.view.runs.flatMap((run, index) => (this.hiddenIds.has(idOf(run)) ? [index] : [])));
    }
  }

  protected override render(): TemplateResult {
    const { context, view, relations } = this;
    if (context === undefined) {
      return html``;
    }
    return html`
      ${this.curves(context)}
      <h2>${t("Relations")}</h2>
      <div class="grid">
        <mlops-parallel-card class="wide" .context=${context} .relations=${relations}></mlops-parallel-card>
        <mlops-relation-card kind="scatter" .context=${context} .relations=${relations}></mlops-relation-card>
        <mlops-relation-card kind="box" .context=${context} .relations=${relations}></mlops-relation-card>
        <mlops-relation-card kind="bar" .context=${context} .relations=${relations}></mlops-relation-card>
        <mlops-heat-card .context=${context} .relations=${relations}></mlops-heat-card>
        <mlops-importance-card .context=${context} .view=${view} .relations=${relations}></mlops-importance-card>
      </div>
    `;
  }

  private curves(context: ChartsContext): TemplateResult | typeof nothing {
    // The system's metrics matter least and are many, so that they come last.
    const metrics = this.view.rows
      .filter((row) => row.section === "metrics")
      .map((row) => row.key)
      .sort((a, b) => Number(a.startsWith(SYSTEM)) - Number(b.startsWith(SYSTEM)));
    if (metrics.length === 0) {
      return nothing;
    }
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = metrics.filter((key) => words.every((word) => key.toLowerCase().includes(word)));
    const shown = this.all ? found : found.slice(0, FIRST);
    return html`<h2>${t("Metrics")} <span class="count">${formatInteger(metrics.length)}</span></h2>
      ${this.controls(metrics.length)}
      <mlops-run-legend
        .view=${this.view}
        .hiddenRuns=${this.hiddenRuns}
        .hover=${this.hover}
        @hidden-changed=${(event: CustomEvent<{ hidden: ReadonlySet<number> }>) => this.hide(event.detail.hidden)}
      ></mlops-run-legend>
      <div class="grid">
        ${repeat(
          shown,
          (key) => key,
          (key) =>
            html`<mlops-metric-card
              .key=${key}
              .context=${context}
              .view=${this.view}
              .options=${this.options}
              .hiddenRuns=${this.hiddenRuns}
            ></mlops-metric-card>`,
        )}
      </div>
      ${found.length === 0 ? html`<div class="empty">${t("No metric has that name.")}</div>` : nothing}
      ${
        shown.length < found.length
          ? html`<button class="link" @click=${() => (this.all = true)}>
              ${t("Showing {0} of {1} metrics. Show all", formatInteger(shown.length), formatInteger(found.length))}
            </button>`
          : nothing
      }`;
  }

  private controls(metrics: number): TemplateResult {
    const { xAxis } = this.options;
    const check = (property: "logarithmic" | "logarithmicX" | "cutOutliers", label: string, disabled = false): TemplateResult =>
      html`<label
        ><input
          type="checkbox"
          .checked=${this.options[property] === true && !disabled}
          ?disabled=${disabled}
          @change=${() => this.set({ [property]: this.options[property] !== true })}
        />${label}</label
      >`;
    return html`<div class="controls">
      ${curveControls(this.options, {
        xAxis: (axis) => this.set(axisChoice(axis, this.options)),
        smoothing: (smoothing) => this.set({ smoothing }),
      })}
      ${check("logarithmicX", t("Log x"), xAxis === "time")} ${check("logarithmic", t("Log y"))} ${check("cutOutliers", t("Cut outliers"))}
      ${
        metrics > 6
          ? html`<input
              type="search"
              placeholder=${t("Find metrics")}
              aria-label=${t("Find metrics")}
              .value=${this.search}
              @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}
            />`
          : nothing
      }
    </div>`;
  }

  private set(change: Partial<CurveOptions>): void {
    this.options = { ...this.options, ...change };
  }

  private hide(hidden: ReadonlySet<number>): void {
    this.hiddenIds = new Set(this.view.runs.flatMap((run, index) => (hidden.has(index) ? [idOf(run)] : [])));
  }
}

/** Wall time has no logarithm worth looking at: it begins in 1970. */
function axisChoice(xAxis: XAxis, options: CurveOptions): Partial<CurveOptions> {
  return xAxis === "time" ? { xAxis, logarithmicX: false } : { xAxis, logarithmicX: options.logarithmicX === true };
}

function idOf(run: { readonly storeId: string; readonly runId: string }): string {
  return JSON.stringify([run.storeId, run.runId]);
}
