import type { Product } from "../config/product";
import { isMissing } from "../config/placeholder";
import { TOLD_USES } from "./riskQuestions";
import type { RiskDraft, RiskQuestionId } from "./riskQuestion";

/** What the file has answered already, so that whoever comes back changes only what is new. An open point is left out. */
export function riskDraftOf({ purpose, risk, tags = [], ai_act: act }: Product): RiskDraft {
  const check = act?.prohibited_check;
  const answers = Object.entries(check?.answers ?? {});
  const banned = answers.filter(([, answer]) => answer === "yes").map(([use]) => use);
  const law = act?.annex_i?.law;
  const isNoProduct = law?.trim().toLowerCase() === "none";
  const told = Object.keys(TOLD_USES).filter((use) => tags.includes(use));
  const draft: Readonly<Record<RiskQuestionId, string | readonly string[] | undefined>> = {
    purpose: given(purpose),
    role: act?.role === "unsure" ? undefined : act?.role,
    banned: banned.length > 0 ? banned : check?.answer === "no" && !answers.some(([, answer]) => answer === "unsure") ? [] : undefined,
    bannedWhy: given(check?.reason),
    bannedBy: given(check?.by),
    areas: act?.annex_iii?.filter((point) => point !== undefined),
    product: law === undefined ? undefined : isNoProduct ? "no" : "yes",
    law: isNoProduct ? undefined : given(law),
    safety: yesNo(act?.annex_i?.safety_component),
    assessed: yesNo(act?.annex_i?.third_party_assessment),
    profiling: yesNo(act?.profiling),
    exception: act?.exception?.ground,
    told: told.length > 0 ? told : undefined,
    risk,
  };
  return Object.fromEntries(Object.entries(draft).filter(([, answer]) => answer !== undefined));
}

function given(text: string | undefined): string | undefined {
  return text === undefined || isMissing(text, "staging") ? undefined : text;
}

function yesNo(answer: boolean | undefined): string | undefined {
  return answer === undefined ? undefined : answer ? "yes" : "no";
}
