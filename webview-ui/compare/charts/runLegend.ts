import { css, html, LitElement, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { CompareView } from "../../../src/protocol/compare";
import { readChartTheme } from "../../shared/charts/chartTheme";
import { seriesStyle } from "../../shared/charts/seriesStyle";
import { formatInteger } from "../../shared/format";
import { t } from "../../shared/l10n";
import { buttonStyles, themeStyles } from "../../shared/theme";

/** One legend for all curves: a run is hidden and shown in all of them at once. */
@customElement("mlops-run-legend")
export class RunLegend extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        margin: 4px 0;
      }
      .list {
        display: flex;
        flex-wrap: wrap;
        gap: 0 4px;
        max-height: 76px;
        overflow-y: auto;
      }
      button.tool {
        max-width: 220px;
        height: 22px;
        font-size: 0.92em;
      }
      button.tool[aria-pressed="false"] {
        opacity: 0.55;
        text-decoration: line-through;
      }
      button.tool[aria-pressed="true"] {
        border-color: transparent;
        background: none;
        color: inherit;
      }
      button.tool.hovered {
        background: var(--vscode-list-hoverBackground);
        border-color: var(--vscode-contrastActiveBorder, transparent);
      }
    `,
  ];

  @property({ attribute: false }) view!: CompareView;
  @property({ attribute: false }) hiddenRuns: ReadonlySet<number> = new Set();
  @property({ attribute: false }) hovered: number | null = null;

  protected override render(): TemplateResult {
    const { kind } = readChartTheme();
    const { runs } = this.view;
    const groupOf = new Map(
      this.view.columns.flatMap((column) => (column.kind === "group" ? column.runs.map((run) => [run, column.style] as const) : [])),
    );
    return html`<div class="list" role="group" aria-label=${t("Runs in the curves")}>
      ${runs.map((run, index) => {
        const style = seriesStyle(groupOf.get(index) ?? run.style, kind);
        return html`<button
          class="tool ${this.hovered === index ? "hovered" : ""}"
          aria-pressed=${this.hiddenRuns.has(index) ? "false" : "true"}
          title=${`${run.name.slice(0, 500)} · ${run.experiment.slice(0, 200)}`}
          @click=${() => this.toggle(index)}
          @mouseenter=${() => this.tell(index)}
          @mouseleave=${() => this.tell(null)}
          @focus=${() => this.tell(index)}
          @blur=${() => this.tell(null)}
        >
          <svg width="22" height="10" aria-hidden="true">
            ${svg`<line x1="0" y1="5" x2="22" y2="5" stroke=${style.color} stroke-width="2" stroke-dasharray=${style.dash.join(" ")}></line>`}
          </svg>
          <span class="ellipsis">${run.name.slice(0, 200)}</span>
        </button>`;
      })}
      ${
        this.hiddenRuns.size > 0
          ? html`<button class="link" @click=${() => this.change(new Set())}>
              ${t("Show all ({0} hidden)", formatInteger(this.hiddenRuns.size))}
            </button>`
          : ""
      }
    </div>`;
  }

  private toggle(run: number): void {
    const next = new Set(this.hiddenRuns);
    if (!next.delete(run)) {
      next.add(run);
    }
    this.change(next);
  }

  private change(hidden: ReadonlySet<number>): void {
    this.dispatchEvent(new CustomEvent("hidden-changed", { detail: { hidden } }));
  }

  private tell(run: number | null): void {
    this.dispatchEvent(new CustomEvent("hover-run", { detail: { run }, bubbles: true, composed: true }));
  }
}
