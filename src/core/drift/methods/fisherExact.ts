import { categoryMethod } from "../statistics/defineMethod";

/** Fisher's exact test of two categories, two-sided. Evidently asks for equal numbers of rows, as if pairs were compared. */
export const fisherExact = categoryMethod(
  { id: "fisher_exact", label: "Fisher’s exact test", result: "p-value", threshold: 0.1, driftsAt: "<", effect: "cramers_v" },
  ({ keys, reference, current }) => {
    const rows = reference.reduce((sum, count) => sum + count, 0);
    const currentRows = current.reduce((sum, count) => sum + count, 0);
    if (keys.length > 2) {
      return `It compares two categories, and there are ${keys.length}.`;
    }
    if (rows !== currentRows) {
      return `It needs equal row counts on both sides, and there are ${rows} and ${currentRows} values.`;
    }
    return equalRows(rows, current[0] ?? 0, (reference[0] ?? 0) + (current[0] ?? 0));
  },
);

/**
 * Probability of a table at least as unlikely as `seen` of `successes` on one of two sides of `rows` each. The hypergeometric law of two
 * equal sides is symmetric and falls off from the middle, so that these are the two equal tails.
 */
function equalRows(rows: number, seen: number, successes: number): number {
  const extreme = Math.min(seen, successes - seen);
  if (2 * extreme >= successes - 1) {
    return 1;
  }
  const middle = Math.floor(successes / 2);
  // Relative to the probability of the middle: no factorial is needed, and nothing overflows.
  let weight = 1;
  let tail = 0;
  let half = 0;
  for (let k = middle; k >= Math.max(0, successes - rows) && weight > 0; k--) {
    half += weight;
    tail += k <= extreme ? weight : 0;
    weight *= (k * (rows - successes + k)) / ((successes - k + 1) * (rows - k + 1));
  }
  // An even number of successes has its middle once only.
  return (2 * tail) / (2 * half - (successes % 2 === 0 ? 1 : 0));
}
