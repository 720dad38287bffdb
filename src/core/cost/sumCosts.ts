import type { ChargedRun } from "./chargedTime";
import { CostAdder, type Prices } from "./costAdder";
import type { CostedRun } from "./costedRun";
import type { CostSum, MonthCost } from "./costSummary";
import type { MonthClock } from "./monthClock";
import type { MonthBudget } from "./parseBudget";

/** Less than this of a month does not tell how it goes on. */
const YOUNG_MS = 3 * 86_400_000;

/** What belongs together, e.g. all runs of a person. */
export interface CostKey {
  /** Null for what belongs nowhere, e.g. runs of no product. */
  readonly key: string | null;
  /** For people. */
  readonly label: string;
}

export interface CostGroup extends CostKey {
  /** Over all months. */
  readonly total: CostSum;
  /** The newest first; months without a run are absent. */
  readonly months: readonly MonthCost[];
}

export interface SumOptions {
  readonly prices: Prices;
  readonly clock: MonthClock;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** `cost.budget` of what the key names; null where there is none. */
  readonly budgetOf: (key: string | null) => MonthBudget | null;
}

interface Cell {
  readonly label: string;
  readonly total: CostAdder;
  readonly months: Map<string, CostAdder>;
}

/**
 * Money of runs by key and month; the dearest first. A run over the end of a month counts in both, with the hours of each: the months add up
 * to the total in hours and money, not in runs.
 */
export function sumCosts(runs: readonly ChargedRun[], keyOf: (run: CostedRun) => CostKey, options: SumOptions): readonly CostGroup[] {
  const cells = new Map<string | null, Cell>();
  for (const charged of runs) {
    const { key, label } = keyOf(charged.run);
    let cell = cells.get(key);
    if (cell === undefined) {
      cell = { label, total: new CostAdder(), months: new Map() };
      cells.set(key, cell);
    }
    addRun(charged, cell, options.clock);
  }
  return [...cells]
    .map(([key, cell]) => toGroup(key, cell, options))
    .sort((a, b) => b.total.amount - a.total.amount || b.total.hours - a.total.hours || compareTexts(a.key ?? "", b.key ?? ""));
}

function addRun({ run, ms, parts }: ChargedRun, { total, months }: Cell, clock: MonthClock): void {
  total.add(run, ms);
  if (parts.length > 0) {
    for (const part of parts) {
      adderOf(months, part.month).add(run, part.ms);
    }
  } else if (run.startedAt !== null) {
    adderOf(months, clock.monthOf(run.startedAt).month).add(run, ms);
  }
}

function adderOf(months: Map<string, CostAdder>, month: string): CostAdder {
  let adder = months.get(month);
  if (adder === undefined) {
    adder = new CostAdder();
    months.set(month, adder);
  }
  return adder;
}

function toGroup(key: string | null, { label, total, months }: Cell, options: SumOptions): CostGroup {
  const { prices, budgetOf } = options;
  const budget = budgetOf(key);
  const inCurrency = budget !== null && budget.currency === prices.prices.currency ? budget.amount : null;
  return {
    ...{ key, label, total: total.sum(prices) },
    months: [...months]
      .sort(([a], [b]) => compareTexts(b, a))
      .map(([month, adder]) => {
        const sum = adder.sum(prices);
        return { ...sum, month, budget: inCurrency, forecast: forecastOf(month, sum, options) };
      }),
  };
}

/** At the pace of the month so far. Null for another month, for one that is younger than three days, and where nothing has a price. */
function forecastOf(month: string, { amount, runs, unpricedRuns }: CostSum, { clock, now }: SumOptions): number | null {
  const current = clock.monthOf(now);
  return month !== current.month || now - current.from < YOUNG_MS || unpricedRuns === runs
    ? null
    : (amount / (now - current.from)) * (current.to - current.from);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
