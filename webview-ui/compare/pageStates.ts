import { html, nothing, type TemplateResult } from "lit";

import type { CompareProblem, CompareView } from "../../src/protocol/compare";
import { formatInteger } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { rowCount } from "./renderCell";

export interface StateActions {
  readonly addRuns: () => void;
  readonly reload: (storeId: string | null) => void;
  readonly removeMissing: () => void;
  readonly showAll: () => void;
  readonly clearSearch: () => void;
  readonly dismiss: () => void;
}

/** What went wrong, above the rows that there are. A run's failure takes nothing from the others. */
export function renderNotices(view: CompareView, failure: string | null, actions: StateActions): TemplateResult {
  return html`<div class="notices" role="status">
    ${failure === null ? nothing : renderNotice(failure, html`<button class="action second" @click=${actions.dismiss}>${t("Dismiss")}</button>`)}
    ${view.problems.map((problem) =>
      renderNotice(
        problemText(problem),
        html`<button class="action second" @click=${() => actions.reload(problem.storeId)}>${t("Retry")}</button> ${
            problem.missingRuns === 0
              ? nothing
              : html`<button class="action second" @click=${actions.removeMissing}>${t("Leave Out")}</button>`
          }`,
      ),
    )}
  </div>`;
}

function problemText({ message, remedy, missingRuns }: CompareProblem): string {
  const effect =
    missingRuns === 0
      ? t("What is shown of it is old.")
      : missingRuns === 1
        ? t("1 run is missing here.")
        : t("{0} runs are missing here.", formatInteger(missingRuns));
  return [message, ...(remedy === null ? [] : [remedy]), effect].join(" ");
}

function renderNotice(words: string, buttons: TemplateResult): TemplateResult {
  return html`<div class="notice">${icon("warning")}<span class="words">${words}</span>${buttons}</div>`;
}

/** The middle of the page where there is no table, and what to do; null where there is one. */
export function renderEmpty(
  view: CompareView,
  table: { readonly shown: number; readonly query: string; readonly onlyDifferences: boolean },
  actions: StateActions,
): TemplateResult | null {
  const { reading, runs, rows } = view;
  if (runs.length < 2 && reading !== null) {
    return html`<div class="empty" role="status">
      ${icon("loading")}
      <p>${t("Reading runs… {0} of {1}", formatInteger(reading.done), formatInteger(reading.total))}</p>
    </div>`;
  }
  if (runs.length < 2) {
    return html`<div class="empty" role="status">
      ${icon("diff")}
      <h2>${runs.length === 0 ? t("No run to compare") : t("One run alone cannot be compared")}</h2>
      <p>${t("Add runs here, or select some in the Experiments view or the runs table and choose Add to Comparison.")}</p>
      <button class="action" @click=${actions.addRuns}>${t("Add Runs")}</button>
    </div>`;
  }
  if (table.shown > 0) {
    return null;
  }
  if (table.query.trim() !== "") {
    return html`<div class="empty" role="status">
      ${icon("search")}
      <h2>${t("Nothing is found")}</h2>
      <p>${table.onlyDifferences ? t("No row that differs has this in its key or values.") : t("No row has this in its key or values.")}</p>
      <button class="action" @click=${actions.clearSearch}>${t("Clear the Search")}</button>
      ${table.onlyDifferences ? html`<button class="action second" @click=${actions.showAll}>${t("Search All Rows")}</button>` : nothing}
    </div>`;
  }
  return html`<div class="empty" role="status">
    ${icon("check")}
    <h2>${t("Nothing differs")}</h2>
    <p>${t("The runs are equal in all {0} values.", formatInteger(rows.length))}</p>
    <button class="action" @click=${actions.showAll}>${t("Show All Rows")}</button>
  </div>`;
}

/** How much is shown of how much, and what is going on. */
export function renderStatusLine(
  view: CompareView,
  shown: number,
  page: { readonly onlyDifferences: boolean },
  actions: StateActions,
): TemplateResult {
  const { rows, runs, columns, reading } = view;
  const equal = rows.reduce((sum, row) => sum + (row.differs ? 0 : 1), 0);
  const isGrouped = view.options.groupBy !== null;
  return html`<div class="statusline">
    <span
      >${runs.length === 1 ? t("1 run") : t("{0} runs", formatInteger(runs.length))}${isGrouped ? ` · ${columns.length === 1 ? t("1 group") : t("{0} groups", formatInteger(columns.length))}` : ""}</span
    >
    <span>${shown === rows.length ? rowCount(shown) : t("Showing {0} of {1} rows", formatInteger(shown), formatInteger(rows.length))}</span>
    ${
      page.onlyDifferences && equal > 0
        ? html`<button class="link" @click=${actions.showAll}>
            ${equal === 1 ? t("1 equal row hidden") : t("{0} equal rows hidden", formatInteger(equal))}
          </button>`
        : nothing
    }
    ${
      reading !== null && runs.length >= 2
        ? html`<span class="busy"
            >${icon("loading")} ${t("Reading runs… {0} of {1}", formatInteger(reading.done), formatInteger(reading.total))}</span
          >`
        : nothing
    }
  </div>`;
}
