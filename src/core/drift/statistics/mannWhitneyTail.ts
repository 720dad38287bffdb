import { normalTail } from "./gammaTail";
import { mannWhitneyExact } from "./mannWhitneyExact";
import { pooledCounts } from "./pooledCounts";

/** Without ties, the p-value is exact up to so many rows on the smaller side. */
const EXACT_ROWS = 8;

/**
 * p-value of the Mann–Whitney test that current values tend to be larger than those of the reference, or that either is, with mid-ranks,
 * the correction for ties and the one for continuity (scipy's `mannwhitneyu`). Neither side may be empty.
 */
export function mannWhitneyTail(reference: Float64Array, current: Float64Array, alternative: "larger" | "either"): number {
  const [m, n] = [reference.length, current.length];
  const pooled = pooledCounts(reference, current);
  let before = 0;
  let rankSum = 0;
  let tieSum = 0;
  for (let i = 0; i < pooled.distinct; i++) {
    const count = pooled.reference[i] ?? 0;
    const ties = count + (pooled.current[i] ?? 0);
    rankSum += count * (before + (ties + 1) / 2);
    tieSum += ties ** 3 - ties;
    before += ties;
  }
  const uReference = rankSum - (m * (m + 1)) / 2;
  const uCurrent = m * n - uReference;
  const u = alternative === "larger" ? uCurrent : Math.max(uReference, uCurrent);
  const tail = tieSum === 0 && Math.min(m, n) <= EXACT_ROWS ? mannWhitneyExact(m, n, u) : asymptotic(u, m, n, tieSum);
  return Math.min(1, alternative === "larger" ? tail : 2 * tail);
}

function asymptotic(u: number, m: number, n: number, tieSum: number): number {
  const all = m + n;
  const deviation = Math.sqrt(((m * n) / 12) * (all + 1 - tieSum / (all * (all - 1))));
  return normalTail((u - (m * n) / 2 - 0.5) / deviation);
}
