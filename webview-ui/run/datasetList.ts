import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { DatasetView } from "../../src/protocol/runPage";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import type { PageContext } from "./pageContext";
import { sectionStyles } from "./styles";
import { short, valueText } from "./valueText";

/** The data that the run read. */
@customElement("mlops-dataset-list")
export class DatasetList extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      article + article {
        margin-top: 8px;
        padding-top: 6px;
        border-top: 1px solid var(--mlops-grid-line);
      }
      h3 {
        margin-top: 0;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 0 16px;
        color: var(--mlops-muted);
      }
      .facts b {
        font-weight: normal;
        color: var(--vscode-foreground);
      }
      .context {
        padding: 0 5px;
        border: 1px solid var(--mlops-border);
        border-radius: 3px;
        font-weight: normal;
        font-size: 0.9em;
      }
      button.link {
        margin-right: 12px;
      }
      summary {
        cursor: pointer;
      }
      details table {
        max-width: 480px;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) datasets: readonly DatasetView[] = [];

  protected override render(): TemplateResult {
    return html`${this.datasets.map((dataset, index) => this.article(dataset, index))}`;
  }

  private article(dataset: DatasetView, index: number): TemplateResult {
    const address = (part: "source" | "schema" | "profile") => ({ kind: "dataset", index, part }) as const;
    return html`<article>
      <h3>
        ${short(dataset.name, 300)} ${dataset.context === null ? nothing : html`<span class="context">${short(dataset.context, 60)}</span>`}
      </h3>
      <div class="facts">
        <span>${t("Digest")} <b class="value">${short(dataset.digest, 100)}</b></span>
        ${dataset.profile.map((fact) => html`<span>${fact.key} <b>${fact.value}</b></span>`)}
      </div>
      <div>
        <span class="muted">${dataset.sourceType === "" ? t("Source") : short(dataset.sourceType, 60)}</span>
        ${valueText(dataset.source, address("source"), this.context)}
      </div>
      ${dataset.columns.length > 0 ? this.columns(dataset) : nothing}
      ${dataset.hasSchema ? this.showText(t("Schema as text"), address("schema")) : nothing}
      ${dataset.hasProfile ? this.showText(t("Profile as text"), address("profile")) : nothing}
    </article>`;
  }

  private columns(dataset: DatasetView): TemplateResult {
    const left = dataset.columnCount - dataset.columns.length;
    return html`<details>
      <summary>${t("{0} columns", dataset.columnCount)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${t("Column")}</th>
            <th scope="col">${t("Type")}</th>
          </tr>
        </thead>
        <tbody>
          ${dataset.columns.map(
            (column) =>
              html`<tr>
                <td>${short(column.name, 300)}</td>
                <td class="muted">${short(column.type, 100)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${left > 0 ? html`<p class="empty">${t("{0} more are in the schema's text.", left)}</p>` : nothing}
    </details>`;
  }

  private showText(
    label: string,
    value: { readonly kind: "dataset"; readonly index: number; readonly part: "schema" | "profile" | "source" },
  ): TemplateResult {
    return html`<button class="link" @click=${() => this.context.act({ kind: "showValue", value })}>${label}</button> `;
  }
}
