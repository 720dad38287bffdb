import { hellinger, jensenShannon } from "./shareDistances";

/** Rows by category; the same categories in the same order on both sides. */
export interface CategoryCounts {
  /** Categories of the reference. */
  readonly known: Float64Array;
  readonly knownRows: number;
  /** Rows of the chunk in each category of the reference, then in each category that the reference does not have. */
  readonly chunk: Float64Array;
  readonly chunkRows: number;
}

/** Jensen–Shannon distance, all categories that the reference does not have as one. */
export function categoricalJensenShannon(counts: CategoryCounts): number {
  return jensenShannon(...sharesWithRest(counts));
}

/** Hellinger distance, all categories that the reference does not have as one. */
export function categoricalHellinger(counts: CategoryCounts): number {
  return hellinger(...sharesWithRest(counts));
}

/** The largest difference of the shares of one category. */
export function lInfinity({ known, knownRows, chunk, chunkRows }: CategoryCounts): number {
  return chunk.reduce((largest, count, i) => Math.max(largest, Math.abs((known[i] ?? 0) / knownRows - count / chunkRows)), 0);
}

/**
 * χ² of the table of categories by reference and chunk, with Yates' correction for two categories. Source: scipy's `chi2_contingency`.
 * With one category only there is nothing that could differ: 0.
 */
export function chiSquared({ known, knownRows, chunk, chunkRows }: CategoryCounts): {
  readonly statistic: number;
  readonly freedom: number;
} {
  const all = knownRows + chunkRows;
  const pairs = Array.from(chunk, (count, i) => [known[i] ?? 0, count] as const).filter(([a, b]) => a + b > 0);
  const freedom = Math.max(0, pairs.length - 1);
  const yates = freedom === 1 ? 0.5 : 0;
  const term = (observed: number, expected: number): number => {
    const difference = Math.abs(observed - expected);
    return (difference - Math.min(yates, difference)) ** 2 / expected;
  };
  const statistic = pairs.reduce((sum, [a, b]) => sum + term(a, ((a + b) * knownRows) / all) + term(b, ((a + b) * chunkRows) / all), 0);
  return { statistic: freedom === 0 ? 0 : statistic, freedom };
}

function sharesWithRest({ known, knownRows, chunk, chunkRows }: CategoryCounts): [Float64Array, Float64Array] {
  const inside = chunk.subarray(0, known.length);
  const rest = chunk.subarray(known.length).reduce((sum, count) => sum + count, 0);
  return [
    Float64Array.from([...known, 0], (count) => count / knownRows),
    Float64Array.from([...inside, rest], (count) => count / chunkRows),
  ];
}
