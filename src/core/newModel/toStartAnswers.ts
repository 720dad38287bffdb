import type { TextRange } from "../base/textEdit";
import { RISK_FIELD } from "../config/schema/aiActFields";
import { PERSONAL_DATA_FIELD } from "../config/schema/gdprFields";
import type { StartAnswers } from "../config/startFile";
import type { NewModelDraft } from "./newModelQuestion";

/** The answers as the first file of a model wants them. What is decided later is left out and becomes a place to fill in. */
export function toStartAnswers(draft: NewModelDraft): StartAnswers {
  const { name, purpose, owner, pipeline, data, kpi, target, alert, review } = draft;
  return {
    name: name ?? "TODO",
    ...given("purpose", purpose),
    ...given("owner", owner),
    risk: oneOf(draft.risk, RISK_FIELD.choices),
    personalData: oneOf(draft.personalData, PERSONAL_DATA_FIELD.choices),
    ...given("pipeline", pipeline),
    ...given("trainingData", data),
    ...(typeof kpi === "string" ? { kpi: { name: kpi, target: target ?? "TODO" } } : {}),
    // Who leaves this open does not mean the owner, whom the file would take otherwise.
    alert: alert ?? "TODO",
    reviewEvery: review ?? "TODO",
  };
}

function given<K extends string>(key: K, value: string | null | undefined): Partial<Record<K, string>> {
  return typeof value === "string" ? ({ [key]: value.trim() } as Record<K, string>) : {};
}

/** Anything else than a known answer is none. */
function oneOf<T extends string>(answer: string | null | undefined, choices: Readonly<Record<T, string>>): T | "unsure" {
  return typeof answer === "string" && Object.hasOwn(choices, answer) ? (answer as T) : "unsure";
}

/** Where the person goes on: the first place to fill in, else the first open question; null where all is said. */
export function firstOpenPlace(text: string): TextRange | null {
  const found = /(?<=^(?!name:)[^\n#]*: )TODO\b/m.exec(text) ?? /(?<=: )unsure\b/.exec(text);
  return found === null ? null : { start: found.index, end: found.index + found[0].length };
}
