import { isHeld } from "../../lint/person";
import type { ReportFacts } from "../report/reportFacts";

/**
 * Why compliance and data protection should be asked now, while the model is being made and answers are cheap; null where they were, or where the file says
 * that there is nothing to ask.
 */
export function earlyHint({ product, register }: Pick<ReportFacts, "product" | "register">): string | null {
  const { risk, personal_data: personal, roles, stage } = product;
  const reasons = [
    risk === "high" ? "the risk is high" : risk === undefined || risk === "unsure" ? "the risk class is not decided" : null,
    personal === "yes"
      ? "it uses personal data"
      : personal === undefined || personal === "unsure"
        ? "whether it uses personal data is not decided"
        : null,
  ].filter((reason) => reason !== null);
  const early = register.needed.filter(({ subject }) => subject === "early");
  const isAsked =
    early.length > 0
      ? early.every(({ isMet }) => isMet)
      : register.all.some(({ subject, state }) => subject === "early" && state === "given");
  if (stage === "retired" || reasons.length === 0 || isAsked) {
    return null;
  }
  const nobody = (["compliance", "dpo"] as const).filter(
    (role) => !isHeld(roles?.[role]) && (role === "compliance" || roles?.dpo?.not_needed === undefined),
  );
  const who = nobody.length === 0 ? "" : ` Nobody is named at ${nobody.map((role) => `roles.${role}`).join(" and ")} yet.`;
  return `Ask compliance and data protection now: ${reasons.join(", and ")}. What they find late is expensive to change.${who}`;
}
