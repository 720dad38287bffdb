import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { TextRow } from "../../src/protocol/runPage";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { PageContext } from "./pageContext";
import { moveRoving } from "./roving";
import { sectionStyles } from "./styles";
import { copyButton, short, valueText } from "./valueText";

/** How many rows are drawn before "Show all". */
const LIMIT = 200;

/** Names and texts: the run's parameters or tags. */
@customElement("mlops-text-table")
export class TextTable extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      col.name {
        width: 38%;
      }
      col.copy {
        width: 28px;
      }
      thead th {
        padding: 0;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) rows: readonly TextRow[] = [];
  @property() kind: "param" | "tag" = "param";
  /** What the table holds, for a screen reader. */
  @property() label = "";
  @state() private all = false;

  protected override render(): TemplateResult {
    const shown = this.all ? this.rows : this.rows.slice(0, LIMIT);
    return html`<table aria-label=${this.label} @keydown=${(event: KeyboardEvent) => moveRoving(event, this.renderRoot)}>
        <colgroup>
          <col class="name" />
          <col />
          <col class="copy" />
        </colgroup>
        <thead>
          <tr>
            ${[t("Name"), t("Value"), t("Copy")].map((title) => html`<th scope="col"><span class="hidden-text">${title}</span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            shown,
            (row) => row.key,
            (row, index) => this.row(row, index === 0),
          )}
        </tbody>
      </table>
      ${
        shown.length < this.rows.length
          ? html`<button class="link" @click=${() => (this.all = true)}>
              ${t("Showing {0} of {1}. Show all", shown.length, this.rows.length)}
            </button>`
          : nothing
      }`;
  }

  private row(row: TextRow, first: boolean): TemplateResult {
    const address = { kind: this.kind, key: row.key } as const;
    return html`<tr>
      <th scope="row" title=${short(row.key, 1000)}>${short(row.key, 250)}</th>
      <td>${valueText(row.value, address, this.context)}</td>
      <td class="copy">
        ${copyButton({ kind: "copyValue", value: address }, t("Copy value of {0}", short(row.key)), this.context, { first })}
      </td>
    </tr>`;
  }
}
