import { sharesOf } from "../binning";
import { categoryMethod } from "../statistics/defineMethod";

/**
 * Total variation distance ½·Σ |p − q|: the share of rows that changed their category. Evidently shows a p-value of 1000 seeded
 * permutations in its place; the distance itself is what a person can read.
 */
export const totalVariation = categoryMethod(
  { id: "tvd", label: "Total variation distance", result: "distance", threshold: 0.1, driftsAt: ">=" },
  ({ reference, current }) => {
    const q = sharesOf(current);
    return sharesOf(reference).reduce((sum, share, i) => sum + Math.abs(share - (q[i] ?? 0)), 0) / 2;
  },
);
