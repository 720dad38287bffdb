import type { ColumnDrift } from "./driftReport";
import type { NumericSample } from "./sample";
import { quantile } from "./statistics/quantile";

const SHARES = Array.from({ length: 99 }, (_, index) => (index + 1) / 100);

/**
 * Where the bulk went: up or down if most quantiles went the same way, else wider or narrower. Outliers do not count, because only the middle
 * 98 % is looked at.
 * @returns null where nothing moved.
 */
export function columnDirection(reference: NumericSample, current: NumericSample): ColumnDrift["direction"] {
  if (reference.sorted.length === 0 || current.sorted.length === 0) {
    return null;
  }
  const moves = SHARES.map((share) => quantile(current.sorted, share) - quantile(reference.sorted, share));
  const net = sum(moves);
  const gross = sum(moves.map(Math.abs));
  if (!(gross > 0)) {
    return null;
  }
  if (Math.abs(net) >= gross / 2) {
    return net > 0 ? "up" : "down";
  }
  const half = Math.floor(moves.length / 2);
  const spread = sum(moves.slice(half + 1)) - sum(moves.slice(0, half));
  return spread === 0 ? null : spread > 0 ? "wider" : "narrower";
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
