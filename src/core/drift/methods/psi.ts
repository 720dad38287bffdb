import { psiContributions } from "../binning";
import { binnedMethod } from "../statistics/defineMethod";

/** Population stability index Σ (p − q)·ln(p / q) over Evidently's bins, with its filling of empty ones. */
export const psi = binnedMethod(
  { id: "psi", label: "Population stability index (equal-width bins)", result: "distance", threshold: 0.1, driftsAt: ">=" },
  (bins) => psiContributions(bins).reduce((sum, part) => sum + part, 0),
);
