import { css, html, nothing, type CSSResult, type TemplateResult } from "lit";

import { formatInteger } from "./format";

interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  /** Shown beside the label; null for none. */
  readonly count: number | null;
}

export interface TabBarProps<T extends string> {
  /** For screen readers. */
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly chosen: T;
  readonly choose: (tab: T) => void;
}

/**
 * One stop of the Tab key, walked along by arrows; a tab shows its panel when the focus reaches it. The panel has the id `panel` and is labelled by
 * `tab-<id>`.
 */
export function tabBar<T extends string>({ label, tabs, chosen, choose }: TabBarProps<T>): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const last = tabs.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const tab = to === undefined ? undefined : tabs[to];
    if (tab !== undefined) {
      event.preventDefault();
      choose(tab.id);
      (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#tab-${tab.id}`)?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${onKey}>
    ${tabs.map(
      (tab) =>
        html`<button
          id="tab-${tab.id}"
          role="tab"
          aria-controls="panel"
          aria-selected=${String(tab.id === chosen)}
          tabindex=${tab.id === chosen ? "0" : "-1"}
          @click=${() => choose(tab.id)}
        >
          ${tab.label}${tab.count === null ? nothing : html`<span class="count">${formatInteger(tab.count)}</span>`}
        </button>`,
    )}
  </div>`;
}

export const tabBarStyles: CSSResult = css`
  .tabs {
    display: flex;
    flex: none;
    gap: 2px;
    padding: 0 8px;
    overflow-x: auto;
    border-bottom: 1px solid var(--mlops-border);
    scrollbar-width: none;
  }
  .tabs button {
    flex: none;
    padding: 7px 8px 5px;
    border: 0;
    border-bottom: 2px solid transparent;
    background: none;
    color: var(--mlops-muted);
    font: inherit;
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--vscode-foreground);
  }
  .tabs button[aria-selected="true"] {
    border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--mlops-focus));
    color: var(--vscode-foreground);
  }
  .tabs .count {
    margin-inline-start: 4px;
    color: inherit;
    font-variant-numeric: tabular-nums;
  }
`;
