import { ownValue } from "../base/ownValue";
import { findSecrets } from "../lint/secrets";
import { pythonListText } from "./listText";
import type { ParamField } from "./paramField";
import type { PlanParam } from "./retrainPlan";
import type { ParamValue } from "./trainSpec";

/**
 * Fields with the values that are sent, beside those of the last training. A field without a value is left out, unless it needs one.
 * @param before as the last run has them; empty where there is none.
 */
export function planParams(
  fields: readonly ParamField[],
  values: ReadonlyMap<string, ParamValue>,
  before: Readonly<Record<string, string>>,
): readonly PlanParam[] {
  return fields.flatMap((field): readonly PlanParam[] => {
    const value = values.get(field.name) ?? (field.required ? "" : null);
    const past = ownValue(before, field.name) ?? null;
    const isSafe = past !== null && findSecrets({ [field.name]: past }).length === 0;
    const shown = !isSafe ? null : field.kind === "list" ? (pythonListText(past) ?? past) : past;
    const isChanged = value !== null && (shown === null ? value !== field.value : !isSame(shown, value));
    return value === null ? [] : [{ field: safe(field), value, before: shown, isChanged }];
  });
}

/** MLflow keeps texts, and Python writes `True` and `0.10` as it likes. */
function isSame(past: string, value: ParamValue): boolean {
  if (typeof value === "number") {
    return past.trim() !== "" && Number(past) === value;
  }
  return typeof value === "boolean" ? past.toLowerCase() === String(value) : past === value;
}

/** A secret in a file is refused, and not shown either. */
function safe(field: ParamField): ParamField {
  return findSecrets({ [field.name]: field.value }).length > 0 ? { ...field, value: null } : field;
}
