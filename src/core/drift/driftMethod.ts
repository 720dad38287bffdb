import type { ColumnSample } from "./sample";

/** Evidently's names where Evidently has the method. */
export type DriftMethodId =
  | "psi"
  /** Population stability index over ten bins of reference quantiles with open ends: our own default beside it. */
  | "psi_quantile"
  | "kl_div"
  | "jensenshannon"
  | "hellinger"
  | "wasserstein"
  | "ed"
  | "ks"
  | "cramer_von_mises"
  | "anderson"
  | "es"
  | "mannw"
  | "mannw_two_sided"
  | "t_test"
  | "welch_t"
  | "chisquare"
  | "g_test"
  | "z"
  | "fisher_exact"
  | "tvd"
  | "l_infinity"
  | "cramers_v";

/** A score is a number, or it cannot be computed, for a reason that a person understands. Never NaN, never infinite. */
export type Score = { readonly score: number } | { readonly score: null; readonly reason: string };

/** One way to measure how far two samples differ. */
export interface DriftMethod {
  readonly id: DriftMethodId;
  /** As people call it, "Population stability index". */
  readonly label: string;
  /** Of a distance more is worse; of a p-value less is. */
  readonly result: "distance" | "p-value";
  readonly appliesTo: readonly ("num" | "cat")[];
  readonly threshold: number;
  /** When a score has drifted: `score ≥ threshold` and so on, exactly as the reference tool compares. */
  readonly driftsAt: ">=" | ">" | "<=" | "<";
  /** The effect size that belongs beside a p-value of this method. */
  readonly effect?: DriftMethodId | undefined;
  /** Both samples are of the same kind; either may be empty, constant, or hold what the other lacks. */
  compute(reference: ColumnSample, current: ColumnSample): Score;
}
