import type { Product } from "../config/product";
import type { ANNEX_III_POINTS } from "../config/schema/aiActFields";
import { isPlaceholder } from "../config/placeholder";

type AnnexIiiPoint = keyof typeof ANNEX_III_POINTS;

export function isHighRisk(product: Product): boolean {
  return product.risk === "high";
}

/**
 * The points of Annex III in which the model works. Finding fraud is left out of credit scoring (5b) by the law itself, so that a model
 * whose only purpose is that does not count.
 */
export function annexIiiPoints(product: Product): readonly AnnexIiiPoint[] {
  const points = (product.ai_act?.annex_iii ?? []).filter((point) => point !== undefined);
  const purpose = product.purpose ?? "";
  const onlyFraud =
    /fraud|betrug|fraude|frode|oszust|bedr[äa]geri/i.test(purpose) && !/credit|kredit|crédit|crédito|solvab|scor/i.test(purpose);
  return onlyFraud ? points.filter((point) => point !== "5b") : points;
}

/**
 * Whether the model is a safety part of a product of Annex I that a body from outside must assess. Both halves of Art. 6(1) are needed; while
 * one of them is not said, nobody can tell.
 */
export function annexI(product: Product): "yes" | "no" | "unknown" {
  const { law, safety_component: safety, third_party_assessment: assessed } = product.ai_act?.annex_i ?? {};
  if (law === undefined || law.trim().toLowerCase() === "none" || isPlaceholder(law) || safety === false || assessed === false) {
    return "no";
  }
  return safety === true && assessed === true ? "yes" : "unknown";
}

/** The id in the calendar of the day on which the duties for this high-risk model begin. */
export function highRiskDuty(product: Product): string {
  return annexI(product) !== "no" && annexIiiPoints(product).length === 0 ? "high-risk-annex-i" : "high-risk-annex-iii";
}
