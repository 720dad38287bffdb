import type { RISK_FIELD } from "../config/schema/aiActFields";
import { listOf, type RiskDraft, type RiskQuestionId } from "./riskQuestion";

export interface RiskClass {
  readonly risk: keyof typeof RISK_FIELD.choices;
  /** The answer that decides, as a sentence. */
  readonly why: string;
}

/** Answers without which no class can be told, in the words of a sentence. */
const NEEDED: readonly (readonly [id: RiskQuestionId, words: string])[] = [
  ["banned", "whether it does anything that Art. 5 bans"],
  ["areas", "in which area of Annex III it works"],
  ["product", "whether it is part of a product of Annex I"],
  ["told", "whether people talk to it or see what it makes"],
];

/**
 * The class that follows from the answers, by AI Act Art. 5, 6 and 50. It is a proposal: an open answer makes it unsure, never lower, and a
 * person chooses what is written.
 */
export function riskClassOf(draft: RiskDraft): RiskClass {
  if ((listOf(draft, "banned") ?? []).length > 0) {
    return { risk: "prohibited", why: "It does something that Art. 5 bans." };
  }
  const areas = listOf(draft, "areas") ?? [];
  if (areas.length > 0 && !isExcepted(draft)) {
    const why = draft.profiling === "yes" ? "It profiles people, so that no exception is open." : "No exception is claimed.";
    return { risk: "high", why: `It works in an area of Annex III (${areas.join(", ")}). ${why}` };
  }
  const isProduct = draft.product === "yes";
  if (isProduct && draft.safety === "yes" && draft.assessed === "yes") {
    return { risk: "high", why: "It is a safety part of a product of Annex I that a body from outside assesses." };
  }
  const open = NEEDED.filter(([id]) => draft[id] === null || draft[id] === undefined);
  const halves = isProduct && draft.safety !== "no" && draft.assessed !== "no";
  const [first] = open;
  if (first !== undefined || halves) {
    return { risk: "unsure", why: `Not said ${first?.[1] ?? "whether it is a safety part that a body from outside assesses"}.` };
  }
  return (listOf(draft, "told") ?? []).length > 0
    ? { risk: "limited", why: "People talk to it or see what it makes, so that they have to be told." }
    : { risk: "minimal", why: "None of the others fits." };
}

/** An exception needs a ground, and is never open to a model that profiles, nor while nobody has said that it does not. */
export function isExcepted({ exception, profiling }: RiskDraft): boolean {
  return typeof exception === "string" && exception !== "none" && profiling === "no";
}
