import { countInRanges, sharesOf, sturgesEdges } from "../binning";
import { categoryCounts } from "../statistics/categoryCounts";
import { sampleMethod } from "../statistics/defineMethod";
import { pooledCounts } from "../statistics/pooledCounts";

/**
 * Hellinger distance √(1 − Σ √(p·q)), 0 to 1: over values of categories, and over Sturges's bins of numbers. Evidently counts the bins by
 * the number of distinct values, not of rows, and multiplies densities by a mean width; both are kept.
 */
export const hellinger = sampleMethod(
  { id: "hellinger", label: "Hellinger distance", result: "distance", threshold: 0.1, driftsAt: ">=" },
  ["num", "cat"],
  (reference, current) => {
    if (reference.kind === "numeric" && current.kind === "numeric") {
      return overNumbers(reference.sorted, current.sorted, reference.integer && current.integer);
    }
    const counts = categoryCounts(reference, current);
    const q = sharesOf(counts.current);
    // ½·Σ (√p − √q)² is the same number, and 0 to the last digit where the shares are equal.
    return Math.sqrt(sharesOf(counts.reference).reduce((sum, share, i) => sum + (Math.sqrt(share) - Math.sqrt(q[i] ?? 0)) ** 2, 0) / 2);
  },
);

function overNumbers(reference: Float64Array, current: Float64Array, integer: boolean): number {
  const { values, distinct } = pooledCounts(reference, current);
  const edges = sturgesEdges(values[0] ?? 0, values[distinct - 1] ?? 0, distinct, integer);
  const p = countInRanges(reference, edges);
  const q = countInRanges(current, edges);
  const meanWidth = ((edges.at(-1) ?? 0) - (edges[0] ?? 0)) / p.length;
  let overlap = 0;
  for (let i = 0; i < p.length; i++) {
    const width = (edges[i + 1] ?? 0) - (edges[i] ?? 0);
    overlap += Math.sqrt(((p[i] ?? 0) / width / reference.length) * ((q[i] ?? 0) / width / current.length)) * meanWidth;
  }
  return Math.sqrt(1 - Math.min(1, overlap));
}
