import type { DriftBins } from "../../../src/protocol/drift";

/** Counts as shares of their sum; null where there is nothing to share. */
function toShares(counts: readonly number[]): readonly number[] | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total > 0 ? counts.map((count) => count / total) : null;
}

/** Both sides' shares; a side without a row has zeros, and says so by `rows`. */
export function binShares(bins: DriftBins): {
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly rows: { readonly reference: number; readonly current: number };
} {
  const zeros = bins.labels.map(() => 0);
  const rows = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  return {
    reference: toShares(bins.reference) ?? zeros,
    current: toShares(bins.current) ?? zeros,
    rows: { reference: rows(bins.reference), current: rows(bins.current) },
  };
}

/** The bin whose share changed most, or null without bins. */
export function mostChanged(reference: readonly number[], current: readonly number[]): number | null {
  let most: number | null = null;
  let change = 0;
  reference.forEach((share, index) => {
    const moved = Math.abs((current[index] ?? 0) - share);
    if (moved > change) {
      change = moved;
      most = index;
    }
  });
  return most;
}

/** A logarithm needs positive edges. */
export function canBeLogarithmic(bins: DriftBins | null): boolean {
  return bins?.edges != null && bins.edges.length > 1 && bins.edges.every((edge) => edge > 0);
}
