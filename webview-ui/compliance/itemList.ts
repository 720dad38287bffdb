import { html, nothing, type TemplateResult } from "lit";

import type { ComplianceGroup, ComplianceItem, CompliancePlace, ComplianceStatus } from "../../src/protocol/compliance";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { STATUS_ICONS, statusWord } from "./statusWords";

/** More places are fields of the same block. */
const MOST_PLACES = 4;

export type OpenPlace = (place: CompliancePlace) => void;

/** A law's items by heading. @param filter only those with this status; null for all. */
export function renderGroup(group: ComplianceGroup, filter: ComplianceStatus | null, open: OpenPlace): TemplateResult {
  const headings = group.headings
    .map(({ title, items }) => ({ title, items: items.filter((item) => filter === null || (item.isAsked && item.status === filter)) }))
    .filter(({ items }) => items.length > 0);
  const { documented, missing, expired, needs_person: person } = group.counts;
  const total = documented + missing + expired + person;
  return html`<section aria-labelledby="group-${group.id}">
    <div class="section-head">
      <h2 id="group-${group.id}">${group.title}</h2>
      <span class="muted">${group.article}${total === 0 ? "" : ` · ${t("{0} of {1} documented", documented, total)}`}</span>
    </div>
    <p class="muted">${group.why}</p>
    ${headings.length === 0 ? html`<p class="muted">${t("Nothing here has this status.")}</p>` : nothing}
    ${headings.map(
      ({ title, items }) =>
        html`<h3>${title}</h3>
          <ul class="items">
            ${items.map((item) => renderItem(item, open))}
          </ul>`,
    )}
  </section>`;
}

function renderItem(item: ComplianceItem, open: OpenPlace): TemplateResult {
  const { number, title, article, status, why, isAsked, due, owner, places } = item;
  return html`<li class="item ${isAsked ? "" : "unasked"}">
    ${isAsked ? renderStatus(status) : html`<span class="status">${icon("circle-slash")}<span>${t("Not asked")}</span></span>`}
    <div class="what">
      <span class="name">${number} ${title}</span>
      <p>${why}</p>
      <p class="meta">${[article, ...(isAsked ? [due] : []), owner].join(" · ")}</p>
    </div>
    <ul class="places" aria-label=${t("Where {0} is written", number)}>
      ${distinct(places)
        .slice(0, MOST_PLACES)
        .map((place) => html`<li>${renderPlace(place, open)}</li>`)}
    </ul>
  </li>`;
}

export function renderStatus(status: ComplianceStatus, word = statusWord(status)): TemplateResult {
  return html`<span class="status ${status}">${icon(STATUS_ICONS[status])}<span>${word}</span></span>`;
}

/** A click opens the field or the file. */
export function renderPlace(place: CompliancePlace, open: OpenPlace): TemplateResult {
  const { file, line, label } = place;
  return html`<button
    class="link"
    title=${line === null ? t("Open {0}", file) : t("Open line {0} of {1}", line, file)}
    @click=${() => open(place)}
  >
    ${label}
  </button>`;
}

/** What a person has to look at comes first, and each place once. */
function distinct(places: readonly CompliancePlace[]): readonly CompliancePlace[] {
  const seen = new Set<string>();
  return places.filter(({ label }) => !seen.has(label) && seen.add(label));
}
