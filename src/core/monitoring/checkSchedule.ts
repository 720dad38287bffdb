import { durationDays, parseDuration } from "../config/dates";
import type { Product } from "../config/product";
import type { DriftStatus } from "../drift/driftReport";
import type { MonitoredProduct } from "./monitoredProduct";
import type { LatestResult } from "./resultStore";

const DAY_MS = 86_400_000;
/** What could not be judged is tried again, but data that does not come does not come faster for being asked. */
const RETRY_MS = 3_600_000;
/** Somebody who writes "1 s" means often, and a check is not free. */
const SHORTEST_MS = 60_000;

const WINDOW_DAYS = { hour: 1 / 24, day: 1, week: 7, month: 365.25 / 12 } as const;

/** Milliseconds between two checks: `checks.every`, else the length of a window, else a week. Null for a product that is not monitored. */
export function checkEvery({ monitoring }: Product): number | null {
  const { alert: _, ...watched } = monitoring ?? {};
  if (Object.values(watched).every((part) => part === undefined)) {
    return null;
  }
  const written = parseDuration(watched.checks?.every ?? "");
  const days = written === undefined ? WINDOW_DAYS[watched.window?.by ?? "week"] : durationDays(written);
  return Math.max(SHORTEST_MS, days * DAY_MS);
}

export interface ScheduledProduct extends MonitoredProduct {
  /** Milliseconds between two checks. */
  readonly every: number;
}

/** When a check is due: at once for a product that was never checked, and where the clock went back behind the last check. */
export function dueAt(last: { readonly checked_at: number; readonly status: DriftStatus } | null, every: number, now: number): number {
  if (last === null || last.checked_at > now) {
    return now;
  }
  return last.checked_at + (last.status === "unjudged" ? Math.min(every, RETRY_MS) : every);
}

/** Those whose check is due, the longest overdue first. */
export function dueProducts<P extends ScheduledProduct>(
  products: readonly P[],
  overview: readonly LatestResult[],
  now: number,
): readonly P[] {
  const latest = new Map(overview.map((one) => [one.product.config, one.latest?.result ?? null]));
  return products
    .map((product) => {
      const last = latest.get(product.config) ?? null;
      return { product, at: dueAt(last, product.every, now), checked: last?.checked_at ?? -Infinity };
    })
    .filter(({ at }) => at <= now)
    .sort((a, b) => (a.checked === b.checked ? a.at - b.at : a.checked - b.checked))
    .map(({ product }) => product);
}
