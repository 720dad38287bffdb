import { sharesOf, type Bins } from "../binning";
import { binnedMethod } from "../statistics/defineMethod";

/** Jensen–Shannon distance with natural logarithms: 0 to √ln 2, which is 0.83. Empty bins stay empty. */
export const jensenShannon = binnedMethod(
  { id: "jensenshannon", label: "Jensen–Shannon distance", result: "distance", threshold: 0.1, driftsAt: ">=" },
  jensenShannonDistance,
);

/** √(½·KL(p‖m) + ½·KL(q‖m)) with m = (p + q) / 2, for shares p and q of both sides (Endres and Schindelin 2003). */
export function jensenShannonDistance(bins: Bins): number {
  const p = sharesOf(bins.reference);
  const q = sharesOf(bins.current);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const left = p[i] ?? 0;
    const right = q[i] ?? 0;
    const middle = (left + right) / 2;
    sum += (left > 0 ? left * Math.log(left / middle) : 0) + (right > 0 ? right * Math.log(right / middle) : 0);
  }
  return Math.sqrt(Math.max(0, sum) / 2);
}
