import { css, html, LitElement, nothing, type TemplateResult } from "lit";

import type { TableColumn } from "../../src/protocol/runsTable";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import { columnLabel, familyLabel } from "./columnLabels";

const FAMILIES: readonly TableColumn["family"][] = ["attribute", "metric", "param", "tag"];
/** More boxes than anybody ticks one by one; the search narrows them down. */
const MAX_LISTED = 300;

/** Chooses the columns. Fires `columns-show` with the ids and whether they are to be shown, and `columns-reset`. */
export class ColumnPicker extends LitElement {
  static override properties = { columns: { attribute: false }, search: { state: true } };
  static override styles = [
    themeStyles,
    buttonStyles,
    css`
      :host {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 0;
        width: min(320px, calc(100vw - 8px));
        max-height: min(480px, calc(100vh - 48px));
        border: 1px solid var(--vscode-menu-border, var(--mlops-border));
        border-radius: 5px;
        background: var(--vscode-editorWidget-background);
        color: var(--vscode-editorWidget-foreground, var(--vscode-foreground));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, rgba(0, 0, 0, 0.36));
      }
      :host(:popover-open) {
        display: flex;
        flex-direction: column;
      }
      input[type="text"] {
        flex: none;
        height: 26px;
        margin: 8px;
        padding: 0 6px;
        border: 1px solid var(--vscode-input-border, var(--mlops-border));
        border-radius: 4px;
        background: var(--vscode-input-background);
        color: var(--vscode-input-foreground);
        font: inherit;
      }
      .list {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        padding: 0 8px;
      }
      fieldset {
        margin: 0 0 6px;
        padding: 0;
        border: 0;
        min-width: 0;
      }
      legend {
        display: flex;
        justify-content: space-between;
        width: 100%;
        padding: 4px 0 2px;
        color: var(--mlops-muted);
        font-size: 0.85em;
      }
      label {
        display: flex;
        align-items: center;
        gap: 6px;
        height: 22px;
        border-radius: 3px;
        cursor: pointer;
      }
      label:hover {
        background: var(--vscode-list-hoverBackground);
      }
      input[type="checkbox"] {
        flex: none;
        margin: 0 2px;
        accent-color: var(--vscode-button-background);
      }
      .note {
        margin-inline-start: auto;
        font-size: 0.85em;
      }
      footer {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        padding: 8px;
        border-top: 1px solid var(--mlops-border);
      }
    `,
  ];

  columns: readonly TableColumn[] = [];
  private search = "";

  /** Opens below a button. */
  openAt(anchor: Element): void {
    const rect = anchor.getBoundingClientRect();
    this.search = "";
    this.showPopover();
    this.style.top = `${rect.bottom + 2}px`;
    this.style.left = `${Math.max(4, Math.min(rect.left, window.innerWidth - this.offsetWidth - 4))}px`;
    this.shadowRoot?.querySelector<HTMLInputElement>("input[type=text]")?.focus();
  }

  override render(): TemplateResult {
    const wanted = this.search.trim().toLowerCase();
    const found = this.columns.filter((column) => columnLabel(column).toLowerCase().includes(wanted));
    const listed = found.slice(0, MAX_LISTED);
    return html`<input
        type="text"
        aria-label=${t("Search columns")}
        placeholder=${t("Search columns")}
        .value=${this.search}
        @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}
      />
      <div class="list" tabindex="-1">
        ${FAMILIES.map((family) => this.renderFamily(family, listed))}
        ${found.length === 0 ? html`<p class="muted">${t("No column is called that.")}</p>` : nothing}
        ${
          found.length > listed.length
            ? html`<p class="muted">${t("Showing {0} of {1} columns. Search to see the others.", listed.length, found.length)}</p>`
            : nothing
        }
      </div>
      <footer>
        <button class="link" @click=${() => this.dispatchEvent(new CustomEvent("columns-reset"))}>${t("Reset the table")}</button>
        <button class="link" @click=${() => this.hidePopover()}>${t("Close")}</button>
      </footer>`;
  }

  private renderFamily(family: TableColumn["family"], listed: readonly TableColumn[]): TemplateResult | typeof nothing {
    const columns = listed.filter((column) => column.family === family);
    if (columns.length === 0) {
      return nothing;
    }
    const allShown = columns.every((column) => column.visibility !== "hidden");
    const ids = columns.filter((column) => column.id !== "attribute:name").map((column) => column.id);
    return html`<fieldset>
      <legend>
        <span>${familyLabel(family)}</span>
        <button
          class="link"
          aria-label=${allShown ? t("Hide all {0}", familyLabel(family)) : t("Show all {0}", familyLabel(family))}
          @click=${() => this.show(ids, !allShown)}
        >
          ${allShown ? t("Hide all") : t("Show all")}
        </button>
      </legend>
      ${columns.map(
        (column) =>
          html`<label title=${columnLabel(column)}>
            <input
              type="checkbox"
              .checked=${column.visibility !== "hidden"}
              ?disabled=${column.id === "attribute:name"}
              @change=${(event: Event) => this.show([column.id], (event.target as HTMLInputElement).checked)}
            />
            <span class="ellipsis">${columnLabel(column)}</span>
            ${column.visibility === "equal" ? html`<span class="note muted">${t("equal")}</span>` : nothing}
          </label>`,
      )}
    </fieldset>`;
  }

  private show(ids: readonly string[], show: boolean): void {
    this.dispatchEvent(new CustomEvent("columns-show", { detail: { ids, show } }));
  }
}

if (customElements.get("mlops-column-picker") === undefined) {
  customElements.define("mlops-column-picker", ColumnPicker);
}
