import type { Policy } from "../config/policy";

/** What an hour on a kind of machine costs. */
export interface InstancePrice {
  readonly perHour: number;
  /** As the policy writes it, e.g. "EUR". */
  readonly currency: string;
}

export interface Cost {
  readonly amount: number;
  readonly currency: string;
}

const HOUR_MS = 3_600_000;

/** @param instance as `train.resources.instance` names it. @returns null where the policy does not price it, or names no currency. */
export function instancePrice({ prices }: Pick<Policy, "prices">, instance: string | null): InstancePrice | null {
  const perHour = instance === null ? undefined : prices.instances.get(instance);
  const { currency } = prices;
  return perHour === undefined || currency === null || !Number.isFinite(perHour) || perHour < 0 ? null : { perHour, currency };
}

/** Duration times price. */
export function costOf(durationMs: number, { perHour, currency }: InstancePrice): Cost {
  return { amount: (Math.max(0, durationMs) / HOUR_MS) * perHour, currency };
}
