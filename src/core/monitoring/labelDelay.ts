import { durationDays, parseDuration } from "../config/dates";
import type { Product } from "../config/product";

/** Milliseconds until outcomes are known; 0 where nobody says that it takes time. */
export function labelDelay({ monitoring }: Product): number {
  const written = parseDuration(monitoring?.labels?.delay ?? "");
  return written === undefined ? 0 : durationDays(written) * 86_400_000;
}
