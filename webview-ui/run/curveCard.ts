import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { MetricRow } from "../../src/protocol/runPage";
import "../shared/charts/lineChart";
import type { ChartOptions, ChartSeries } from "../shared/charts/chartSeries";
import { errorText } from "../shared/errorText";
import { formatNumber } from "../shared/format";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import { fromWireNumber, type Curve } from "./curveLoader";
import type { PageContext } from "./pageContext";
import { sectionStyles } from "./styles";
import { failure, short } from "./valueText";

/** One metric's curve. It is read and drawn only while it is on screen; a single point is a value, not an empty chart. */
@customElement("mlops-curve-card")
export class CurveCard extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      :host {
        padding: 6px 8px 0;
        border: 1px solid var(--mlops-border);
        border-radius: 4px;
        min-height: 208px;
      }
      :host([compact]) {
        min-height: 0;
        padding-bottom: 6px;
      }
      .head {
        display: flex;
        align-items: baseline;
        gap: 8px;
      }
      h4 {
        flex: 1;
        margin: 0;
        font-size: 1em;
        font-weight: 600;
      }
      .latest {
        font-variant-numeric: tabular-nums;
      }
      .skeleton {
        height: 150px;
        margin-top: 8px;
        border-radius: 3px;
        background: var(--vscode-editor-inactiveSelectionBackground, rgba(128, 128, 128, 0.1));
        opacity: 0.4;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) metric!: MetricRow;
  @property({ attribute: false }) options!: ChartOptions;
  /** As a value, without a chart. */
  @property({ type: Boolean, reflect: true }) compact = false;
  @state() private visible = false;
  private stopListening: (() => void) | undefined;
  private series: readonly ChartSeries[] = [];
  private drawnCurve: Curve | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) {
      this.start();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.context.onScreen.unwatch(this);
    this.context.curves.unwant(this.metric.key, this);
  }

  protected override firstUpdated(): void {
    this.start();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const state = this.context.curves.state(this.metric.key);
    const curve = state.kind === "ready" ? state.curve : null;
    if (curve !== this.drawnCurve || changed.has("metric")) {
      this.drawnCurve = curve;
      this.series = curve === null ? [] : [{ id: this.metric.key, label: this.metric.key, points: curve.points, total: curve.total }];
    }
  }

  protected override render(): TemplateResult {
    const { metric, context } = this;
    const state = context.curves.state(metric.key);
    return html`<div class="head">
        <h4 class="ellipsis" title=${short(metric.key, 1000)}>${short(metric.key, 250)}</h4>
        <span class="latest">${formatNumber(fromWireNumber(metric.latest))}</span>
      </div>
      ${state.kind === "failed" ? failure(errorText(state.error), () => context.curves.retry(metric.key)) : this.body()}`;
  }

  private body(): TemplateResult {
    const curve = this.drawnCurve;
    if (this.compact) {
      return html`<div class="muted">${t("One point, at step {0}", this.metric.step)}</div>`;
    }
    if (curve === null || !this.visible) {
      return html`<div class="skeleton"></div>`;
    }
    return html`<mlops-line-chart .label=${this.metric.key} .series=${this.series} .options=${this.options}></mlops-line-chart>`;
  }

  private start(): void {
    const { context } = this;
    this.stopListening = context.curves.onDidChange((key) => {
      if (key === this.metric.key) {
        this.requestUpdate();
      }
    });
    context.onScreen.watch(this, (visible) => {
      this.visible = visible;
      if (visible) {
        context.curves.want(this.metric.key, this);
      } else {
        context.curves.unwant(this.metric.key, this);
      }
    });
  }
}
