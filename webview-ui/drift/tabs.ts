import { html, nothing, type TemplateResult } from "lit";

import type { DriftView } from "../../src/protocol/drift";
import { t } from "../shared/l10n";
import { countText } from "./numberText";
import { DRIFT_TABS, type DriftTab } from "./pageState";

/** One stop of the Tab key, walked along by arrows; a tab shows its panel when the focus reaches it. */
export function renderTabs(view: DriftView, chosen: DriftTab, choose: (tab: DriftTab) => void): TemplateResult {
  const labels: Readonly<Record<DriftTab, readonly [label: string, count: number | null]>> = {
    columns: [t("Columns"), view.columns.length],
    time: [t("Over Time"), null],
    correlations: [t("Correlations"), null],
    segments: [t("Segments"), null],
    notes: [t("Notes"), view.notes.length],
  };
  const onKey = (event: KeyboardEvent): void => {
    const at = DRIFT_TABS.indexOf(chosen);
    const last = DRIFT_TABS.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const tab = to === undefined ? undefined : DRIFT_TABS[to];
    if (tab !== undefined) {
      event.preventDefault();
      choose(tab);
      (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${t("Parts of the comparison")} @keydown=${onKey}>
    ${DRIFT_TABS.map((tab) => {
      const [label, count] = labels[tab];
      return html`<button
        id="tab-${tab}"
        role="tab"
        aria-controls="panel"
        aria-selected=${String(tab === chosen)}
        tabindex=${tab === chosen ? "0" : "-1"}
        @click=${() => choose(tab)}
      >
        ${label}${count === null ? nothing : html`<span class="count">${countText(count)}</span>`}
      </button>`;
    })}
  </div>`;
}
