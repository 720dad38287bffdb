import { numericMethod } from "../statistics/defineMethod";
import { mannWhitneyTail } from "../statistics/mannWhitneyTail";

/** One-sided Mann–Whitney test, as Evidently asks it: it sees only that current values are larger. */
export const mannWhitneyUpward = numericMethod(
  { id: "mannw", label: "Mann–Whitney test (upward moves only)", result: "p-value", threshold: 0.05, driftsAt: "<", effect: "wasserstein" },
  (reference, current) => mannWhitneyTail(reference, current, "larger"),
);
