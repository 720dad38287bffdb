import type { RetrainField, RetrainForm } from "../../src/protocol/retrain";

export const EMPTY_FORM: RetrainForm = { engine: null, params: {}, consents: [], againBecause: null };

/** The form that a target of the host holds; an empty one for a job. */
export function formOfTarget(target: unknown): RetrainForm {
  const form = typeof target === "object" && target !== null && "form" in target ? target.form : null;
  return typeof form === "object" && form !== null && "params" in form ? { ...EMPTY_FORM, ...(form as Partial<RetrainForm>) } : EMPTY_FORM;
}

/** What a field shows: as typed, else what holds without a person's say. */
export function shownValue(field: RetrainField, form: RetrainForm): string {
  return form.params[field.name] ?? field.fallback ?? field.value;
}

/** Whether a value differs from that of the last training; "0.10" is 0.1. */
export function differs(field: RetrainField, shown: string): boolean {
  const { before, kind } = field;
  if (before === null || shown === "") {
    return false;
  }
  const isNumber = kind === "number" || kind === "integer";
  return isNumber && Number.isFinite(Number(shown)) && before.trim() !== "" ? Number(shown) !== Number(before) : shown.trim() !== before;
}

export function withParam(form: RetrainForm, name: string, value: string | null): RetrainForm {
  const params = Object.fromEntries(Object.entries(form.params).filter(([other]) => other !== name));
  return { ...form, params: value === null ? params : { ...params, [name]: value } };
}

export function withConsent(form: RetrainForm, id: string, isGiven: boolean): RetrainForm {
  const others = form.consents.filter((other) => other !== id);
  return { ...form, consents: isGiven ? [...others, id] : others };
}
