import { html, nothing, type TemplateResult } from "lit";

import type { PlanPage, RetrainCheck, RetrainFact, RetrainFinding, RetrainRunRef } from "../../src/protocol/retrain";
import type { IconName } from "../shared/icons";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { checkList, worstFirst } from "../shared/planning/checkList";
import { codeBlock } from "../shared/planning/codeBlock";
import { exactFactList, factList } from "../shared/planning/factList";
import { verdict, warning } from "../shared/planning/verdict";
import { wordTable } from "../shared/wordTable";

export interface PlanProps {
  readonly plan: PlanPage;
  /** As it is typed. */
  readonly againBecause: string;
  readonly isBusy: boolean;
  readonly setAgain: (text: string) => void;
  readonly openRun: (run: RetrainRunRef) => void;
}

/** The whole plan, in the order in which people ask: may it start, is it needed, what happens, with what, and what speaks against it. */
export function renderPlan(props: PlanProps): TemplateResult {
  const { plan } = props;
  return html`<div class="plan">
    ${renderNeed(props)} ${renderChecks(plan.checks)}
    <section aria-labelledby="action-title">
      <h2 id="action-title">${t("What is done")}</h2>
      <h3>${t(plan.action.label)}</h3>
      ${codeBlock(t(plan.action.label), plan.action.text)}
      ${
        plan.action.body === null
          ? nothing
          : html`<h3>${t("Body")}</h3>
              ${codeBlock(t("Body"), plan.action.body)}`
      }
      ${renderPlace(plan.action.facts)}
      ${
        plan.steps.length === 0
          ? nothing
          : html`<h3>${t("Step by step")}</h3>
              <ol class="steps">
                ${plan.steps.map(({ text, risk }) => html`<li>${text}${risk === null ? nothing : html`<span class="risk">${icon("warning")}<span>${risk}</span></span>`}</li>`)}
              </ol>`
      }
    </section>
    ${renderData(plan.data)} ${renderInputs(plan)}
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">${t("Code, place and cost")}</h2>
      ${factList(plan.facts)}
    </section>
  </div>`;
}

/** The folder, and behind a fold the variables of the process: exact, and seldom what somebody looks for. */
function renderPlace(list: readonly RetrainFact[]): TemplateResult {
  const place = list.filter(({ label }) => label === "Folder");
  const variables = list.filter(({ label }) => label !== "Folder");
  return html`${place.length === 0 ? nothing : factList(place)}
  ${
    variables.length === 0
      ? nothing
      : html`<details>
          <summary>${variables.length === 1 ? t("1 variable is set") : t("{0} variables are set", variables.length)}</summary>
          ${exactFactList(variables)}
        </details>`
  }`;
}

function renderChecks(checks: readonly RetrainCheck[]): TemplateResult {
  return html`<section aria-labelledby="checks-title">
    <h2 id="checks-title">${t("Checks")}</h2>
    ${checkList(worstFirst(checks), ({ title, message }) => html`<b>${t(title)}</b> ${message}`)}
  </section>`;
}

function renderNeed({ plan: { redundancy }, againBecause, isBusy, setAgain, openRun }: PlanProps): TemplateResult {
  const { kind, text, past, changes } = redundancy;
  const run = past?.run ?? null;
  return html`<section class="need ${kind}" aria-labelledby="need-title">
    <h2 id="need-title">${kind === "redundant" ? html`${icon("info")} ${t("Nothing changed")}` : t("Is it needed?")}</h2>
    <p>${text}</p>
    ${changes.length === 0 ? nothing : changeList(changes)}
    ${
      past === null || (run === null && past.facts.length === 0)
        ? nothing
        : html`<div class="past">
            ${run === null || kind === "redundant" ? nothing : html`<p>${t("Last training:")} <button class="link" @click=${() => openRun(run)}>${run.name}</button></p>`}
            ${past.facts.length === 0 ? nothing : factList(past.facts)}
          </div>`
    }
    ${
      kind === "redundant"
        ? html`<div class="row">
              ${run === null ? nothing : html`<button class="action" @click=${() => openRun(run)}>${t("Use that run")}</button><span class="muted">${run.name}</span>`}
            </div>
            <label class="again" for="again">${t("Train again all the same, because")}</label>
            <input
              id="again"
              type="text"
              .value=${againBecause}
              ?readonly=${isBusy}
              placeholder=${t("for example: to see how much results vary")}
              @input=${(event: Event) => setAgain((event.target as HTMLInputElement).value)}
            />`
        : nothing
    }
  </section>`;
}

const FIRST_CHANGES = 6;

function changeList(changes: readonly string[]): TemplateResult {
  const rest = changes.slice(FIRST_CHANGES);
  return html`<ul class="changes">
      ${changes.slice(0, FIRST_CHANGES).map((change) => html`<li>${change}</li>`)}
    </ul>
    ${
      rest.length === 0
        ? nothing
        : html`<details>
            <summary>${t("{0} more", rest.length)}</summary>
            <ul class="changes">
              ${rest.map((change) => html`<li>${change}</li>`)}
            </ul>
          </details>`
    }`;
}

const RESULTS: Readonly<Record<RetrainFinding["result"], { readonly icon: IconName; readonly word: string }>> = {
  fail: { icon: "error", word: "broken" },
  unknown: { icon: "question", word: "not judged" },
  pass: { icon: "pass-filled", word: "holds" },
};

function renderData(data: PlanPage["data"]): TemplateResult {
  if (data === null) {
    return html``;
  }
  const state = data.result === "pass" ? "pass" : data.result === "nothing_expected" ? "none" : "block";
  return html`<section aria-labelledby="data-title">
    <h2 id="data-title">${t("Data check")}</h2>
    ${verdict(state, state === "pass" ? "pass-filled" : state === "none" ? "info" : "error", data.verdict)}
    ${
      data.findings.length === 0
        ? nothing
        : wordTable(
            t("Table: {0}", t("Broken expectations")),
            [t("Column"), t("What"), t("Limit"), t("Found"), t("Rows"), t("File")],
            data.findings.map(({ result, column, message, limit, found, rows, path }) => [
              html`<span class="state ${result}"
                  >${icon(RESULTS[result].icon)}<span class="hidden-text">${t(RESULTS[result].word)}:</span></span
                >
                ${column === "" ? t("(rows)") : column}`,
              message,
              limit,
              found,
              rows,
              path,
            ]),
          )
    }
    ${data.notes.map((note) => html`<p class="muted">${note}</p>`)}
  </section>`;
}

function renderInputs({ inputs, unknownInputs }: PlanPage): TemplateResult {
  return html`<section aria-labelledby="inputs-title">
    <h2 id="inputs-title">${t("Inputs")}</h2>
    ${unknownInputs.map((text) => warning(text))}
    ${
      inputs.length === 0
        ? html`<p class="muted">${t("No file is named as an input.")}</p>`
        : wordTable(
            t("Table: {0}", t("Inputs")),
            [t("Name"), t("Kind"), t("Size"), t("SHA-256 or MD5"), t("Known")],
            inputs.map(({ name, kind, size, hash, from }) => [name, kind, size, html`<code>${hash}</code>`, from]),
          )
    }
  </section>`;
}
