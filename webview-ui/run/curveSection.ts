import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { MetricGroup } from "../../src/protocol/runPage";
import type { ChartOptions, XAxis } from "../shared/charts/chartSeries";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import "./curveGroup";
import type { PageContext } from "./pageContext";
import { sectionStyles } from "./styles";
import { groupTitle } from "./groupTitle";

/** All curves by prefix, with one set of axes for all of them. System metrics start folded. */
@customElement("mlops-curve-section")
export class CurveSection extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      .controls {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 16px;
        margin: 0 0 6px;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      select {
        height: 24px;
        padding: 0 4px;
        border: 1px solid var(--vscode-dropdown-border, var(--mlops-border));
        border-radius: 2px;
        background: var(--vscode-dropdown-background);
        color: var(--vscode-dropdown-foreground);
        font: inherit;
      }
      input[type="range"] {
        width: 110px;
        accent-color: var(--vscode-focusBorder);
      }
      output {
        min-width: 2.5em;
        font-variant-numeric: tabular-nums;
      }
      summary {
        cursor: pointer;
        padding: 2px 0;
      }
      summary h3 {
        display: inline;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) groups: readonly MetricGroup[] = [];
  @property({ attribute: false }) options!: ChartOptions;
  @state() private systemOpen = new Set<string>();

  protected override render(): TemplateResult {
    return html`${this.controls()}
    ${repeat(
      this.groups,
      (group) => group.prefix,
      (group) => this.group(group),
    )}`;
  }

  private controls(): TemplateResult {
    const { xAxis, logarithmic, smoothing } = this.options;
    return html`<div class="controls">
      <label>
        ${t("X axis")}
        <select .value=${xAxis} @change=${(event: Event) => this.set({ xAxis: (event.target as HTMLSelectElement).value as XAxis })}>
          <option value="step">${t("Step")}</option>
          <option value="time">${t("Wall time")}</option>
          <option value="relative">${t("Relative time")}</option>
        </select>
      </label>
      <label>
        ${t("Smoothing")}
        <input
          type="range"
          min="0"
          max="0.99"
          step="0.01"
          .value=${String(smoothing)}
          @input=${(event: Event) => this.set({ smoothing: Number((event.target as HTMLInputElement).value) })}
        />
        <output>${smoothing === 0 ? t("off") : smoothing.toFixed(2)}</output>
      </label>
      <vscode-checkbox
        ?checked=${logarithmic}
        @change=${(event: Event) => this.set({ logarithmic: (event.target as HTMLInputElement).checked })}
      >
        ${t("Log y axis")}
      </vscode-checkbox>
    </div>`;
  }

  private group(group: MetricGroup): TemplateResult {
    const open = !group.system || this.systemOpen.has(group.prefix);
    return html`<details ?open=${open} @toggle=${(event: Event) => this.onToggle(group, event)}>
      <summary>
        <h3>${groupTitle(group)} <span class="count">${group.metrics.length}</span></h3>
      </summary>
      ${open ? html`<mlops-curve-group .context=${this.context} .metrics=${group.metrics} .options=${this.options}></mlops-curve-group>` : nothing}
    </details>`;
  }

  private onToggle(group: MetricGroup, event: Event): void {
    if (!group.system) {
      return;
    }
    const next = new Set(this.systemOpen);
    if ((event.target as HTMLDetailsElement).open) {
      next.add(group.prefix);
    } else {
      next.delete(group.prefix);
    }
    this.systemOpen = next;
  }

  private set(change: Partial<ChartOptions>): void {
    const detail = { ...this.options, ...change };
    // Composed, because the page listens outside of two shadow roots.
    this.dispatchEvent(new CustomEvent<ChartOptions>("options-changed", { detail, bubbles: true, composed: true }));
  }
}
