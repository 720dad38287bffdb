import { html, nothing, type TemplateResult } from "lit";

import type { TableProblem, TableState } from "../../src/protocol/runsTable";
import { formatInteger } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";

export interface StateActions {
  readonly reload: (storeId: string | null) => void;
  readonly cancel: () => void;
  readonly clearFilter: () => void;
  readonly clearSelection: () => void;
  readonly showEqual: () => void;
  readonly dismiss: () => void;
}

/** What went wrong, above the rows that there are. A store's failure takes nothing from the others. */
export function renderNotices(state: TableState, failure: string | null, actions: StateActions): TemplateResult | typeof nothing {
  const failed = failure === null ? nothing : renderNotice(failure, t("Dismiss"), actions.dismiss);
  // With no row at all the middle of the page tells it.
  const problems = state.lineCount === 0 ? [] : state.problems;
  return html`<div class="notices" role="status">
    ${failed} ${problems.map((problem) => renderNotice(problemText(problem), t("Retry"), () => actions.reload(problem.storeId)))}
  </div>`;
}

function problemText({ storeLabel, message, remedy, hasRows }: TableProblem): string {
  const old = hasRows ? t("Its rows from before are still shown and marked as old.") : t("Its runs are missing here.");
  return [`${storeLabel}: ${message}`, ...(remedy === null ? [] : [remedy]), old].join(" ");
}

function renderNotice(words: string, label: string, run: () => void): TemplateResult {
  return html`<div class="notice">
    ${icon("warning")}<span class="words">${words}</span><button class="action second" @click=${run}>${label}</button>
  </div>`;
}

/** The middle of the page when there is no row: loading, failed, filtered away, or really empty, and what to do. */
export function renderEmpty(state: TableState, actions: StateActions): TemplateResult {
  if (state.problems.length > 0 && state.loading !== "loading") {
    return html`<div class="empty" role="alert">
      ${icon("error")}
      <h2>${t("The runs could not be read")}</h2>
      ${state.problems.map((problem) => html`<p>${problem.storeLabel}: ${problem.message} ${problem.remedy ?? ""}</p>`)}
      <button class="action" @click=${() => actions.reload(null)}>${t("Retry")}</button>
    </div>`;
  }
  if (state.loading === "loading" && state.loadedRuns === 0) {
    return html`<div class="empty" role="status">
      ${icon("loading")}
      <p>${t("Reading runs…")}</p>
      <button class="action second" @click=${actions.cancel}>${t("Cancel")}</button>
    </div>`;
  }
  if (state.loadedRuns > 0) {
    return html`<div class="empty" role="status">
      ${icon("filter")}
      <h2>${t("No run matches the filter")}</h2>
      <p>${t("{0} runs are hidden by it.", formatInteger(state.loadedRuns))}</p>
      <button class="action" @click=${actions.clearFilter}>${t("Clear the Filter")}</button>
    </div>`;
  }
  if (state.loading === "stopped") {
    return html`<div class="empty" role="status">
      <h2>${t("Reading was cancelled")}</h2>
      <button class="action" @click=${() => actions.reload(null)}>${t("Read Again")}</button>
    </div>`;
  }
  return html`<div class="empty" role="status">
    ${icon("table")}
    <h2>${t("No runs yet")}</h2>
    <p>${t("Runs appear here as soon as a training script logs one with mlflow.start_run(). Deleted runs are not shown.")}</p>
    <button class="action second" @click=${() => actions.reload(null)}>${t("Read Again")}</button>
  </div>`;
}

/** How much is shown of how much, what is selected, what is going on. */
export function renderStatusLine(state: TableState, shownColumns: number, equalColumns: number, actions: StateActions): TemplateResult {
  const { shownRuns, loadedRuns, loading, reading, selectedRuns, selectedHidden } = state;
  const count =
    shownRuns === loadedRuns
      ? loadedRuns === 1
        ? t("1 run")
        : t("{0} runs", formatInteger(loadedRuns))
      : t("Showing {0} of {1} runs", formatInteger(shownRuns), formatInteger(loadedRuns));
  const selected =
    selectedHidden === 0
      ? t("{0} selected", formatInteger(selectedRuns))
      : t("{0} selected, {1} of them not shown", formatInteger(selectedRuns), formatInteger(selectedHidden));
  return html`<div class="statusline">
    <span>${count}</span>
    ${loadedRuns === 0 ? nothing : html`<span>${shownColumns === 1 ? t("1 column") : t("{0} columns", shownColumns)}</span>`}
    ${
      equalColumns === 0
        ? nothing
        : html`<button class="link" @click=${actions.showEqual}>
            ${equalColumns === 1 ? t("1 equal column hidden") : t("{0} equal columns hidden", equalColumns)}
          </button>`
    }
    ${
      selectedRuns === 0
        ? nothing
        : html`<span>${selected} <button class="link" @click=${actions.clearSelection}>${t("Clear")}</button></span>`
    }
    ${
      loading === "loading" && loadedRuns > 0
        ? html`<span class="busy"
            >${icon("loading")} ${t("Reading… {0} so far", formatInteger(loadedRuns))}
            <button class="link" @click=${actions.cancel}>${t("Cancel")}</button></span
          >`
        : nothing
    }
    ${
      reading === null
        ? nothing
        : html`<span class="busy"
            >${icon("loading")} ${t("Reading curves to sort by: {0} of {1}", formatInteger(reading.done), formatInteger(reading.total))}
            <button class="link" @click=${actions.cancel}>${t("Cancel")}</button></span
          >`
    }
    ${
      loading === "stopped"
        ? html`<span
            >${t("Reading was cancelled; there may be more.")}
            <button class="link" @click=${() => actions.reload(null)}>${t("Read all")}</button></span
          >`
        : nothing
    }
  </div>`;
}
