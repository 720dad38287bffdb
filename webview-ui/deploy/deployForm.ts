import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

import type { DeployChoice, DeployChoices, DeployForm, DeployPlanView } from "../../src/protocol/deploy";
import { t } from "../shared/l10n";
import { warning } from "../shared/planning/verdict";

export interface DeployFormProps {
  readonly choices: DeployChoices | null;
  readonly plan: DeployPlanView | null;
  readonly form: DeployForm;
  readonly intent: "deploy" | "rollback";
  readonly isBusy: boolean;
  readonly change: (form: DeployForm) => void;
  readonly openConfig: () => void;
}

/** Which version goes where, and why. */
export function renderDeployForm({ choices, plan, form, intent, isBusy, change, openConfig }: DeployFormProps): TemplateResult {
  return html`<form class="form" aria-label=${t("What is deployed")} @submit=${(event: Event) => event.preventDefault()}>
    ${
      (choices?.problems ?? []).length === 0
        ? nothing
        : html`<section>
            ${choices?.problems.map((problem) => warning(problem))}
            <button type="button" class="link" @click=${openConfig}>${t("Open mlops.yaml")}</button>
          </section>`
    }
    ${select("target", t("Target"), choices?.targets ?? [], form.target ?? plan?.target ?? "", isBusy, (target) => change({ ...form, target, version: intent === "rollback" ? null : form.version }))}
    ${select("version", intent === "rollback" ? t("Back to version") : t("Version"), choices?.versions ?? [], form.version ?? plan?.version ?? "", isBusy, (version) => change({ ...form, version }))}
    <section>
      <label for="reason">${t("Reason (kept in the log)")}</label>
      <input
        id="reason"
        type="text"
        autocomplete="off"
        maxlength="500"
        .value=${live(form.reason ?? "")}
        ?readonly=${isBusy}
        @input=${(event: Event) => {
          const text = (event.target as HTMLInputElement).value;
          change({ ...form, reason: text.trim() === "" ? null : text });
        }}
      />
    </section>
  </form>`;
}

function select(
  id: string,
  label: string,
  choices: readonly DeployChoice[],
  value: string,
  isBusy: boolean,
  set: (value: string | null) => void,
): TemplateResult {
  const isKnown = choices.some((choice) => choice.value === value);
  return html`<section>
    <label for=${id}>${label}</label>
    <select
      id=${id}
      ?disabled=${isBusy || choices.length === 0}
      .value=${live(value)}
      @change=${(event: Event) => {
        const chosen = (event.target as HTMLSelectElement).value;
        set(chosen === "" ? null : chosen);
      }}
    >
      ${isKnown ? nothing : html`<option value=${value} selected>${value === "" ? t("choose…") : value}</option>`}
      ${choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`)}
    </select>
  </section>`;
}
