import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";

import type { PlanPage, RetrainField, RetrainForm } from "../../src/protocol/retrain";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { differs, shownValue, withConsent, withParam } from "./formState";

export interface FormProps {
  readonly plan: PlanPage;
  readonly form: RetrainForm;
  readonly isBusy: boolean;
  readonly change: (form: RetrainForm) => void;
  readonly openConfig: () => void;
}

/** Why it is trained, where, and with which values. */
export function renderForm({ plan, form, isBusy, change, openConfig }: FormProps): TemplateResult {
  const engine = form.engine ?? plan.engine;
  return html`<form class="form" aria-label=${t("What is trained")} @submit=${(event: Event) => event.preventDefault()}>
    <section aria-labelledby="why">
      <h2 id="why">${t("Why")}</h2>
      <p class="reason"><b>${t(plan.reason.label)}.</b> ${plan.reason.text}</p>
    </section>
    <section aria-labelledby="engine-title">
      <h2 id="engine-title">${t("Where")}</h2>
      ${
        plan.engines.length > 1
          ? html`<select
              aria-labelledby="engine-title"
              ?disabled=${isBusy}
              .value=${live(engine)}
              @change=${(event: Event) => change({ ...form, engine: (event.target as HTMLSelectElement).value, consents: [] })}
            >
              ${plan.engines.map(({ id, label }) => html`<option value=${id} ?selected=${id === engine}>${label}</option>`)}
            </select>`
          : html`<p>${plan.engines[0]?.label ?? engine}</p>`
      }
    </section>
    <section aria-labelledby="params-title">
      <h2 id="params-title">${t("Parameters")}</h2>
      ${
        plan.fields.length === 0
          ? html`<p class="muted">
              ${t("This training takes none.")} <button type="button" class="link" @click=${openConfig}>${t("Open mlops.yaml")}</button>
            </p>`
          : repeat(
              plan.fields,
              ({ name }) => name,
              (field, index) => renderField(field, index, form, isBusy, change),
            )
      }
    </section>
    ${
      plan.consents.length === 0
        ? nothing
        : html`<section aria-labelledby="consents-title">
            <h2 id="consents-title">${t("Your consent")}</h2>
            ${plan.consents.map(
              ({ id, question }) =>
                html`<label class="consent"
                  ><input
                    type="checkbox"
                    ?disabled=${isBusy}
                    .checked=${live(form.consents.includes(id))}
                    @change=${(event: Event) => change(withConsent(form, id, (event.target as HTMLInputElement).checked))}
                  /><span>${question}</span></label
                >`,
            )}
          </section>`
    }
  </form>`;
}

function renderField(
  field: RetrainField,
  index: number,
  form: RetrainForm,
  isBusy: boolean,
  change: (form: RetrainForm) => void,
): TemplateResult {
  const shown = shownValue(field, form);
  const id = `field-${String(index)}`;
  const isOwn = form.params[field.name] !== undefined && form.params[field.name] !== field.fallback;
  const isChanged = differs(field, shown);
  const set = (value: string): void => change(withParam(form, field.name, value));
  return html`<div class="field ${field.fault === null ? "" : "bad"}">
    <div class="field-head">
      <label for=${id}>${field.name}${field.isRequired ? html`<span class="muted" aria-hidden="true"> *</span>` : nothing}</label>
      ${isChanged ? html`<span class="changed">${t("changed")}</span>` : nothing}
      ${field.before === null ? nothing : html`<span class="before" title=${t("Of the last training")}>${t("last: {0}", field.before)}</span>`}
      <button
        type="button"
        class="tool reset"
        title=${t("Reset {0} to {1}", field.name, field.fallback ?? t("nothing"))}
        aria-label=${t("Reset {0}", field.name)}
        ?hidden=${!isOwn}
        ?disabled=${isBusy}
        @click=${() => change(withParam(form, field.name, null))}
      >
        ${icon("discard")}
      </button>
    </div>
    ${renderControl(field, id, shown, isBusy, set)}
    ${
      field.fault === null
        ? field.hint === ""
          ? html`<p class="hint" id="${id}-hint">${t("From {0}", field.source)}</p>`
          : html`<p class="hint" id="${id}-hint">${field.hint} ${t("From {0}", field.source)}.</p>`
        : html`<p class="fault" id="${id}-hint">${icon("error")}<span>${field.fault}</span></p>`
    }
  </div>`;
}

function renderControl(
  { kind, options, fault, isRequired, fallback }: RetrainField,
  id: string,
  shown: string,
  isBusy: boolean,
  set: (value: string) => void,
): TemplateResult {
  const choices = kind === "boolean" ? ["true", "false"] : kind === "choice" ? options : [];
  const invalid = fault === null ? "false" : "true";
  if (choices.length > 0) {
    const isOther = !choices.includes(shown);
    return html`<select
      id=${id}
      aria-describedby="${id}-hint"
      aria-invalid=${invalid}
      ?disabled=${isBusy}
      .value=${live(shown)}
      @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}
    >
      ${isOther ? html`<option value=${shown} selected>${shown === "" ? t("choose…") : shown}</option>` : nothing}
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === shown}>${choice}</option>`)}
    </select>`;
  }
  return html`<input
    id=${id}
    type="text"
    inputmode=${kind === "integer" ? "numeric" : kind === "number" ? "decimal" : "text"}
    autocomplete="off"
    spellcheck="false"
    aria-describedby="${id}-hint"
    aria-invalid=${invalid}
    aria-required=${String(isRequired)}
    placeholder=${fallback ?? ""}
    ?readonly=${isBusy}
    .value=${live(shown)}
    @input=${(event: Event) => set((event.target as HTMLInputElement).value)}
  />`;
}
