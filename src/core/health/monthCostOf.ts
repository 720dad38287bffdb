import { chargeRuns } from "../cost/chargedTime";
import type { CostedRun } from "../cost/costedRun";
import { type MonthCost, noCost } from "../cost/costSummary";
import type { MonthClock } from "../cost/monthClock";
import { parseBudget } from "../cost/parseBudget";
import { sumCosts } from "../cost/sumCosts";
import type { Policy } from "../config/policy";
import type { Product } from "../config/product";

/**
 * What the runs of one product cost this month; null without prices, and for a product that never had a run: a zero would look like a fact.
 * @param runs deleted ones included, with the machine that each ran on. @param now milliseconds since 1970.
 */
export function monthCostOf(
  runs: readonly CostedRun[],
  product: Product,
  policy: Pick<Policy, "prices">,
  { clock, now }: { readonly clock: MonthClock; readonly now: number },
): MonthCost | null {
  const { currency, instances } = policy.prices;
  if (currency === null || instances.size === 0 || runs.length === 0) {
    return null;
  }
  const { month, from } = clock.monthOf(now);
  const budget = parseBudget(product.cost?.budget);
  const inMonth = runs.filter(({ startedAt, endedAt }) => endedAt === null || endedAt >= from || (startedAt ?? 0) >= from);
  const [group] = sumCosts(chargeRuns(inMonth, clock, now), () => ({ key: null, label: "" }), {
    prices: policy,
    clock,
    now,
    budgetOf: () => budget,
  });
  return (
    group?.months.find((one) => one.month === month) ?? {
      ...{ ...noCost(currency), month, forecast: null },
      budget: budget?.currency === currency ? budget.amount : null,
    }
  );
}
