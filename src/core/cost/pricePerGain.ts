/** By which a KPI is better; the price is that of one such step. */
const GAIN_STEP = 0.01;

export interface PricedValue {
  /** What the run cost; null where no price is known. */
  readonly amount: number | null;
  /** Of the KPI. */
  readonly value: number | null;
}

/**
 * What a run cost more than the baseline for each 0.01 by which its KPI is better; below zero where it is better and cheaper.
 * @param direction whether more of the KPI is better.
 * @returns null where a price or a value is missing, or the KPI is not better: nothing was bought then.
 */
export function pricePerGain(run: PricedValue, baseline: PricedValue, direction: "up" | "down"): number | null {
  if (run.amount === null || baseline.amount === null || run.value === null || baseline.value === null) {
    return null;
  }
  const gain = direction === "up" ? run.value - baseline.value : baseline.value - run.value;
  const price = (run.amount - baseline.amount) / (gain / GAIN_STEP);
  return gain > 0 && Number.isFinite(price) ? price : null;
}
