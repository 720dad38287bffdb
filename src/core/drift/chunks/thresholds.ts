/** Where alarms begin. */
export type ThresholdRule =
  /** Mean ± so many population standard deviations of the values of the reference's chunks. */
  | { readonly kind: "deviations"; readonly sigmas: number; readonly sides: "upper" | "both" }
  | { readonly kind: "constant"; readonly lower: number | null; readonly upper: number | null };

export interface Thresholds {
  readonly lower: number | null;
  readonly upper: number | null;
}

export const THREE_SIGMA_ABOVE: ThresholdRule = { kind: "deviations", sigmas: 3, sides: "upper" };
export const THREE_SIGMA_BOTH: ThresholdRule = { kind: "deviations", sigmas: 3, sides: "both" };

/**
 * Limits of a rule, kept inside of what the measure can be. Deviations need two values at least: of one chunk nobody knows how much chunks vary.
 * Source: StandardDeviationThreshold and ConstantThreshold of NannyML 0.13.1.
 */
export function thresholdsOf(
  rule: ThresholdRule,
  referenceValues: readonly number[],
  limits: { readonly lowest: number | null; readonly highest: number | null },
): Thresholds {
  if (rule.kind === "constant") {
    return { lower: rule.lower, upper: rule.upper };
  }
  const count = referenceValues.length;
  if (count < 2) {
    return { lower: null, upper: null };
  }
  const mean = referenceValues.reduce((sum, value) => sum + value, 0) / count;
  const std = Math.sqrt(referenceValues.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  const { lowest, highest } = limits;
  return {
    lower: rule.sides === "upper" ? null : Math.max(mean - rule.sigmas * std, lowest ?? -Infinity),
    upper: Math.min(mean + rule.sigmas * std, highest ?? Infinity),
  };
}

/** Strictly outside of the limits. */
export function isOutside({ lower, upper }: Thresholds, value: number): boolean {
  return (lower !== null && value < lower) || (upper !== null && value > upper);
}
