/** Ascending edges of bins of equal width; one more than bins. The last bin is closed on both sides, the others only on the left. */
export type Edges = Float64Array;

/**
 * Edges as numpy's `histogram_bin_edges(values, bins="doane")`: Sturges' number of bins, corrected for skewness. One bin for values that are all the same.
 * Null when the range is too large for numbers. Source: D. P. Doane, Aesthetic frequency classifications, The American Statistician 30 (1976).
 * @param values Finite, at least one.
 */
export function doaneEdges(values: Float64Array): Edges | null {
  const { low, high, mean, std } = moments(values);
  const count = values.length;
  if (!Number.isFinite(high - low) || !Number.isFinite(std)) {
    return null;
  }
  if (count <= 2 || std === 0) {
    return equalEdges(low, high, 1);
  }
  let cubes = 0;
  for (const value of values) {
    cubes += ((value - mean) / std) ** 3;
  }
  const skew = Math.abs(cubes / count);
  const noise = Math.sqrt((6 * (count - 2)) / ((count + 1) * (count + 3)));
  const width = (high - low) / (1 + Math.log2(count) + Math.log2(1 + skew / noise));
  return equalEdges(low, high, Math.max(1, Math.ceil((high - low) / width)));
}

/** So many bins of equal width between two values, which are moved apart by one when they are the same, as numpy does. */
export function equalEdges(low: number, high: number, bins: number): Edges {
  const [first, last] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const step = (last - first) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i * step + first);
  edges[bins] = last;
  return edges;
}

/** Values in each bin, by the edges exactly, and those below and above all bins. */
export function countInBins(
  values: Float64Array,
  edges: Edges,
): { readonly counts: Float64Array; readonly below: number; readonly above: number } {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  const first = edges[0] ?? 0;
  const last = edges[bins] ?? 0;
  const fit = bins / (last - first);
  // Over a range of almost nothing there is no number for it; the edges alone decide then.
  const scale = Number.isFinite(fit) ? fit : 0;
  let below = 0;
  let above = 0;
  for (const value of values) {
    if (value < first) {
      below++;
    } else if (value > last) {
      above++;
    } else {
      let bin = Math.min(bins - 1, Math.floor((value - first) * scale));
      // The quotient may be one off beside an edge.
      while (bin > 0 && value < (edges[bin] ?? 0)) {
        bin--;
      }
      while (bin < bins - 1 && value >= (edges[bin + 1] ?? 0)) {
        bin++;
      }
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return { counts, below, above };
}

/** Range, mean and population standard deviation of finite values. */
export function moments(values: Float64Array): {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly std: number;
} {
  let low = Infinity;
  let high = -Infinity;
  let sum = 0;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
  }
  if (low === high) {
    return { low, high, mean: low, std: 0 }; // A rounded mean would leave a spread that is not there.
  }
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
  }
  return { low, high, mean, std: Math.sqrt(squares / values.length) };
}
