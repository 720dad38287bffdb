/** Money of a set of runs. Amounts are in the policy's currency; runs without a price are counted, never taken as free. */
export interface CostSum {
  readonly amount: number;
  readonly currency: string | null;
  readonly runs: number;
  readonly hours: number;
  /** Runs of which nobody knows the price. */
  readonly unpricedRuns: number;
  readonly unpricedHours: number;
  /** Of the runs, those that were deleted since, and their part of hours and amount. */
  readonly deletedRuns: number;
  readonly deletedHours: number;
  readonly deletedAmount: number;
}

/** Of no run at all. */
export function noCost(currency: string | null): CostSum {
  return { amount: 0, currency, runs: 0, hours: 0, unpricedRuns: 0, unpricedHours: 0, deletedRuns: 0, deletedHours: 0, deletedAmount: 0 };
}

/** What one product, model, experiment or person cost in a month. */
export interface MonthCost extends CostSum {
  /** YYYY-MM in the user's time zone. */
  readonly month: string;
  /** `cost.budget` of the product a month, in the same currency; null where there is none or it is in another. */
  readonly budget: number | null;
  /** What the whole month will cost at this pace; null for a month that is over, or too young to tell. */
  readonly forecast: number | null;
}

/** Runs that made what another had made already. */
export interface WasteGroup {
  readonly kind: "redundant" | "long_failure" | "no_result" | "dead";
  /** One sentence: why it counts as waste. */
  readonly reason: string;
  /** What to do, one sentence. */
  readonly remedy: string;
  /** The first, which is no waste, then the others; for other kinds than `redundant` all are waste. */
  readonly runs: readonly { readonly storeId: string; readonly runId: string; readonly name: string }[];
  /** Runs of the group beside those that are named. */
  readonly moreRuns: number;
  readonly waste: CostSum;
}

export interface WasteReport {
  /** The dearest first. */
  readonly groups: readonly WasteGroup[];
  /** Groups beside those that are listed; the total counts them. */
  readonly moreGroups: number;
  readonly total: CostSum;
  /** Runs of which nobody can tell whether they repeated another, with the reason counted. */
  readonly cannotTell: readonly { readonly why: string; readonly runs: number }[];
}
