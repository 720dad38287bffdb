import { html, svg, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { CompareView, Importance } from "../../../src/protocol/compare";
import { readChartTheme } from "../../shared/charts/chartTheme";
import { seriesStyle } from "../../shared/charts/seriesStyle";
import { cut } from "../../shared/cut";
import { formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import "../../shared/charts/chartCard";
import { pictureOf } from "../../shared/charts/takeOutPicture";
import { takeOut } from "./chartsContext";
import { dimensionSelect } from "./dimensionSelect";
import type { Dimension } from "./dimensions";
import { SvgCard } from "./svgCard";

const ROW = 24;
/** Pixels for the share and the correlation behind a bar. */
const FIGURES = 118;
const FIRST = 15;

/** Which parameters a metric follows, by a method that the host names, and whether the runs are enough to tell. */
@customElement("mlops-importance-card")
export class ImportanceCard extends SvgCard {
  @property({ attribute: false }) view!: CompareView;
  @state() private metric: string | null = null;
  @state() private importance: Importance | null = null;
  @state() private error: string | null = null;
  @state() private all = false;
  private asked = "";
  protected override readonly widest = 640;

  protected override willUpdate(changed: PropertyValues): void {
    const metric = this.chosen();
    const question = JSON.stringify([this.view.revision, metric?.key]);
    if (
      this.seen &&
      metric !== null &&
      question !== this.asked &&
      ["seen", "view", "metric", "relations"].some((name) => changed.has(name))
    ) {
      void this.load(metric.key, question);
    }
  }

  protected override render(): TemplateResult {
    const metric = this.chosen();
    const heading = metric === null ? t("Parameter importance") : t("Importance of parameters for {0}", metric.key.slice(0, 60));
    const { importance } = this;
    return html`<mlops-chart-card
      .heading=${heading}
      .notes=${importance === null ? [] : [importance.method]}
      .data=${
        importance === null
          ? null
          : {
              columns: [{ label: t("Parameter"), text: true }, { label: t("Share") }, { label: t("Rank correlation") }],
              count: importance.entries.length,
              row: (index: number) => {
                const entry = importance.entries[index];
                return entry === undefined
                  ? []
                  : [entry.key, formatNumber(entry.share), entry.correlation === null ? "" : formatNumber(entry.correlation)];
              },
            }
      }
      @save-picture=${(event: Event) => void takeOut(this.context.host, heading, event, (format) => pictureOf(this.picture, heading, format))}
    >
      <div slot="controls" class="controls">
        ${dimensionSelect({ label: t("Metric"), choices: this.metrics, value: metric, choose: (id) => (this.metric = id) })}
      </div>
      ${this.body(importance, metric)}
    </mlops-chart-card>`;
  }

  private body(importance: Importance | null, metric: Dimension | null): TemplateResult {
    if (metric === null) {
      return html`<div class="empty">${t("The runs have no metric.")}</div>`;
    }
    if (this.error !== null) {
      return html`<div class="empty" role="alert">${this.error}</div>`;
    }
    if (importance === null) {
      return html`<div class="skeleton"></div>`;
    }
    return importance.entries.length === 0
      ? html`<div class="empty">
          ${importance.enough ? t("No parameter differs between the runs.") : t("Too few runs to tell which parameters matter.")}
        </div>`
      : this.bars(importance);
  }

  private bars(importance: Importance): TemplateResult {
    const theme = readChartTheme();
    const color = seriesStyle(0, theme.kind).color;
    const shown = this.all ? importance.entries : importance.entries.slice(0, FIRST);
    const height = shown.length * ROW + 4;
    const name = Math.round(Math.min(200, this.width * 0.36));
    const letters = Math.max(8, Math.floor((name - 8) / (theme.fontSize * 0.6)));
    const summary = shown.map((entry) => `${entry.key.slice(0, 80)} ${percent(entry.share)}`).join(", ");
    return html`<svg width=${this.width} height=${height} viewBox="0 0 ${this.width} ${height}" role="img" aria-label=${summary}>
        ${shown.map((entry, index) => {
          const y = index * ROW;
          const width = Math.max(1, entry.share * (this.width - name - FIGURES));
          const correlation = entry.correlation === null ? "" : t("ρ {0}", formatNumber(entry.correlation, 2));
          return svg`<text x=${name - 8} y=${y + 16} text-anchor="end" fill=${theme.text} font-size=${theme.fontSize}><title>${entry.key.slice(0, 1000)}</title>${cut(entry.key, letters)}</text>
            <rect x=${name} y=${y + 5} width=${width} height=${ROW - 10} fill=${importance.enough ? color : "none"} stroke=${color} stroke-dasharray=${importance.enough ? "none" : "3 2"}></rect>
            <text x=${name + width + 8} y=${y + 16} fill=${theme.muted} font-size=${theme.fontSize}>${percent(entry.share)}  ${correlation}</text>`;
        })}
      </svg>
      ${
        shown.length < importance.entries.length
          ? html`<button class="link" @click=${() => (this.all = true)}>
              ${t("Showing {0} of {1} parameters. Show all", shown.length, importance.entries.length)}
            </button>`
          : ""
      }`;
  }

  private get metrics(): readonly Dimension[] {
    return this.relations.dimensions.filter((dimension) => dimension.section === "metrics");
  }

  private chosen(): Dimension | null {
    const { metrics } = this;
    return metrics.find((dimension) => dimension.id === this.metric) ?? metrics.find((dimension) => dimension.varies) ?? metrics[0] ?? null;
  }

  private async load(metric: string, question: string): Promise<void> {
    this.asked = question;
    try {
      const importance = await this.context.host.call("importance", { revision: this.view.revision, metric });
      if (this.asked === question) {
        [this.importance, this.error] = [importance, null];
      }
    } catch (error) {
      if (this.asked === question) {
        this.error = error instanceof Error ? error.message : String(error);
      }
    }
  }
}

function percent(share: number): string {
  return `${formatNumber(share * 100, 3)} %`;
}
