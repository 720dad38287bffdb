import { hellinger, jensenShannon } from "./shareDistances";
import { countInBins, doaneEdges, equalEdges, moments, type Edges } from "./histogram";

/** Compares finite values of a chunk, at least one, with a reference that it has learnt. */
export type ContinuousMeasure = (chunk: Float64Array) => number;

/** From so many values of the reference on, Kolmogorov–Smirnov and Wasserstein go by bins. */
const EXACT_BELOW = 10_000;
const BINS = 10_000;

/** Distance of two sets of shares over Doane's bins of the reference, with one bin more for what lies outside of them. Null: range too large. */
function overBins(reference: Float64Array, distance: (p: Float64Array, q: Float64Array) => number): ContinuousMeasure | null {
  const edges = doaneEdges(reference);
  if (edges === null) {
    return null;
  }
  const shares = (values: Float64Array): Float64Array => {
    const { counts, below, above } = countInBins(values, edges);
    return Float64Array.from([...counts, below + above], (count) => count / values.length);
  };
  const expected = shares(reference);
  return (chunk) => distance(expected, shares(chunk));
}

export const continuousJensenShannon = (reference: Float64Array): ContinuousMeasure | null => overBins(reference, jensenShannon);
export const continuousHellinger = (reference: Float64Array): ContinuousMeasure | null => overBins(reference, hellinger);

/**
 * The largest difference of the two cumulative distributions (D, not a p-value). Exact below 10 000 values of the reference, else at the right ends of
 * 10 000 bins of equal width, as NannyML 0.13.1.
 */
export function kolmogorovSmirnov(reference: Float64Array): ContinuousMeasure {
  if (reference.length < EXACT_BELOW) {
    const sorted = reference.slice().sort();
    return (chunk) => {
      let largest = 0;
      forEachStep(sorted, chunk.slice().sort(), (difference) => (largest = Math.max(largest, Math.abs(difference))));
      return largest;
    };
  }
  const edges = referenceEdges(reference);
  const expected = cumulative(countInBins(reference, edges).counts, 0, reference.length);
  return (chunk) => {
    const { counts, below } = countInBins(chunk, edges);
    const found = cumulative(counts, below, chunk.length);
    let largest = 0;
    for (let i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs((expected[i] ?? 0) - (found[i] ?? 0)));
    }
    return largest;
  };
}

/**
 * Area between the two cumulative distributions, in units of the column. Exact below 10 000 values of the reference, else over 10 000 bins of equal width
 * plus the exact area outside of the reference's range. NannyML 0.13.1 counts one value too many where the chunk reaches outside; so do we, to give the
 * same figure: it matters by 1 / rows.
 */
export function wasserstein(reference: Float64Array): ContinuousMeasure {
  if (reference.length < EXACT_BELOW) {
    const sorted = reference.slice().sort();
    return (chunk) => {
      let area = 0;
      forEachStep(sorted, chunk.slice().sort(), (difference, width) => (area += Math.abs(difference) * width));
      return area;
    };
  }
  const edges = referenceEdges(reference);
  const width = (edges[1] ?? 0) - (edges[0] ?? 0);
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const expected = cumulative(countInBins(reference, edges).counts, 0, reference.length);
  return (chunk) => {
    const rows = chunk.length;
    const { counts, below, above } = countInBins(chunk, edges);
    const found = cumulative(counts, below === 0 ? 0 : below + 1, rows);
    let area = 0;
    for (let i = 0; i < found.length; i++) {
      area += Math.abs((expected[i] ?? 0) - (found[i] ?? 0)) * width;
    }
    // The area left of the range is the sum of how far each value lies outside, spread over the rows; the same on the right.
    for (const value of chunk) {
      if (value < low && below > 0) {
        area += (low - value) / rows;
      } else if (value > high && above > 0) {
        area += (value - high) / rows;
      }
    }
    return area;
  };
}

function referenceEdges(reference: Float64Array): Edges {
  const { low, high } = moments(reference);
  return equalEdges(low, high, BINS);
}

function cumulative(counts: Float64Array, before: number, rows: number): Float64Array {
  let sum = before;
  return counts.map((count) => (sum += count) / rows);
}

/** Walks along two ascending series: the difference of their cumulative distributions after each value, and how far it reaches. */
function forEachStep(a: Float64Array, b: Float64Array, take: (difference: number, width: number) => void): void {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const here = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (i < a.length && a[i] === here) {
      i++;
    }
    while (j < b.length && b[j] === here) {
      j++;
    }
    const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    take(i / a.length - j / b.length, next === Infinity ? 0 : next - here);
  }
}
