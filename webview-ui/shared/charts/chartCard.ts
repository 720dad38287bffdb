import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "./chartTable";
import type { TableData } from "./chartTable";
import { icon } from "../icons";
import { t } from "../l10n";
import { openMenu } from "../menu";
import { buttonStyles, themeStyles } from "../theme";
import type { PictureWish } from "./takeOutPicture";

/** The frame of a chart: its name, what it leaves out in words, the data behind it, and the ways to take it out. */
@customElement("mlops-chart-card")
export class ChartCard extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        height: 100%;
        padding: 6px 8px 4px;
        border: 1px solid var(--mlops-border);
        border-radius: 4px;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 2px;
        min-height: 24px;
      }
      h3 {
        flex: 1;
        min-width: 0;
        margin: 0;
        font-size: 1em;
        font-weight: 600;
      }
      .notes {
        margin: 2px 0;
        color: var(--mlops-muted);
        font-size: 0.85em;
        overflow-wrap: anywhere;
      }
      .notes span:not(:last-child)::after {
        content: " · ";
      }
    `,
  ];

  @property() heading = "";
  @property({ attribute: false }) notes: readonly string[] = [];
  @property({ attribute: false }) data: TableData | null = null;
  @property({ type: Boolean }) zoomed = false;
  /** What stands in the tooltip of the zoom button. */
  @property() hint = "";
  @state() private tableShown = false;

  protected override render(): TemplateResult {
    const name = this.heading.slice(0, 200);
    return html`
      <div class="head">
        <h3 class="ellipsis" title=${this.heading.slice(0, 1000)}>${this.heading.slice(0, 250)}</h3>
        ${this.zoomed ? this.tool("discard", t("Reset zoom of {0}", name), this.hint, () => this.dispatchEvent(new CustomEvent("reset-zoom"))) : nothing}
        ${
          this.data === null
            ? nothing
            : html`<button
                  class="tool"
                  aria-pressed=${this.tableShown ? "true" : "false"}
                  aria-label=${t("Data of {0}", name)}
                  title=${t("Data as a table")}
                  @click=${() => (this.tableShown = !this.tableShown)}
                >
                  ${icon("table")}
                </button>
                <button
                  class="tool"
                  aria-haspopup="menu"
                  aria-label=${t("Save or copy picture of {0}", name)}
                  title=${t("Save or copy as a picture")}
                  @click=${this.openSaveMenu}
                >
                  ${icon("save")}
                </button>`
        }
      </div>
      <slot name="controls"></slot>
      <slot></slot>
      ${this.notes.length === 0 ? nothing : html`<div class="notes">${this.notes.map((note) => html`<span>${note}</span>`)}</div>`}
      ${this.tableShown && this.data !== null ? html`<mlops-chart-table .label=${name} .data=${this.data}></mlops-chart-table>` : nothing}
    `;
  }

  private tool(iconName: "discard", label: string, title: string, run: () => void): TemplateResult {
    return html`<button class="tool" aria-label=${label} title=${title} @click=${run}>${icon(iconName)}</button>`;
  }

  private readonly openSaveMenu = (event: Event): void => {
    const take =
      (format: PictureWish["format"], to: PictureWish["to"]): (() => void) =>
      () =>
        this.dispatchEvent(new CustomEvent<PictureWish>("save-picture", { detail: { format, to } }));
    openMenu(event.currentTarget as Element, t("Picture"), [
      { kind: "item", label: t("Save as SVG"), run: take("svg", "file") },
      { kind: "item", label: t("Save as PNG"), run: take("png", "file") },
      { kind: "separator" },
      { kind: "item", label: t("Copy SVG"), run: take("svg", "clipboard") },
      { kind: "item", label: t("Copy PNG"), run: take("png", "clipboard") },
    ]);
  };
}
