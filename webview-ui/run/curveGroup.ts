import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { MetricRow } from "../../src/protocol/runPage";
import type { ChartOptions } from "../shared/charts/chartSeries";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import "./curveCard";
import { isSingleValue } from "./curveLoader";
import type { PageContext } from "./pageContext";
import { sectionStyles } from "./styles";

/** How many cards are laid out before "Show all". */
const LIMIT = 60;

/** The metrics of one group: those with a curve as charts, those with one point as values below them. */
@customElement("mlops-curve-group")
export class CurveGroup extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 290px), 1fr));
        gap: 8px;
        align-items: start;
        margin: 4px 0 8px;
      }
      .values {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr));
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) metrics: readonly MetricRow[] = [];
  @property({ attribute: false }) options!: ChartOptions;
  @state() private all = false;
  private stopListening: (() => void) | undefined;
  private values = new Set<string>();

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.stopListening = undefined;
  }

  protected override render(): TemplateResult {
    this.stopListening ??= this.context.curves.onDidChange((key) => this.onCurve(key));
    const shown = this.all ? this.metrics : this.metrics.slice(0, LIMIT);
    const isValue = (metric: MetricRow): boolean => isSingleValue(metric, this.context.curves.state(metric.key));
    const values = shown.filter(isValue);
    this.values = new Set(values.map((metric) => metric.key));
    return html`${this.grid(
      shown.filter((metric) => !isValue(metric)),
      false,
    )}
    ${this.grid(values, true)}
    ${
      shown.length < this.metrics.length
        ? html`<button class="link" @click=${() => (this.all = true)}>
            ${t("Showing {0} of {1}. Show all", shown.length, this.metrics.length)}
          </button>`
        : nothing
    }`;
  }

  private grid(metrics: readonly MetricRow[], compact: boolean): TemplateResult | typeof nothing {
    return metrics.length === 0
      ? nothing
      : html`<div class="grid ${compact ? "values" : ""}">
          ${repeat(
            metrics,
            (metric) => metric.key,
            (metric) =>
              html`<mlops-curve-card
                ?compact=${compact}
                .context=${this.context}
                .metric=${metric}
                .options=${this.options}
              ></mlops-curve-card>`,
          )}
        </div>`;
  }

  /** Only a metric that turns out to be the other kind changes what stands where. */
  private onCurve(key: string): void {
    const metric = this.metrics.find((one) => one.key === key);
    if (metric !== undefined && isSingleValue(metric, this.context.curves.state(key)) !== this.values.has(key)) {
      this.requestUpdate();
    }
  }
}
