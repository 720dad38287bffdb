import { html, nothing, type TemplateResult } from "lit";

import type { CompliancePageData, ComplianceStatus } from "../../src/protocol/compliance";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { wordTable } from "../shared/wordTable";
import { type OpenPlace, renderPlace, renderStatus } from "./itemList";

/** Decisions that people have to make. */
export function renderSignOffs(
  signOffs: CompliancePageData["signOffs"],
  filter: ComplianceStatus | null,
  open: OpenPlace,
  request: (subject: string, role: string | null) => void,
): TemplateResult {
  const shown = signOffs.filter(({ status, isDue }) => filter === null || (isDue && status === filter));
  return html`<section aria-labelledby="sign-offs">
    <h2 id="sign-offs">${t("Sign-offs")}</h2>
    ${
      shown.length === 0
        ? html`<p class="muted">${signOffs.length === 0 ? t("No decision of a person is needed.") : t("Nothing here has this status.")}</p>`
        : html`<ul class="items">
            ${shown.map((signOff) => renderSignOff(signOff, open, request))}
          </ul>`
    }
  </section>`;
}

function renderSignOff(
  { subject, role, ask, state, status, isDue, why, place }: CompliancePageData["signOffs"][number],
  open: OpenPlace,
  request: (subject: string, role: string | null) => void,
): TemplateResult {
  const name = role === null ? subject : `${subject} (${role.replaceAll("_", " ")})`;
  const word = t(state.replaceAll("_", " "));
  return html`<li class="item ${isDue ? "" : "unasked"}">
    ${isDue ? renderStatus(status, word) : html`<span class="status">${icon("clock")}<span>${word}</span></span>`}
    <div class="what">
      <span class="name">${name}</span>
      <p>${why}</p>
      <p class="meta">${ask === "" ? t("Nobody is named who could decide.") : t("Asked: {0}", ask)}</p>
    </div>
    <ul class="places" aria-label=${t("Sign-off: {0}", name)}>
      ${place === null ? nothing : html`<li>${renderPlace(place, open)}</li>`}
      ${
        status === "documented" || state === "draft" || state === "uncommitted"
          ? nothing
          : html`<li>
              <button class="link" aria-label=${t("Request sign-off: {0}", name)} @click=${() => request(subject, role)}>
                ${t("Request…")}
              </button>
            </li>`
      }
    </ul>
  </li>`;
}

/** What is not as it was when somebody last signed. */
export function renderChanges({ text, rows }: CompliancePageData["changes"], open: OpenPlace): TemplateResult {
  const none = html`<span class="muted">${t("nothing")}</span>`;
  return html`<section aria-labelledby="changes">
    <h2 id="changes">${t("Changed since the last sign-off")}</h2>
    <p class="muted">${text}</p>
    ${
      rows.length === 0
        ? nothing
        : wordTable(
            t("Changes"),
            [t("Field"), t("Then"), t("Now")],
            rows.map(({ field, before, after, place }) => [
              place === null ? field : renderPlace(place, open),
              before === "" ? none : before,
              after === "" ? none : after,
            ]),
          )
    }
  </section>`;
}
