import { css, html, LitElement, nothing, type TemplateResult } from "lit";

import type { FilterCompletion, FilterState } from "../../src/protocol/runsTable";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";

const TYPING_PAUSE_MS = 150;
/** Text that is on the way to be a filter; plain words are looked for and get no list in the way. */
const LANGUAGE = /^\s*(?:attr|run|metric|param|tag|dataset)\w*\s*\.|[=<>]/i;

/** The search box: a text to look for, or MLflow's filter language with completion. Fires `filter-change` with the text. */
export class FilterBox extends LitElement {
  static override properties = { filter: { attribute: false }, items: { state: true }, chosen: { state: true } };
  static override styles = [
    themeStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        position: relative;
        min-width: 0;
      }
      .box {
        display: flex;
        align-items: center;
        gap: 4px;
        height: 26px;
        padding: 0 4px 0 6px;
        border: 1px solid var(--vscode-input-border, var(--mlops-border));
        border-radius: 4px;
        background: var(--vscode-input-background);
        color: var(--vscode-input-foreground);
      }
      .box:focus-within {
        border-color: var(--mlops-focus);
        outline: 1px solid var(--mlops-focus);
        outline-offset: -1px;
      }
      .box.invalid {
        border-color: var(--vscode-inputValidation-errorBorder, var(--mlops-error));
      }
      input {
        flex: 1;
        min-width: 0;
        height: 100%;
        padding: 0;
        border: 0;
        outline: none;
        background: none;
        color: inherit;
        font: inherit;
      }
      input:focus-visible {
        outline: none;
      }
      input::placeholder {
        color: var(--vscode-input-placeholderForeground);
        opacity: 1;
      }
      .mode {
        flex: none;
        padding: 0 5px;
        border-radius: 3px;
        background: var(--vscode-badge-background);
        color: var(--vscode-badge-foreground);
        border: 1px solid var(--vscode-contrastBorder, transparent);
        font-size: 0.82em;
        line-height: 16px;
      }
      button.tool {
        height: 20px;
        padding: 0 2px;
      }
      .drop {
        position: absolute;
        z-index: 10;
        top: 28px;
        left: 0;
        right: 0;
        border: 1px solid var(--vscode-editorSuggestWidget-border, var(--mlops-border));
        background: var(--vscode-editorSuggestWidget-background, var(--vscode-editorWidget-background));
        color: var(--vscode-editorSuggestWidget-foreground, var(--vscode-foreground));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, rgba(0, 0, 0, 0.36));
      }
      .error {
        padding: 4px 8px;
        border-color: var(--vscode-inputValidation-errorBorder, var(--mlops-error));
        background: var(--vscode-inputValidation-errorBackground, var(--vscode-editorWidget-background));
        color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
      }
      [role="listbox"] {
        max-height: min(260px, 50vh);
        overflow-y: auto;
      }
      [role="option"] {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding: 2px 8px;
        line-height: 20px;
        white-space: nowrap;
        cursor: pointer;
      }
      [role="option"] .detail {
        color: var(--mlops-muted);
      }
      [role="option"][aria-selected="true"] {
        background: var(--vscode-editorSuggestWidget-selectedBackground, var(--vscode-list-activeSelectionBackground));
        color: var(--vscode-editorSuggestWidget-selectedForeground, inherit);
        outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      [role="option"][aria-selected="true"] .detail {
        color: inherit;
      }
    `,
  ];

  filter: FilterState = { text: "", mode: "none", error: null };
  complete: (text: string, caret: number) => Promise<readonly FilterCompletion[]> = () => Promise.resolve([]);
  private items: readonly FilterCompletion[] = [];
  private chosen = -1;
  private question = 0;
  private timer = 0;
  private typing = false;

  override render(): TemplateResult {
    const { error, mode, text } = this.filter;
    const open = this.items.length > 0;
    return html`<div class="box ${error === null ? "" : "invalid"}">
        <span class="muted">${icon("search")}</span>
        <input
          type="text"
          role="combobox"
          spellcheck="false"
          autocomplete="off"
          aria-label=${t("Filter runs")}
          aria-autocomplete="list"
          aria-expanded=${String(open)}
          aria-controls="completions"
          aria-activedescendant=${this.chosen >= 0 ? `item-${this.chosen}` : nothing}
          aria-invalid=${String(error !== null)}
          aria-describedby=${error === null ? nothing : "error"}
          placeholder=${t("Filter: text, or metrics.auc > 0.9 and params.lr = '0.1'")}
          @input=${() => this.onInput()}
          @keydown=${(event: KeyboardEvent) => this.onKey(event)}
          @blur=${() => this.close()}
        />
        ${mode === "language" && error === null ? html`<span class="mode" title=${t("Understood as MLflow's filter language")}>MLflow</span>` : nothing}
        ${
          text === ""
            ? nothing
            : html`<button
                class="tool"
                aria-label=${t("Clear the filter")}
                title=${t("Clear the filter")}
                @click=${() => this.setText("", 0)}
              >
                ${icon("close")}
              </button>`
        }
      </div>
      ${
        open
          ? html`<div class="drop" id="completions" role="listbox" aria-label=${t("Suggestions")}>
              ${this.items.map(
                (item, index) =>
                  html`<div
                    role="option"
                    id="item-${index}"
                    aria-selected=${String(index === this.chosen)}
                    @pointerdown=${(event: Event) => {
                      event.preventDefault();
                      this.accept(item);
                    }}
                  >
                    <span class="ellipsis">${item.label}</span><span class="detail ellipsis">${item.detail}</span>
                  </div>`,
              )}
            </div>`
          : nothing
      }
      ${error === null || open ? nothing : html`<div class="drop error" id="error" role="alert">${error}</div>`}`;
  }

  override updated(): void {
    const { input } = this;
    // What the host knows follows the box with a delay; it must not undo what is being typed.
    if (input !== null && !this.typing && input.value !== this.filter.text) {
      input.value = this.filter.text;
    }
    this.shadowRoot?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  focusBox(): void {
    this.input?.focus();
    this.input?.select();
  }

  private get input(): HTMLInputElement | null {
    return this.shadowRoot?.querySelector("input") ?? null;
  }

  private onInput(): void {
    const value = this.input?.value ?? "";
    this.typing = true;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.tell(value), TYPING_PAUSE_MS);
    if (LANGUAGE.test(value)) {
      void this.suggest();
    } else {
      this.close();
    }
  }

  private tell(text: string): void {
    window.clearTimeout(this.timer);
    this.typing = false;
    this.dispatchEvent(new CustomEvent("filter-change", { detail: text, bubbles: true, composed: true }));
  }

  private setText(text: string, caret: number): void {
    const { input } = this;
    if (input !== null) {
      input.value = text;
      input.setSelectionRange(caret, caret);
      input.focus();
    }
    this.tell(text);
  }

  private async suggest(): Promise<void> {
    const { input } = this;
    const question = ++this.question;
    const items = await this.complete(input?.value ?? "", input?.selectionStart ?? 0);
    // Only the latest question counts, and none after the list was closed.
    if (question === this.question) {
      this.items = items;
      this.chosen = -1;
    }
  }

  private accept(item: FilterCompletion): void {
    this.close();
    this.setText(item.text, item.caret);
    void this.suggest();
  }

  private close(): void {
    this.question++;
    this.items = [];
    this.chosen = -1;
  }

  private onKey(event: KeyboardEvent): void {
    const { items, chosen } = this;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (items.length > 0) {
        this.chosen = chosen < 0 && step < 0 ? items.length - 1 : (chosen + step + items.length) % items.length;
      } else if (event.altKey || (this.input?.value ?? "") === "") {
        void this.suggest();
      } else {
        this.dispatchEvent(new CustomEvent("filter-leave", { bubbles: true, composed: true }));
      }
    } else if (event.key === " " && event.ctrlKey) {
      void this.suggest();
    } else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && chosen >= 0) {
      const item = items[chosen];
      if (item !== undefined) {
        this.accept(item);
      }
    } else if (event.key === "Enter") {
      this.close();
      this.tell(this.input?.value ?? "");
    } else if (event.key === "Escape") {
      if (items.length > 0) {
        this.close();
      } else {
        this.setText("", 0);
      }
    } else {
      return;
    }
    event.preventDefault();
  }
}

if (customElements.get("mlops-filter-box") === undefined) {
  customElements.define("mlops-filter-box", FilterBox);
}
