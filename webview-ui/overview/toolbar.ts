import { html, nothing, type TemplateResult } from "lit";

import type { OverviewRow } from "../../src/protocol/overview";
import { formatInteger } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { LIGHT_ORDER, LIGHTS } from "./lights";
import { countLights, isWaitingForMe } from "./overviewLines";
import { GROUPINGS, type Grouping, type OverviewPageState } from "./pageState";

export interface FilterProps {
  readonly rows: readonly OverviewRow[];
  readonly shown: number;
  readonly page: OverviewPageState;
  readonly change: (change: Partial<OverviewPageState>) => void;
  readonly leaveSearch: () => void;
}

/** What is shown of all products, and in which groups. */
export function renderFilters({ rows, shown, page, change, leaveSearch }: FilterProps): TemplateResult {
  const counts = countLights(rows);
  const mine = rows.filter(isWaitingForMe).length;
  const labels: Readonly<Record<Grouping, string>> = { none: t("nothing"), team: t("team"), stage: t("stage") };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      leaveSearch();
    }
  };
  return html`<div class="filters">
    <input
      class="search"
      type="search"
      placeholder=${t("Find by name, team or owner")}
      aria-label=${t("Find products")}
      .value=${page.query}
      @input=${(event: Event) => change({ query: (event.target as HTMLInputElement).value })}
      @keydown=${onKey}
    />
    <div class="tools lights" role="group" aria-label=${t("Show only products whose worst light is")}>
      ${LIGHT_ORDER.map(
        (light) =>
          html`<button
            class="tool light ${light}"
            aria-pressed=${String(page.lights.includes(light))}
            aria-label=${t("{0}: {1}", t(LIGHTS[light].label), counts[light])}
            title=${t(LIGHTS[light].label)}
            @click=${() =>
              change({ lights: page.lights.includes(light) ? page.lights.filter((one) => one !== light) : [...page.lights, light] })}
          >
            ${icon(LIGHTS[light].icon)}<span>${t(LIGHTS[light].label)}</span>
            <b>${formatInteger(counts[light])}</b>
          </button>`,
      )}
      <button
        class="tool"
        aria-pressed=${String(page.onlyMine)}
        aria-label=${t("Waiting for me: {0}", mine)}
        title=${t("Waiting for me")}
        @click=${() => change({ onlyMine: !page.onlyMine })}
      >
        ${icon("clock")}<span>${t("Waiting for me")}</span> <b>${formatInteger(mine)}</b>
      </button>
    </div>
    <label
      >${t("Group by")}<select
        .value=${page.groupBy}
        @change=${(event: Event) => change({ groupBy: GROUPINGS.find((one) => one === (event.target as HTMLSelectElement).value) ?? "none" })}
      >
        ${GROUPINGS.map((one) => html`<option value=${one} ?selected=${one === page.groupBy}>${labels[one]}</option>`)}
      </select></label
    >
    <span class="muted" role="status"
      >${shown === rows.length ? nothing : t("{0} of {1} products", formatInteger(shown), formatInteger(rows.length))}</span
    >
  </div>`;
}

export function renderNothingFound(clear: () => void): TemplateResult {
  return html`<div class="empty" role="status">
    ${icon("filter")}
    <h2>${t("No product matches")}</h2>
    <button class="action" @click=${clear}>${t("Show All")}</button>
  </div>`;
}
