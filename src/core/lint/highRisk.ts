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

/** Whether the model is in a product of Annex I that a body from outside must assess; both halves of Art. 6(1) are needed. */
export function isAnnexI(product: Product): boolean {
  const { law, safety_component: safety, third_party_assessment: assessed } = product.ai_act?.annex_i ?? {};
  return law !== undefined && law.trim().toLowerCase() !== "none" && !isPlaceholder(law) && safety !== false && assessed !== false;
}

/** The id in the calendar of the day on which the duties for this high-risk model begin. */
export function highRiskDuty(product: Product): string {
  return isAnnexI(product) && annexIiiPoints(product).length === 0 ? "high-risk-annex-i" : "high-risk-annex-iii";
}
