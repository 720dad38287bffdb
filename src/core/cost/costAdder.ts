import type { Policy } from "../config/policy";
import type { CostedRun } from "./costedRun";
import { costOf, instancePrice } from "./price";
import type { CostSum } from "./costSummary";

const HOUR_MS = 3_600_000;

export type Prices = Pick<Policy, "prices">;

/** On one kind of machine. */
interface AddedTime {
  ms: number;
  runs: number;
  charged: number;
  deletedMs: number;
  deletedRuns: number;
}

/**
 * Adds runs up. It keeps milliseconds by kind of machine and multiplies at the end, so that the order of the runs changes no digit.
 */
export class CostAdder {
  private readonly times = new Map<string | null, AddedTime>();
  /** Runs of which nobody knows how long they took, and those of them that were deleted. */
  private timeless = 0;
  private timelessDeleted = 0;

  /** @param ms of one run, in this sum; null where nobody knows. */
  add({ instance, isDeleted }: Pick<CostedRun, "instance" | "isDeleted">, ms: number | null): void {
    if (ms === null) {
      this.timeless++;
      this.timelessDeleted += isDeleted ? 1 : 0;
      return;
    }
    const name = instance?.name ?? null;
    let known = this.times.get(name);
    if (known === undefined) {
      known = { ms: 0, runs: 0, charged: 0, deletedMs: 0, deletedRuns: 0 };
      this.times.set(name, known);
    }
    known.ms += ms;
    known.runs++;
    // A part of another run costs nothing by itself, so that no price is missing.
    known.charged += ms > 0 ? 1 : 0;
    if (isDeleted) {
      known.deletedMs += ms;
      known.deletedRuns++;
    }
  }

  sum(prices: Prices): CostSum {
    let [amount, runs, ms, unpricedRuns, unpricedMs] = [0, this.timeless, 0, this.timeless, 0];
    let [deletedAmount, deletedRuns, deletedMs] = [0, this.timelessDeleted, 0];
    for (const [instance, time] of [...this.times].sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1))) {
      const price = instancePrice(prices, instance);
      runs += time.runs;
      ms += time.ms;
      amount += price === null ? 0 : costOf(time.ms, price).amount;
      unpricedRuns += price === null ? time.charged : 0;
      unpricedMs += price === null ? time.ms : 0;
      deletedAmount += price === null ? 0 : costOf(time.deletedMs, price).amount;
      deletedRuns += time.deletedRuns;
      deletedMs += time.deletedMs;
    }
    return {
      ...{ amount, currency: prices.prices.currency, runs, hours: ms / HOUR_MS },
      ...{ unpricedRuns, unpricedHours: unpricedMs / HOUR_MS },
      ...{ deletedRuns, deletedHours: deletedMs / HOUR_MS, deletedAmount },
    };
  }
}
