import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { formatInteger } from "../format";
import { t } from "../l10n";
import { buttonStyles, themeStyles } from "../theme";

/** How many rows are shown at first, and more on each click. */
const PAGE = 100;

/** The data behind a chart. Rows are made when they are shown. */
export interface TableData {
  /** Texts stand at the left, numbers at the right. */
  readonly columns: readonly { readonly label: string; readonly text?: boolean }[];
  readonly count: number;
  readonly row: (index: number) => readonly string[];
}

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
        max-width: 24em;
        padding: 1px 6px;
        overflow: hidden;
        text-align: right;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name {
        text-align: left;
      }
      button {
        margin: 2px 0;
      }
    `,
  ];

  @property() label = "";
  @property({ attribute: false }) data: TableData = { columns: [], count: 0, row: () => [] };
  @state() private limit = PAGE;

  protected override render(): TemplateResult {
    const { columns, count } = this.data;
    const shown = Math.min(this.limit, count);
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${t("Data of {0}", this.label)}>
        <table>
          <thead>
            <tr>
              ${columns.map(({ label, text }) => html`<th class=${text === true ? "name" : ""} scope="col" title=${label.slice(0, 1000)}>${label}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${Array.from({ length: shown }, (_, index) => this.row(index))}
          </tbody>
        </table>
      </div>
      ${
        count > this.limit
          ? html`<button class="tool" @click=${() => (this.limit += PAGE * 10)}>
              ${t("Showing {0} of {1} rows. Show more", formatInteger(shown), formatInteger(count))}
            </button>`
          : nothing
      }
    `;
  }

  private row(index: number): TemplateResult {
    const { columns, row } = this.data;
    return html`<tr>
      ${row(index).map((cell, at) => html`<td class=${columns[at]?.text === true ? "name" : ""} title=${cell.slice(0, 1000)}>${cell}</td>`)}
    </tr>`;
  }
}
