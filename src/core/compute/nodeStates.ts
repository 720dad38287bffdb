import { groupBy } from "../base/groupBy";
import { type Cost, costOf, type InstancePrice } from "../cost/price";
import type { ProcessorState } from "./followProcessors";

/** A machine with its processors. It is paid for as a whole, so that only a machine that is idle as a whole costs for nothing. */
export interface NodeState {
  readonly node: string;
  readonly processors: readonly ProcessorState[];
  /** Since when all its processors are idle; null while one works, or one is not known. */
  readonly idleSince: number | null;
  /** What the time since then cost; null where no price is known, or it is not idle as a whole. */
  readonly cost: Cost | null;
}

/** @param price of an hour of such a machine; null where nobody knows. @param now milliseconds since 1970. */
export function nodeStates(states: readonly ProcessorState[], price: InstancePrice | null, now: number): readonly NodeState[] {
  return [...groupBy(states, ({ sample }) => sample.node)].map(([node, processors]) => {
    const isIdle = processors.every(({ state }) => state === "idle");
    const idleSince = isIdle ? Math.max(...processors.map(({ since }) => since)) : null;
    return { node, processors, idleSince, cost: idleSince === null || price === null ? null : costOf(now - idleSince, price) };
  });
}
