import type { Question } from "../newModel/newModelQuestion";

/** The eight questions; what else is asked follows from an answer. */
export type RiskQuestionId =
  | "purpose"
  | "role"
  | "banned"
  | "areas"
  | "product"
  | "profiling"
  | "exception"
  | "told"
  // Follow-ups.
  | "bannedWhy"
  | "bannedBy"
  | "law"
  | "safety"
  | "assessed"
  | "risk";

/** Null where the person decides later. A list for questions of which several answers may be true; an empty one means none of them. */
export type RiskDraft = Readonly<Partial<Record<RiskQuestionId, string | readonly string[] | null>>>;

export interface RiskQuestion extends Omit<Question, "id"> {
  readonly id: RiskQuestionId;
  /** Several answers may be true. Choosing none of them is an entry of its own, because silence is no answer. */
  readonly many: boolean;
}

/** Marks, among the choices of a question with several answers, what cannot be true with any other. */
export const NONE_OF_THESE = "none";

/** The answers of a question with several; null where it is open. */
export function listOf(draft: RiskDraft, id: RiskQuestionId): readonly string[] | null {
  const answer = draft[id];
  return typeof answer === "string" || answer === undefined ? null : answer;
}
