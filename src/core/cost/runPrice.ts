import { chargedTimes, lengthOf, runTime } from "./chargedTime";
import type { Prices } from "./costAdder";
import type { CostedRun } from "./costedRun";
import { type Cost, costOf, instancePrice } from "./price";

/** What one run cost, with the words for what is not known. */
export interface RunPrice {
  /** Null where no price is known; `note` says why. */
  readonly cost: Cost | null;
  /** That are paid for this run; null where nobody knows. */
  readonly ms: number | null;
  readonly instance: CostedRun["instance"];
  /** One sentence, or null where all is known. */
  readonly note: string | null;
}

/** Duration times the price of the kind of machine. @param now milliseconds since 1970, the end of a run that works. */
export function runPrice(run: CostedRun, prices: Prices, now: number): RunPrice {
  const times = chargedTimes(run, now);
  const ms = times === null ? null : lengthOf(times);
  const price = instancePrice(prices, run.instance?.name ?? null);
  const note =
    ms === null
      ? "No price is known: nothing tells how long it took."
      : price === null
        ? noPrice(run, prices)
        : run.paidIn !== null && ms < lengthOf([runTime(run, now) ?? { from: 0, to: 0 }])
          ? "What it took while its parent run worked is in the parent's price."
          : null;
  return { cost: ms === null || price === null ? null : costOf(ms, price), ms, instance: run.instance, note };
}

function noPrice({ instance }: CostedRun, { prices }: Prices): string {
  if (instance === null) {
    return "No price is known: neither the tag mlops.instance nor train.resources.instance names a kind of machine.";
  }
  return prices.currency === null
    ? "No price is known: the policy names no currency."
    : `No price is known: the policy has none for ${instance.name}.`;
}
