import { isDead } from "./chargedTime";
import type { CostedRun, GpuUse } from "./costedRun";
import { costOf, instancePrice } from "./price";
import type { Prices } from "./costAdder";

const HOUR_MS = 3_600_000;

/** How one run used its GPUs. Hours are those of a GPU: two GPUs for an hour are two. */
export interface IdleRun {
  readonly storeId: string;
  readonly runId: string;
  readonly name: string;
  readonly experiment: string;
  readonly person: string;
  readonly config: string | null;
  readonly use: GpuUse;
  readonly hours: number;
  readonly idleHours: number;
  /** Of the idle hours, those in which memory was held. */
  readonly parkedHours: number;
  /** Of the hours, 0 to 1. */
  readonly share: number;
  /** What the idle hours cost: their part of the machine's price; null where no price is known. */
  readonly amount: number | null;
}

export interface IdleReport {
  /** Runs with idle hours, the dearest first. */
  readonly runs: readonly IdleRun[];
  /** Runs with such hours beside those that are listed. */
  readonly moreRuns: number;
  readonly hours: number;
  readonly idleHours: number;
  readonly parkedHours: number;
  /** Null where nothing was measured. */
  readonly share: number | null;
  readonly amount: number;
  readonly currency: string | null;
  /** Idle hours of which nobody knows the price. */
  readonly unpricedHours: number;
  /** Runs with a measured GPU. */
  readonly measuredRuns: number;
  /** Runs that logged nothing of a GPU. That is never idle. */
  readonly unmeasuredRuns: number;
  /** GPUs that logged memory only, as MIG slices do. Their use is not known, which is never idle. */
  readonly unknownGpus: number;
}

/** @param mostRuns that are listed; sums count all. */
export function idleReport(runs: readonly CostedRun[], prices: Prices, now: number, mostRuns: number): IdleReport {
  let [unmeasuredRuns, unknownGpus] = [0, 0];
  const measured: IdleRun[] = [];
  for (const run of runs) {
    unknownGpus += run.gpus?.unknownCount ?? 0;
    if (run.gpus === null || run.gpus.coveredMs === 0) {
      unmeasuredRuns++;
    } else if (!isDead(run, now)) {
      measured.push(toIdleRun(run, run.gpus, prices));
    }
  }
  const idle = measured
    .filter(({ use }) => use.idleMs > 0)
    .sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0) || b.idleHours - a.idleHours || (a.runId < b.runId ? -1 : 1));
  const total = (of: (use: GpuUse) => number): number => measured.reduce((sum, { use }) => sum + of(use), 0) / HOUR_MS;
  const [hours, idleHours] = [total((use) => use.coveredMs), total((use) => use.idleMs)];
  return {
    runs: idle.slice(0, mostRuns),
    moreRuns: Math.max(0, idle.length - mostRuns),
    ...{ hours, idleHours, parkedHours: total((use) => use.parkedMs), share: hours === 0 ? null : idleHours / hours },
    amount: idle.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
    currency: prices.prices.currency,
    unpricedHours: idle.reduce((sum, one) => sum + (one.amount === null ? one.idleHours : 0), 0),
    ...{ measuredRuns: measured.length, unmeasuredRuns, unknownGpus },
  };
}

function toIdleRun(run: CostedRun, use: GpuUse, prices: Prices): IdleRun {
  const { storeId, runId, name, experiment, person, config } = run;
  const price = instancePrice(prices, run.instance?.name ?? null);
  // A machine is paid whole: one of its two GPUs idle for an hour is half of an hour's price. GPUs without a number count as at work.
  const machineMs = use.idleMs / (use.count + use.unknownCount);
  return {
    ...{ storeId, runId, name, experiment, person, config, use },
    hours: use.coveredMs / HOUR_MS,
    idleHours: use.idleMs / HOUR_MS,
    parkedHours: use.parkedMs / HOUR_MS,
    share: use.idleMs / use.coveredMs,
    amount: price === null ? null : costOf(machineMs, price).amount,
  };
}
