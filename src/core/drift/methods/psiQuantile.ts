import { psiContributions, quantileBins } from "../binning";
import { binnedMethod } from "../statistics/defineMethod";

const BINS = 10;

/**
 * Population stability index over ten bins of reference quantiles with open ends, which one outlier cannot stretch; over the values of
 * categories. The usual reading: below 0.1 stable, from 0.25 a major change (Siddiqi, "Credit risk scorecards", 2006).
 */
export const psiQuantile = binnedMethod(
  { id: "psi_quantile", label: "Population stability index", result: "distance", threshold: 0.1, driftsAt: ">=" },
  (bins) => psiContributions(bins).reduce((sum, part) => sum + part, 0),
  (reference, current) => quantileBins(reference, current, BINS),
);
