import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { formatDateTime, formatInteger, formatNumber } from "../format";
import { t } from "../l10n";
import { buttonStyles, themeStyles } from "../theme";
import type { ChartSeries } from "./chartSeries";

/** How many rows are shown at first, and more on each click. */
const PAGE = 100;

/** The data behind a chart, with every digit. */
@customElement("mlops-chart-table")
export class ChartTable extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    css`
      :host {
        display: block;
      }
      .scroll {
        max-height: 220px;
        overflow: auto;
        border: 1px solid var(--mlops-border);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 0.92em;
        font-variant-numeric: tabular-nums;
      }
      th {
        position: sticky;
        top: 0;
        background: var(--vscode-editor-background);
        color: var(--mlops-muted);
        font-weight: normal;
        text-align: right;
      }
      th,
      td {
        padding: 1px 6px;
        text-align: right;
        white-space: nowrap;
      }
      th.name,
      td.name {
        text-align: left;
      }
      button {
        margin: 2px 0;
      }
    `,
  ];

  @property() label = "";
  @property({ attribute: false }) series: readonly ChartSeries[] = [];
  @state() private limit = PAGE;

  protected override render(): TemplateResult {
    const several = this.series.length > 1;
    const rows = this.series.flatMap((one) => one.points.map((point) => ({ name: one.label, point })));
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${t("Data of {0}", this.label)}>
        <table>
          <thead>
            <tr>
              ${several ? html`<th class="name" scope="col">${t("Series")}</th>` : nothing}
              <th scope="col">${t("Step")}</th>
              <th scope="col">${t("Value")}</th>
              <th scope="col">${t("Time")}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, this.limit).map(
              ({ name, point }) =>
                html`<tr>
                  ${several ? html`<td class="name">${name}</td>` : nothing}
                  <td>${point.step}</td>
                  <td title=${String(point.value)}>${formatNumber(point.value, 10)}</td>
                  <td>${formatDateTime(point.timestamp)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${
        rows.length > this.limit
          ? html`<button class="tool" @click=${() => (this.limit += PAGE * 10)}>
              ${t("Showing {0} of {1} rows. Show more", formatInteger(this.limit), formatInteger(rows.length))}
            </button>`
          : nothing
      }
    `;
  }
}
