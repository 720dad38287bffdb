import { filledShares } from "../binning";
import { binnedMethod } from "../statistics/defineMethod";

/** Kullback–Leibler divergence of the current shares from the reference: Σ p·ln(p / q), shares filled as for PSI and then scaled to 1. */
export const klDivergence = binnedMethod(
  { id: "kl_div", label: "Kullback–Leibler divergence", result: "distance", threshold: 0.1, driftsAt: ">=" },
  (bins) => {
    const [p, q] = filledShares(bins);
    const total = p.reduce((sum, share) => sum + share, 0);
    const otherTotal = q.reduce((sum, share) => sum + share, 0);
    // Never below 0, save for rounding.
    return Math.max(
      0,
      p.reduce((sum, share, i) => sum + (share / total) * Math.log(share / total / ((q[i] ?? 0) / otherTotal)), 0),
    );
  },
);
