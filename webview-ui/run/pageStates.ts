import { html, type TemplateResult } from "lit";

import { icon } from "../shared/icons";
import { t } from "../shared/l10n";

/** Before the first answer: the outline of what will come. */
export function skeleton(): TemplateResult {
  return html`<div role="status">
    <h1 class="hidden-text">${t("Loading the run…")}</h1>
    <div class="bone title"></div>
    <div class="bone" style="width: 80%"></div>
    <div class="bone" style="width: 60%"></div>
    <div class="columns" style="margin-top: 32px">
      ${[0, 1].map(() => html`<div>${["90%", "70%", "80%", "60%"].map((width) => html`<div class="bone" style="width: ${width}"></div>`)}</div>`)}
    </div>
  </div>`;
}

export function loadFailed(failed: { readonly message: string; readonly code: string }, busy: boolean, retry: () => void): TemplateResult {
  const title = failed.code === "run/not-found" ? t("This run does not exist any more") : t("The run could not be read");
  return html`<div class="lonely" role="alert">
    ${icon("error")}
    <h1 style="font-size: 1.2em">${title}</h1>
    <p>${failed.message}</p>
    <vscode-button ?disabled=${busy} @click=${retry}>${busy ? t("Trying…") : t("Retry")}</vscode-button>
  </div>`;
}
