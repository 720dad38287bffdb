import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { MetricGroup } from "../../src/protocol/runPage";
import type { ChartOptions } from "../shared/charts/chartSeries";
import { curveControls, fieldStyles } from "../shared/charts/curveControls";
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
    fieldStyles,
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
    const { logarithmic } = this.options;
    return html`<div class="controls">
      ${curveControls(this.options, { xAxis: (xAxis) => this.set({ xAxis }), smoothing: (smoothing) => this.set({ smoothing }) })}
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
