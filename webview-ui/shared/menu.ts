import { css, html, LitElement, nothing, type TemplateResult } from "lit";

import { icon, type IconName } from "./icons";
import { themeStyles } from "./theme";

export type MenuEntry =
  | { readonly kind: "separator" }
  | { readonly kind: "heading"; readonly label: string }
  | {
      readonly kind: "item" | "check" | "radio";
      readonly label: string;
      readonly icon?: IconName;
      readonly checked?: boolean;
      readonly disabled?: boolean;
      /** Shown at the right; the key itself is handled where the menu belongs. */
      readonly keys?: string;
      readonly run: () => void;
    };

/** A context or drop-down menu: arrows, Home, End, first letters, Escape; focus goes back where it came from. */
export class MenuElement extends LitElement {
  static override styles = [
    themeStyles,
    css`
      :host {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 4px;
        min-width: 180px;
        max-width: min(420px, calc(100vw - 8px));
        max-height: calc(100vh - 16px);
        overflow-y: auto;
        border: 1px solid var(--vscode-menu-border, var(--mlops-border));
        border-radius: 5px;
        background: var(--vscode-menu-background, var(--vscode-editorWidget-background));
        color: var(--vscode-menu-foreground, var(--vscode-foreground));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, rgba(0, 0, 0, 0.36));
        outline: none;
      }
      button {
        display: flex;
        align-items: center;
        gap: 6px;
        width: 100%;
        min-height: 24px;
        padding: 2px 8px 2px 4px;
        border: 0;
        border-radius: 3px;
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      button:focus {
        background: var(--vscode-menu-selectionBackground, var(--vscode-list-activeSelectionBackground));
        color: var(--vscode-menu-selectionForeground, inherit);
        outline: 1px solid var(--vscode-menu-selectionBorder, var(--vscode-contrastActiveBorder, transparent));
        outline-offset: -1px;
      }
      button:disabled {
        opacity: 0.5;
        cursor: default;
      }
      .mark {
        width: 16px;
        flex: none;
      }
      .label {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .keys {
        margin-inline-start: 16px;
        opacity: 0.75;
      }
      .heading {
        padding: 4px 8px 2px 26px;
        color: var(--mlops-muted);
        font-size: 0.85em;
      }
      hr {
        margin: 4px 0;
        border: 0;
        border-top: 1px solid var(--vscode-menu-separatorBackground, var(--mlops-border));
      }
    `,
  ];

  entries: readonly MenuEntry[] = [];
  label = "";

  override render(): TemplateResult {
    return html`<div role="menu" aria-label=${this.label} @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
      ${this.entries.map((entry) => this.renderEntry(entry))}
    </div>`;
  }

  override firstUpdated(): void {
    this.items()[0]?.focus();
  }

  private renderEntry(entry: MenuEntry): TemplateResult {
    switch (entry.kind) {
      case "separator":
        return html`<hr role="separator" />`;
      case "heading":
        return html`<div class="heading" role="presentation">${entry.label}</div>`;
      default: {
        const role = entry.kind === "item" ? "menuitem" : entry.kind === "check" ? "menuitemcheckbox" : "menuitemradio";
        const mark = entry.checked === true ? icon("check") : entry.icon === undefined ? nothing : icon(entry.icon);
        return html`<button
          role=${role}
          tabindex="-1"
          aria-checked=${entry.kind === "item" ? nothing : String(entry.checked ?? false)}
          ?disabled=${entry.disabled ?? false}
          @click=${() => this.choose(entry.run)}
          @pointermove=${(event: PointerEvent) => (event.currentTarget as HTMLElement).focus()}
        >
          <span class="mark">${mark}</span><span class="label">${entry.label}</span>
          ${entry.keys === undefined ? nothing : html`<span class="keys">${entry.keys}</span>`}
        </button>`;
      }
    }
  }

  private choose(run: () => void): void {
    this.hidePopover();
    run();
  }

  private items(): HTMLButtonElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
  }

  private onKey(event: KeyboardEvent): void {
    const items = this.items();
    const at = items.indexOf(this.shadowRoot?.activeElement as HTMLButtonElement);
    const next = nextItem(
      event.key,
      at,
      items.map((item) => item.textContent.trim()),
    );
    if (next !== undefined) {
      event.preventDefault();
      items[next]?.focus();
    } else if (event.key === "Tab" || event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.hidePopover();
    }
  }
}

function nextItem(key: string, at: number, labels: readonly string[]): number | undefined {
  const { length } = labels;
  switch (key) {
    case "ArrowDown":
      return (at + 1) % length;
    case "ArrowUp":
      return (at - 1 + length) % length;
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default: {
      if (key.length !== 1 || key === " ") {
        return undefined;
      }
      const order = labels.map((_, index) => (at + 1 + index) % length);
      return order.find((index) => labels[index]?.toLowerCase().startsWith(key.toLowerCase()));
    }
  }
}

/** Opens a menu below an element, or at a point of the window. */
export function openMenu(anchor: Element | { readonly x: number; readonly y: number }, label: string, entries: readonly MenuEntry[]): void {
  const menu = document.createElement("mlops-menu") as MenuElement;
  const before = deepActiveElement();
  menu.entries = entries;
  menu.label = label;
  menu.setAttribute("popover", "auto");
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "closed") {
      menu.remove();
      // A choice may have moved the focus on purpose.
      if (before instanceof HTMLElement && (document.activeElement === document.body || document.activeElement === null)) {
        before.focus();
      }
    }
  });
  document.body.append(menu);
  menu.showPopover();
  void menu.updateComplete.then(() => place(menu, anchor));
}

function place(menu: HTMLElement, anchor: Element | { readonly x: number; readonly y: number }): void {
  const size = menu.getBoundingClientRect();
  const rect = anchor instanceof Element ? anchor.getBoundingClientRect() : undefined;
  const x = rect?.left ?? (anchor as { x: number }).x;
  const below = rect?.bottom ?? (anchor as { y: number }).y;
  const above = rect?.top ?? below;
  const y = below + size.height + 4 <= window.innerHeight ? below + 2 : Math.max(4, above - size.height - 2);
  menu.style.left = `${Math.max(4, Math.min(x, window.innerWidth - size.width - 4))}px`;
  menu.style.top = `${y}px`;
}

function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement != null) {
    active = active.shadowRoot.activeElement;
  }
  return active;
}

if (customElements.get("mlops-menu") === undefined) {
  customElements.define("mlops-menu", MenuElement);
}
