import type { RISK_FIELD } from "../config/schema/aiActFields";
import type { PERSONAL_DATA_FIELD } from "../config/schema/gdprFields";
import type { Choice } from "./newModelQuestion";

/** Most people do not know the law's words, so each answer says what it is about; the least is never the first that is offered. */
const RISKS: Readonly<Record<keyof typeof RISK_FIELD.choices, readonly [label: string, article: string]>> = {
  unsure: ["Unsure", "AI Act Art. 6"],
  minimal: ["Minimal", "AI Act Art. 95"],
  limited: ["Limited", "AI Act Art. 50"],
  high: ["High", "AI Act Art. 6, Annex III"],
  prohibited: ["Prohibited", "AI Act Art. 5"],
};

const RISK_DETAILS: Readonly<Record<keyof typeof RISKS, string>> = {
  unsure: "Nobody has decided yet; lint keeps it as an open point and never takes it for no.",
  minimal: "None of the others fits, for example a forecast of sales or a spam filter.",
  limited: "It talks to people, or makes or changes text, images, sound or video.",
  high: "It helps decide on people (work, school, credit, police) or keeps products safe.",
  prohibited: "It manipulates people, scores social behaviour, or does another banned thing.",
};

export const AI_ACT_PLAIN_RISKS: readonly Choice[] = (Object.keys(RISKS) as (keyof typeof RISKS)[]).map((value) => ({
  value,
  label: RISKS[value][0],
  description: RISKS[value][1],
  detail: RISK_DETAILS[value],
}));

const PERSONAL: Readonly<Record<keyof typeof PERSONAL_DATA_FIELD.choices, string>> = {
  unsure: "Nobody has decided yet; lint keeps it as an open point and never takes it for no.",
  yes: "Names, numbers of customers, places, faces: also where numbers stand for names.",
  no: "Nothing can be traced to a person, also not by joining other data.",
};

export const PLAIN_PERSONAL_DATA: readonly Choice[] = (Object.keys(PERSONAL) as (keyof typeof PERSONAL)[]).map((value) => ({
  value,
  label: value.slice(0, 1).toUpperCase() + value.slice(1),
  description: "GDPR Art. 4(1)",
  detail: PERSONAL[value],
}));
