import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";

import type { MetricRow } from "../../src/protocol/runPage";
import { formatDateTime, formatNumber } from "../shared/format";
import { t } from "../shared/l10n";
import { sparkline } from "../shared/sparkline";
import { buttonStyles, themeStyles } from "../shared/theme";
import { fromWireNumber, type Curve } from "./curveLoader";
import type { PageContext } from "./pageContext";
import { moveRoving } from "./roving";
import { relativeHeights } from "./relativeHeights";
import { sectionStyles } from "./styles";
import { copyButton, short } from "./valueText";

const LIMIT = 200;
/** What fits a column; the tooltip and the copy have every digit. */
const DIGITS = 5;

/** Metrics of one group: latest, minimum and maximum, and the curve in small. The last three arrive when a row is on screen. */
@customElement("mlops-metric-table")
export class MetricTable extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      :host {
        container: metrics / inline-size;
      }
      thead th.number {
        width: 80px;
      }
      th.spark {
        width: 64px;
      }
      th.copy {
        width: 28px;
      }
      .sparkline {
        display: block;
        margin: 2px 0 0 auto;
        color: var(--vscode-charts-blue, var(--vscode-foreground));
      }
      @container metrics (max-width: 620px) {
        .step {
          display: none;
        }
      }
      @container metrics (max-width: 470px) {
        .wide {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) metrics: readonly MetricRow[] = [];
  @property() label = "";
  @state() private all = false;

  private readonly rowElements = new Map<string, Element>();
  /** One function per row for its whole life: a new one at each render would end and start its observation. */
  private readonly trackers = new Map<string, (element: Element | undefined) => void>();
  private frame: number | undefined;
  private stopListening: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.stopListening = undefined;
    for (const key of [...this.rowElements.keys()]) {
      this.release(key);
    }
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.stopListening ??= this.context.curves.onDidChange((key) => {
      if (this.rowElements.has(key)) {
        // Curves arrive in bursts; one drawing a frame is enough.
        this.frame ??= requestAnimationFrame(() => {
          this.frame = undefined;
          this.requestUpdate();
        });
      }
    });
  }

  protected override render(): TemplateResult {
    const shown = this.all ? this.metrics : this.metrics.slice(0, LIMIT);
    return html`<table aria-label=${this.label} @keydown=${(event: KeyboardEvent) => moveRoving(event, this.renderRoot)}>
        <thead>
          <tr>
            <th scope="col" class="key">${t("Metric")}</th>
            <th scope="col" class="number">${t("Latest")}</th>
            <th scope="col" class="number wide">${t("Min")}</th>
            <th scope="col" class="number wide">${t("Max")}</th>
            <th scope="col" class="number step">${t("Step")}</th>
            <th scope="col" class="spark"><span class="hidden-text">${t("Curve")}</span></th>
            <th scope="col" class="copy"><span class="hidden-text">${t("Copy")}</span></th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            shown,
            (metric) => metric.key,
            (metric, index) => this.row(metric, index === 0),
          )}
        </tbody>
      </table>
      ${
        shown.length < this.metrics.length
          ? html`<button class="link" @click=${() => (this.all = true)}>
              ${t("Showing {0} of {1}. Show all", shown.length, this.metrics.length)}
            </button>`
          : nothing
      }`;
  }

  private row(metric: MetricRow, first: boolean): TemplateResult {
    const value = fromWireNumber(metric.latest);
    const state = this.context.curves.state(metric.key);
    const curve = state.kind === "ready" ? state.curve : null;
    const label = t("Copy latest value of {0}", short(metric.key));
    return html`<tr ${ref(this.tracker(metric.key))}>
      <th scope="row" title=${short(metric.key, 1000)}>${short(metric.key, 250)}</th>
      <td class="number" title="${String(value)} · ${formatDateTime(metric.timestamp)}">${formatNumber(value, DIGITS)}</td>
      <td class="number wide">${extreme(curve, "min")}</td>
      <td class="number wide">${extreme(curve, "max")}</td>
      <td class="number step">${metric.step}</td>
      <td>${curve === null || curve.points.length < 2 ? nothing : sparkline(heightsOf(curve))}</td>
      <td class="copy">${copyButton({ kind: "copyText", text: String(value) }, label, this.context, { first })}</td>
    </tr>`;
  }

  private tracker(key: string): (element: Element | undefined) => void {
    const tracker = this.trackers.get(key) ?? ((element: Element | undefined): void => this.track(key, element));
    this.trackers.set(key, tracker);
    return tracker;
  }

  private track(key: string, element: Element | undefined): void {
    if (element === undefined) {
      this.release(key);
      return;
    }
    if (this.rowElements.get(key) === element) {
      return;
    }
    this.release(key);
    this.rowElements.set(key, element);
    this.context.onScreen.watch(element, (visible) =>
      visible ? this.context.curves.want(key, this) : this.context.curves.unwant(key, this),
    );
  }

  private release(key: string): void {
    const element = this.rowElements.get(key);
    if (element !== undefined) {
      this.context.onScreen.unwatch(element);
      this.context.curves.unwant(key, this);
      this.rowElements.delete(key);
    }
  }
}

function extreme(curve: Curve | null, which: "min" | "max"): string {
  const value = curve?.[which];
  return value === null || value === undefined ? "" : `${curve?.exact === false ? "≈ " : ""}${formatNumber(value, DIGITS)}`;
}

/** Computed once per curve, however often the table draws. */
const heights = new WeakMap<Curve, readonly (number | null)[]>();

function heightsOf(curve: Curve): readonly (number | null)[] {
  const known = heights.get(curve) ?? relativeHeights(curve);
  heights.set(curve, known);
  return known;
}
