import { html, nothing, type TemplateResult } from "lit";

import type { CompliancePageData, ComplianceStatus } from "../../src/protocol/compliance";
import { t } from "../shared/l10n";
import { type OpenPlace, renderPlace, renderStatus } from "./itemList";

/** Decisions that people have to make. */
export function renderSignOffs(
  signOffs: CompliancePageData["signOffs"],
  filter: ComplianceStatus | null,
  open: OpenPlace,
  request: (subject: string) => void,
): TemplateResult {
  const shown = signOffs.filter(({ status }) => filter === null || status === filter);
  return html`<section aria-labelledby="sign-offs">
    <h2 id="sign-offs">${t("Sign-offs")}</h2>
    ${
      shown.length === 0
        ? html`<p class="muted">${signOffs.length === 0 ? t("No decision of a person is needed.") : t("Nothing here has this status.")}</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label=${t("Sign-offs")}>
            <table>
              <thead>
                <tr>
                  ${[t("Decision"), t("State"), t("Who is asked"), t("Why"), t("Where")].map((label) => html`<th scope="col">${label}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${shown.map(
                  ({ subject, role, ask, state, status, why, place }) =>
                    html`<tr>
                      <th scope="row">
                        ${subject}${role === null ? nothing : html` <span class="muted">(${role.replaceAll("_", " ")})</span>`}
                      </th>
                      <td>${renderStatus(status, t(state.replaceAll("_", " ")))}</td>
                      <td>${ask === "" ? t("nobody is named") : ask}</td>
                      <td>${why}</td>
                      <td>
                        ${
                          place === null
                            ? html`<button class="link" @click=${() => request(subject)} aria-label=${t("Request sign-off: {0}", subject)}>
                                ${t("Request…")}
                              </button>`
                            : renderPlace(place, open)
                        }
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

/** What is not as it was when somebody last signed. */
export function renderChanges({ text, rows }: CompliancePageData["changes"], open: OpenPlace): TemplateResult {
  return html`<section aria-labelledby="changes">
    <h2 id="changes">${t("Changed since the last sign-off")}</h2>
    <p class="muted">${text}</p>
    ${
      rows.length === 0
        ? nothing
        : html`<div class="scroll" tabindex="0" role="region" aria-label=${t("Changes")}>
            <table>
              <thead>
                <tr>
                  ${[t("Field"), t("Then"), t("Now")].map((label) => html`<th scope="col">${label}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  ({ field, before, after, place }) =>
                    html`<tr>
                      <th scope="row">${place === null ? field : renderPlace(place, open)}</th>
                      <td>${before === "" ? html`<span class="muted">${t("nothing")}</span>` : before}</td>
                      <td>${after === "" ? html`<span class="muted">${t("nothing")}</span>` : after}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}
