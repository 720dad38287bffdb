import type { DriftMethod, DriftMethodId } from "./driftMethod";
import { andersonDarling } from "./methods/andersonDarling";
import { chiSquare } from "./methods/chiSquare";
import { cramersV } from "./methods/cramersV";
import { cramerVonMises } from "./methods/cramerVonMises";
import { energyDistance } from "./methods/energyDistance";
import { eppsSingleton } from "./methods/eppsSingleton";
import { fisherExact } from "./methods/fisherExact";
import { gTest } from "./methods/gTest";
import { hellinger } from "./methods/hellinger";
import { jensenShannon } from "./methods/jensenShannon";
import { klDivergence } from "./methods/klDivergence";
import { kolmogorovSmirnov } from "./methods/kolmogorovSmirnov";
import { largestShift } from "./methods/largestShift";
import { mannWhitneyTwoSided } from "./methods/mannWhitneyTwoSided";
import { mannWhitneyUpward } from "./methods/mannWhitneyUpward";
import { proportionZ } from "./methods/proportionZ";
import { psi } from "./methods/psi";
import { psiQuantile } from "./methods/psiQuantile";
import { studentT } from "./methods/studentT";
import { totalVariation } from "./methods/totalVariation";
import { wasserstein } from "./methods/wasserstein";
import { welchT } from "./methods/welchT";

/** Typed by id, so that none can be forgotten. Evidently's `empirical_mmd` is left out: it permutes without a seed and holds n² numbers. */
const BY_ID: Readonly<Record<DriftMethodId, DriftMethod>> = {
  psi_quantile: psiQuantile,
  psi,
  wasserstein,
  jensenshannon: jensenShannon,
  hellinger,
  kl_div: klDivergence,
  ed: energyDistance,
  ks: kolmogorovSmirnov,
  cramer_von_mises: cramerVonMises,
  anderson: andersonDarling,
  es: eppsSingleton,
  mannw_two_sided: mannWhitneyTwoSided,
  mannw: mannWhitneyUpward,
  welch_t: welchT,
  t_test: studentT,
  chisquare: chiSquare,
  g_test: gTest,
  z: proportionZ,
  fisher_exact: fisherExact,
  tvd: totalVariation,
  l_infinity: largestShift,
  cramers_v: cramersV,
};

/** Every method, distances first. */
export const DRIFT_METHODS: readonly DriftMethod[] = Object.values(BY_ID);

export function driftMethod(id: DriftMethodId): DriftMethod {
  return BY_ID[id];
}
