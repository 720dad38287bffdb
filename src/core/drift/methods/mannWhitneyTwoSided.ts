import { numericMethod } from "../statistics/defineMethod";
import { mannWhitneyTail } from "../statistics/mannWhitneyTail";

/** Mann–Whitney test that sees moves up and down. */
export const mannWhitneyTwoSided = numericMethod(
  { id: "mannw_two_sided", label: "Mann–Whitney test", result: "p-value", threshold: 0.05, driftsAt: "<", effect: "wasserstein" },
  (reference, current) => mannWhitneyTail(reference, current, "either"),
);
