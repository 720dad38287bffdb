import { html, nothing, type TemplateResult } from "lit";

import type { DriftView } from "../../src/protocol/drift";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { namedText } from "./namedText";
import { countText, isNumber } from "./numberText";

export interface StateActions {
  readonly reload: () => void;
  readonly openReading: () => void;
  readonly cancel: () => void;
  readonly openConfig: () => void;
  readonly clearSegment: () => void;
  readonly dismiss: () => void;
}

/** What is being done, what went wrong and what is out of date, above what there is. */
export function renderNotices(view: DriftView, failure: string | null, actions: StateActions): TemplateResult {
  const { progress, problem } = view;
  const hasResult = view.columns.length > 0;
  return html`<div class="notices">
    ${progress !== null && hasResult ? renderProgress(progress, actions) : nothing}
    <div role="status">
      ${failure === null ? nothing : notice(failure, t("Dismiss"), actions.dismiss)}
      ${
        problem !== null && hasResult
          ? notice(
              [problem.message, problem.remedy ?? "", t("What is shown is from before.")].filter(Boolean).join(" "),
              t("Retry"),
              actions.reload,
            )
          : nothing
      }
      ${view.outdated == null || view.outdated === "" ? nothing : notice(view.outdated, t("Compare Again"), actions.reload)}
    </div>
  </div>`;
}

function renderProgress({ text: english, done, total }: NonNullable<DriftView["progress"]>, { cancel }: StateActions): TemplateResult {
  const text = t(english);
  const isKnown = isNumber(total) && total > 0;
  return html`<div class="progress">
    ${icon("loading")}<span role="status">${text}</span>
    ${isKnown ? html`<progress max=${total} .value=${Math.min(done, total)} aria-label=${text}></progress>` : nothing}
    <button class="action second" @click=${cancel}>${t("Cancel")}</button>
  </div>`;
}

function notice(words: string, label: string, run: () => void): TemplateResult {
  return html`<div class="notice">
    ${icon("warning")}<span class="words">${namedText(words)}</span><button class="action second" @click=${run}>${label}</button>
  </div>`;
}

/** In place of everything when there is no column: loading, failed, or the one thing that is missing. Null where there are columns. */
export function renderEmpty(view: DriftView | undefined, actions: StateActions): TemplateResult | null {
  if (view === undefined) {
    return loading(t("Opening the comparison…"), null, actions);
  }
  if (view.columns.length > 0) {
    return null;
  }
  const { progress, problem, reference, current } = view;
  // The host answers with revision 0 before it has looked at the data.
  if (view.revision === 0 && progress === null && problem === null) {
    return loading(t("Opening the comparison…"), null, actions);
  }
  if (progress !== null) {
    return loading(t(progress.text), progress, actions);
  }
  if (problem !== null) {
    return html`<div class="empty" role="alert">
      ${icon("error")}
      <h2>${t("The data could not be compared")}</h2>
      <p>${namedText(problem.message)}</p>
      ${problem.remedy === null ? nothing : html`<p>${namedText(problem.remedy)}</p>`}
      <div class="choices">
        <button class="action" @click=${actions.reload}>${t("Retry")}</button>
        <button class="action second" @click=${actions.openReading}>${t("Read It in Another Way…")}</button>
      </div>
    </div>`;
  }
  if (reference === null) {
    return missing(
      t("No reference set"),
      t(
        "Drift is a difference from data that the model is known to work on. Name them as the reference in mlops.yaml, for example the training data.",
      ),
      t("Open mlops.yaml"),
      actions.openConfig,
    );
  }
  if (current === null) {
    return missing(
      t("No current data"),
      t("Nothing is compared with the reference {0}. Name the data of production in mlops.yaml.", reference.label),
      t("Open mlops.yaml"),
      actions.openConfig,
    );
  }
  for (const side of [reference, current]) {
    if (side.rows === 0) {
      return emptySide(side, view, actions);
    }
  }
  return missing(
    t("No column can be compared"),
    [t("The two sides share no column that could be judged."), ...reference.notes, ...current.notes].join(" "),
    t("Open mlops.yaml"),
    actions.openConfig,
  );
}

function emptySide(side: NonNullable<DriftView["reference"]>, { options }: DriftView, actions: StateActions): TemplateResult {
  if (side.totalRows === 0) {
    return missing(
      t("{0} has no rows", side.label),
      side.notes.join(" ") || t("The file has a heading at most."),
      t("Read again"),
      actions.reload,
    );
  }
  const filters = [
    ...(side.window === null ? [] : [t("the window {0}", side.window)]),
    ...(options.segment === null ? [] : [t("{0} = {1}", options.segment.column, options.segment.value ?? t("(missing)"))]),
  ];
  return missing(
    t("0 rows after the filter"),
    filters.length === 0
      ? t("None of the {0} rows of {1} can be used.", countText(side.totalRows), side.label)
      : t("None of the {0} rows of {1} is within {2}.", countText(side.totalRows), side.label, filters.join(t(" and "))),
    options.segment === null ? t("Open mlops.yaml") : t("Show all rows again"),
    options.segment === null ? actions.openConfig : actions.clearSegment,
  );
}

function missing(title: string, words: string, label: string, run: () => void): TemplateResult {
  return html`<div class="empty" role="status">
    ${icon("table")}
    <h2>${title}</h2>
    <p>${namedText(words)}</p>
    <button class="action" @click=${run}>${label}</button>
  </div>`;
}

function loading(text: string, progress: DriftView["progress"], { cancel }: StateActions): TemplateResult {
  return html`<div class="empty">
    ${icon("loading")}
    <p role="status">${text}</p>
    ${
      progress === null
        ? nothing
        : html`${progress.total > 0 ? html`<progress max=${progress.total} .value=${Math.min(progress.done, progress.total)} aria-label=${text}></progress>` : nothing}
            <button class="action second" @click=${cancel}>${t("Cancel")}</button>`
    }
  </div>`;
}
