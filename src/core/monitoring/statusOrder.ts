import type { DriftStatus } from "../drift/driftReport";

/** From what is well to what is not. Not to know is worse than a warning, because it may hide anything, and better than what is known to fail. */
const ORDER: readonly DriftStatus[] = ["ok", "warn", "unjudged", "fail"];

/** The worst of some; `null` for none. */
export function worstStatus(statuses: Iterable<DriftStatus>): DriftStatus | null {
  let worst: DriftStatus | null = null;
  for (const status of statuses) {
    worst = worst === null || isWorse(status, worst) ? status : worst;
  }
  return worst;
}

export function isWorse(status: DriftStatus, than: DriftStatus): boolean {
  return ORDER.indexOf(status) > ORDER.indexOf(than);
}
