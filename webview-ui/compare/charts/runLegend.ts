import { css, html, LitElement, svg, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { CompareView } from "../../../src/protocol/compare";
import { styleMarker } from "../../shared/charts/chartLegend";
import { onThemeChange, readChartTheme } from "../../shared/charts/chartTheme";
import type { HoveredRun } from "../../shared/charts/hoveredRun";
import { seriesStyle } from "../../shared/charts/seriesStyle";
import { formatInteger } from "../../shared/format";
import { t } from "../../shared/l10n";
import { buttonStyles, themeStyles } from "../../shared/theme";
import { legendEntries, type LegendEntry } from "./legendEntries";

/** One legend for all curves: a run, or a group of them, is hidden and shown in all charts at once. One stop of the Tab key. */
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
        opacity: 0.75;
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
  @property({ attribute: false }) hover!: HoveredRun;
  @state() private at = 0;
  private entries: readonly LegendEntry[] = [];
  private stops: readonly (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.stops = [onThemeChange(() => this.requestUpdate()), this.hover.onDidChange(() => this.markRun())];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stops.forEach((stop) => stop());
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("view")) {
      this.entries = legendEntries(this.view);
      this.at = Math.max(0, Math.min(this.at, this.entries.length - 1));
    }
  }

  protected override render(): TemplateResult {
    const { kind } = readChartTheme();
    return html`<div class="list" role="toolbar" aria-label=${t("Runs in the curves")} @keydown=${this.onKey}>
        ${this.entries.map((entry, index) => {
          const style = seriesStyle(entry.style, kind);
          return html`<button
            class="tool"
            tabindex=${index === this.at ? "0" : "-1"}
            aria-pressed=${entry.runs.every((run) => this.hiddenRuns.has(run)) ? "false" : "true"}
            title=${entry.title}
            @click=${() => this.toggle(entry)}
            @mouseenter=${() => this.tell(entry)}
            @mouseleave=${() => this.tell(null)}
            @focus=${() => this.focusAt(index)}
            @blur=${() => this.tell(null)}
          >
            <svg width="28" height="10" aria-hidden="true">
              ${svg`<line x1="0" y1="5" x2="28" y2="5" stroke=${style.color} stroke-width="2" stroke-dasharray=${style.dash.join(" ")}></line>`}
              ${styleMarker(style)}
            </svg>
            <span class="ellipsis">${entry.label}</span>
          </button>`;
        })}
      </div>
      ${
        this.hiddenRuns.size > 0
          ? html`<button class="link" @click=${() => this.change(new Set())}>
              ${t("Show all ({0} hidden)", formatInteger(this.hiddenRuns.size))}
            </button>`
          : ""
      }`;
  }

  protected override updated(): void {
    this.markRun();
  }

  private markRun(): void {
    const { run } = this.hover;
    this.buttons.forEach((button, index) => {
      button.classList.toggle("hovered", run !== null && this.entries[index]?.runs.includes(run) === true);
    });
  }

  private get buttons(): readonly HTMLButtonElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLButtonElement>(".list button") ?? [])];
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const last = this.entries.length - 1;
    const to = { ArrowRight: this.at + 1, ArrowDown: this.at + 1, ArrowLeft: this.at - 1, ArrowUp: this.at - 1, Home: 0, End: last }[
      event.key
    ];
    if (to !== undefined) {
      event.preventDefault();
      this.buttons[Math.max(0, Math.min(last, to))]?.focus();
    }
  };

  private focusAt(index: number): void {
    this.at = index;
    this.tell(this.entries[index] ?? null);
  }

  private toggle({ runs }: LegendEntry): void {
    const next = new Set(this.hiddenRuns);
    const hide = runs.some((run) => !next.has(run));
    for (const run of runs) {
      if (hide) {
        next.add(run);
      } else {
        next.delete(run);
      }
    }
    this.change(next);
  }

  private change(hidden: ReadonlySet<number>): void {
    this.dispatchEvent(new CustomEvent("hidden-changed", { detail: { hidden } }));
  }

  private tell(entry: LegendEntry | null): void {
    this.dispatchEvent(new CustomEvent("hover-run", { detail: { run: entry?.runs[0] ?? null }, bubbles: true, composed: true }));
  }
}
