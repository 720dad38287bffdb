import { groupBy } from "../base/groupBy";
import { type ChargedRun, isDead } from "./chargedTime";
import { CostAdder, type Prices } from "./costAdder";
import type { CostedRun } from "./costedRun";
import type { WasteGroup, WasteReport } from "./costSummary";
import { findRepeats } from "./findRepeats";

/** A failure that took less is part of trying out. */
const LONG_FAILURE_MS = 3_600_000;
/** Nobody looks through more, and they have to cross threads. */
const MOST_GROUPS = 1000;

export interface WasteOptions {
  readonly prices: Prices;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Runs that a group names at most; its sum counts all. */
  readonly mostRuns: number;
}

type Kind = WasteGroup["kind"];

/**
 * Runs that cost money and brought nothing: those that died, that failed after more than an hour, that repeated another, or that left neither
 * a model nor a metric. Each run is in one group at most, in this order. The dearest group first.
 */
export function findWaste(charged: readonly ChargedRun[], { prices, now, mostRuns }: WasteOptions): WasteReport {
  const total = new CostAdder();
  const msOf = new Map(charged.map(({ run, ms }) => [run, ms]));
  const repeats = findRepeats(charged.map(({ run }) => run));
  const repeated = new Set(repeats.groups.flatMap(({ again }) => again));
  const alone = groupBy(
    charged.flatMap(({ run, ms }) => {
      const kind = kindOf(run, ms, repeated, now);
      return kind === null ? [] : [{ run, kind }];
    }),
    ({ run, kind }) => JSON.stringify([kind, run.status, run.storeId, run.experiment]),
  );
  const toGroup = (
    kind: Kind,
    words: { reason: string; remedy: string },
    first: CostedRun | null,
    waste: readonly CostedRun[],
  ): WasteGroup => {
    const adder = new CostAdder();
    for (const run of waste) {
      const ms = msOf.get(run) ?? null;
      adder.add(run, ms);
      total.add(run, ms);
    }
    const all = first === null ? waste : [first, ...waste];
    const named = all.slice(0, mostRuns);
    return {
      ...{ kind, ...words, waste: adder.sum(prices), moreRuns: all.length - named.length },
      runs: named.map(({ storeId, runId, name }) => ({ storeId, runId, name })),
    };
  };
  const groups = [
    ...repeats.groups.map(({ by, first, again }) => toGroup("redundant", sayRepeat(by, again.length), first, again)),
    ...[...alone.values()].map((found) => {
      const [{ kind, run }] = found as [{ kind: Exclude<Kind, "redundant">; run: CostedRun }];
      return toGroup(
        kind,
        sayAlone(kind, run, found.length),
        null,
        found.map(({ run: one }) => one).sort((a, b) => (msOf.get(b) ?? 0) - (msOf.get(a) ?? 0) || (a.runId < b.runId ? -1 : 1)),
      );
    }),
  ].sort((a, b) => b.waste.amount - a.waste.amount || b.waste.hours - a.waste.hours || (firstId(a) < firstId(b) ? -1 : 1));
  return {
    groups: groups.slice(0, MOST_GROUPS),
    moreGroups: Math.max(0, groups.length - MOST_GROUPS),
    ...{ total: total.sum(prices), cannotTell: repeats.cannotTell },
  };
}

function firstId({ runs }: WasteGroup): string {
  return runs[0]?.runId ?? "";
}

function kindOf(run: CostedRun, ms: number | null, repeated: ReadonlySet<CostedRun>, now: number): Exclude<Kind, "redundant"> | null {
  if (isDead(run, now)) {
    return "dead";
  }
  if (run.status === "FAILED" || run.status === "KILLED") {
    return run.model === null && (ms ?? 0) > LONG_FAILURE_MS ? "long_failure" : null;
  }
  return run.status === "FINISHED" && !run.hasModel && !run.hasMetric && !run.hasChildren && !repeated.has(run) ? "no_result" : null;
}

function sayRepeat(by: "fingerprint" | "tracker", count: number): { reason: string; remedy: string } {
  const runs = count === 1 ? "One run" : `${count} runs`;
  return by === "fingerprint"
    ? {
        reason: `${runs} trained again what the first had trained: data, code and parameters were the same, byte by byte.`,
        remedy: "Use the first run's model. A plan of a retraining says before it starts whether it would only repeat another.",
      }
    : {
        reason: `${runs} repeated the first as far as the tracker tells: the same commit, program, parameters and data.`,
        remedy: "Use the first run's model. Where a repeat was meant, log what differs, such as a seed, as a parameter.",
      };
}

function sayAlone(kind: Exclude<Kind, "redundant">, { experiment, status }: CostedRun, count: number): { reason: string; remedy: string } {
  const runs = `${count === 1 ? "One run" : `${count} runs`} of ${experiment}`;
  switch (kind) {
    case "dead":
      return {
        reason: `${runs} ${count === 1 ? "is" : "are"} still marked as running, although nothing works on ${count === 1 ? "it" : "them"} any more.`,
        remedy: "Look whether the machine still runs and stop it, then end the run in the tracker.",
      };
    case "long_failure":
      return status === "FAILED"
        ? {
            reason: `${runs} failed after more than an hour.`,
            remedy: "Check data and parameters before a training starts, try it on a few rows first, and save checkpoints to go on from.",
          }
        : {
            reason: `${runs} ${count === 1 ? "was" : "were"} stopped after more than an hour.`,
            remedy: "Stop early by a rule, such as no better metric for some epochs, and set train.resources.timeout.",
          };
    case "no_result":
      return {
        reason: `${runs} ended well, but left neither a model nor a metric.`,
        remedy: "Log what came of it, or do not track it.",
      };
  }
}
