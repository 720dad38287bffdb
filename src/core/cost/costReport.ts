import type { Policy } from "../config/policy";
import { type ChargedRun, chargeRuns } from "./chargedTime";
import type { CostedProduct } from "./costedProduct";
import type { CostedRun } from "./costedRun";
import { type CostSum, noCost, type WasteReport } from "./costSummary";
import { findWaste } from "./findWaste";
import { idleReport, type IdleReport } from "./idleReport";
import { MonthClock } from "./monthClock";
import type { MonthBudget } from "./parseBudget";
import { costOf, instancePrice } from "./price";
import { type CostGroup, type CostKey, sumCosts } from "./sumCosts";

export type CostDimension = "product" | "model" | "experiment" | "person";

/** A run by its price. */
export interface DearRun {
  readonly storeId: string;
  readonly runId: string;
  readonly name: string;
  readonly experiment: string;
  readonly person: string;
  readonly config: string | null;
  readonly startedAt: number | null;
  readonly hours: number;
  readonly amount: number;
  readonly currency: string;
}

/** All that is said of the money of runs; plain data. */
export interface CostReport {
  readonly schema: 1;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** In which months begin, e.g. "Europe/Berlin". */
  readonly timeZone: string;
  /** As the policy names it; null where it names none, so that no amount means anything. */
  readonly currency: string | null;
  /** Over all runs; its months bear the budgets of all products where each has one. */
  readonly all: CostGroup;
  /** The dearest first. The key of a product is its file, of an experiment its store and name. */
  readonly by: Readonly<Record<CostDimension, readonly CostGroup[]>>;
  readonly dearest: readonly DearRun[];
  readonly waste: WasteReport;
  readonly idle: IdleReport;
  /** What is not known and why, a sentence each. */
  readonly problems: readonly string[];
}

export interface CostReportOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** @throws RangeError in `costReport` for one that nobody knows. */
  readonly timeZone: string;
  /** For names and budgets. */
  readonly products: readonly CostedProduct[];
  /** Runs that lists name at most; sums count all. Default 50. */
  readonly mostRuns?: number;
  /** YYYY-MM: dearest runs, waste and idle GPUs of runs that began in that month only. */
  readonly month?: string;
  /** What could not be read, a sentence each. */
  readonly problems?: readonly string[];
}

const MOST_RUNS = 50;

/** Sums of all runs; waste, idle GPUs and the dearest of those that nobody deleted. @param runs as `attributeRuns` gives them. */
export function costReport(runs: readonly CostedRun[], policy: Pick<Policy, "prices">, options: CostReportOptions): CostReport {
  const { now, products, month, problems = [], mostRuns = MOST_RUNS } = options;
  const clock = new MonthClock(options.timeZone);
  const prices = { prices: policy.prices };
  const budgets = new Map(products.map(({ config, budget }) => [config, budget]));
  const names = new Map(products.map(({ config, name }) => [config, name]));
  const none = (): null => null;
  const charged = chargeRuns(runs, clock, now);
  const sum = (keyOf: (run: CostedRun) => CostKey, budgetOf: (key: string | null) => MonthBudget | null = none): readonly CostGroup[] =>
    sumCosts(charged, keyOf, { prices, clock, now, budgetOf });
  const total = joined(products, policy.prices.currency);
  const [all = nothing(policy.prices.currency)] = sum(
    () => ({ key: null, label: "All runs" }),
    () => total,
  );
  const isChosen = ({ startedAt, isDeleted }: CostedRun): boolean =>
    // Whoever deleted a run has judged it already, and nobody can look at it here.
    !isDeleted && (month === undefined || (startedAt !== null && clock.monthOf(startedAt).month === month));
  const chosen = charged.filter(({ run }) => isChosen(run));
  return {
    ...{ schema: 1, at: now, timeZone: options.timeZone, currency: policy.prices.currency, all },
    by: {
      product: sum(
        ({ config }) => ({ key: config, label: config === null ? "No product" : (names.get(config) ?? config) }),
        (key) => budgets.get(key ?? "") ?? null,
      ),
      model: sum(({ model }) => ({ key: model, label: model ?? "No registered model" })),
      experiment: sum(({ storeId, experiment }) => ({ key: `${storeId} ${experiment}`, label: experiment })),
      person: sum(({ person }) => (person === "" ? { key: null, label: "Nobody named" } : { key: person, label: person })),
    },
    dearest: dearestOf(chosen, policy, mostRuns),
    waste: findWaste(chosen, { prices, now, mostRuns }),
    idle: idleReport(
      chosen.map(({ run }) => run),
      prices,
      now,
      mostRuns,
    ),
    problems: [...problems, ...priceProblems(runs, all.total, policy), ...budgetProblems(products, policy.prices.currency)],
  };
}

function nothing(currency: string | null): CostGroup {
  return { key: null, label: "All runs", total: noCost(currency), months: [] };
}

/** All budgets together; null where a product has none. */
function joined(products: readonly CostedProduct[], currency: string | null): MonthBudget | null {
  return currency === null || products.length === 0 || products.some(({ budget }) => budget?.currency !== currency)
    ? null
    : { currency, amount: products.reduce((sum, { budget }) => sum + (budget?.amount ?? 0), 0) };
}

function dearestOf(runs: readonly ChargedRun[], policy: Pick<Policy, "prices">, most: number): readonly DearRun[] {
  const priced = runs.flatMap(({ run, ms }) => {
    const price = ms === null || ms === 0 ? null : instancePrice(policy, run.instance?.name ?? null);
    return price === null || ms === null ? [] : [{ run, ms, amount: costOf(ms, price).amount, currency: price.currency }];
  });
  return priced
    .sort((a, b) => b.amount - a.amount || b.ms - a.ms || (a.run.runId < b.run.runId ? -1 : 1))
    .slice(0, most)
    .map(({ run: { storeId, runId, name, experiment, person, config, startedAt }, ms, amount, currency }) => ({
      ...{ storeId, runId, name, experiment, person, config, startedAt, hours: ms / 3_600_000, amount, currency },
    }));
}

function priceProblems(runs: readonly CostedRun[], { unpricedRuns }: CostSum, policy: Pick<Policy, "prices">): readonly string[] {
  if (unpricedRuns === 0) {
    return [];
  }
  if (policy.prices.currency === null) {
    return ["No price is known: prices in .mlops/policy.yaml names no currency. Set prices: {currency: EUR, instances: {…}}."];
  }
  const unknown = new Map<string, number>();
  let unnamed = 0;
  for (const { instance } of runs) {
    if (instance === null) {
      unnamed++;
    } else if (instancePrice(policy, instance.name) === null) {
      unknown.set(instance.name, (unknown.get(instance.name) ?? 0) + 1);
    }
  }
  return [
    ...[...unknown]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `The policy has no price for ${name}, on which ${sayRuns(count)} worked.`),
    ...(unnamed === 0
      ? []
      : [`On which kind of machine ${sayRuns(unnamed)} worked is not known. Set train.resources.instance, or the tag mlops.instance.`]),
  ];
}

function budgetProblems(products: readonly CostedProduct[], currency: string | null): readonly string[] {
  return products.flatMap(({ name, budget }) =>
    budget === null || currency === null || budget.currency === currency
      ? []
      : [`The budget of ${name} is in ${budget.currency}, the prices are in ${currency}; they are not compared.`],
  );
}

function sayRuns(count: number): string {
  return count === 1 ? "one run" : `${count} runs`;
}
