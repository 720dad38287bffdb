import { html, nothing, type TemplateResult } from "lit";

import type { OverviewProgress, OverviewView, OverviewWork } from "../../src/protocol/overview";
import { formatInteger } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { failureNotice, notice } from "../shared/notice";

export interface StateActions {
  readonly reload: () => void;
  readonly cancel: () => void;
  readonly newModel: () => void;
}

/** What goes on, what went wrong and what is missing, above what there is. */
export function renderNotices({ work, page }: OverviewView, actions: StateActions): TemplateResult | typeof nothing {
  if (page === null) {
    return nothing;
  }
  return html`${work.progress === null ? nothing : renderProgress(work.progress, actions)}
  ${
    work.failure === null
      ? nothing
      : html`${failureNotice(work.failure)}${notice({
          ...{ kind: "warning", words: t("What is shown is from before.") },
          more: html`<button class="action second" @click=${actions.reload}>${t("Retry")}</button>`,
        })}`
  }
  ${page.problems.map((words) => notice({ kind: "warning", words }))}`;
}

/** In place of everything where there is nothing to show. Null where there is. */
export function renderEmpty(view: OverviewView | undefined, actions: StateActions): TemplateResult | null {
  const { work, page } = view ?? { work: undefined, page: null };
  if (page !== null) {
    return page.rows.length > 0 ? null : renderNoProduct(actions);
  }
  if (work?.failure != null) {
    return html`<div class="empty" role="alert">
      ${icon("error")}
      <h2>${t("The products could not be gathered")}</h2>
      <p>${work.failure.message}</p>
      ${work.failure.remedy === null ? nothing : html`<p>${work.failure.remedy}</p>`}
      <button class="action" @click=${actions.reload}>${t("Retry")}</button>
    </div>`;
  }
  if (work?.wasCancelled === true && work.progress === null) {
    return html`<div class="empty" role="status">
      ${icon("circle-slash")}
      <h2>${t("Gathering was cancelled")}</h2>
      <button class="action" @click=${actions.reload}>${t("Gather Again")}</button>
    </div>`;
  }
  return renderGathering(work, actions);
}

function renderNoProduct({ newModel, reload }: StateActions): TemplateResult {
  return html`<div class="empty" role="status">
    ${icon("table")}
    <h2>${t("No product yet")}</h2>
    <p>
      ${t(
        "A product is a model with an mlops.yaml, which says what it is for, who answers for it and what it may cost. Registered models that no file describes are listed here as well.",
      )}
    </p>
    <button class="action" @click=${newModel}>${t("New Model…")}</button>
    <button class="action second" @click=${reload}>${t("Look Again")}</button>
  </div>`;
}

function renderGathering(work: OverviewWork | undefined, { cancel }: StateActions): TemplateResult {
  const progress = work?.progress ?? null;
  return html`<div class="empty">
    ${icon("loading")}
    <p role="status">${t("Gathering products…")}</p>
    ${progress === null ? nothing : html`${bar(progress)}<button class="action second" @click=${cancel}>${t("Cancel")}</button>`}
  </div>`;
}

function renderProgress(progress: OverviewProgress, { cancel }: StateActions): TemplateResult {
  return html`<div class="progress">
    ${icon("loading")}<span role="status">${t("Gathering products…")}</span> ${bar(progress)}
    <button class="action second" @click=${cancel}>${t("Cancel")}</button>
  </div>`;
}

function bar({ done, total }: OverviewProgress): TemplateResult | typeof nothing {
  return total === 0
    ? nothing
    : html`<progress max=${total} .value=${Math.min(done, total)} aria-label=${t("Gathering products…")}></progress>
        <span class="muted">${t("{0} of {1}", formatInteger(done), formatInteger(total))}</span>`;
}
