import type { DriftBins } from "../../../protocol/drift";
import type { SharedBins } from "../driftReport";
import { binLabels } from "./binLabels";

const MOST_MINI_BINS = 12;

export function toBins(bins: SharedBins): DriftBins {
  return {
    labels: binLabels(bins),
    edges: bins.kind === "range" ? bins.edges : null,
    reference: bins.reference,
    current: bins.current,
    others: bins.kind === "values" ? bins.others : 0,
    ...(bins.kind === "range" ? { open: bins.open } : {}),
  };
}

/** A histogram for a line of a table: at most twelve bins, as shares. Neighbours are put together, or what is rare. */
export function toMini(bins: SharedBins): { readonly reference: readonly number[]; readonly current: readonly number[] } {
  const isOrdered = bins.kind === "range" || bins.keys.every((key) => typeof key === "number");
  const merge = isOrdered ? mergeNeighbours : mergeRest;
  return { reference: toShares(merge(bins.reference)), current: toShares(merge(bins.current)) };
}

function mergeNeighbours(counts: readonly number[]): readonly number[] {
  const size = Math.ceil(counts.length / MOST_MINI_BINS);
  return Array.from({ length: Math.ceil(counts.length / size) }, (_, index) => sum(counts.slice(index * size, (index + 1) * size)));
}

/** The same places on both sides, whatever is frequent there: keys come with the most frequent first. */
function mergeRest(counts: readonly number[]): readonly number[] {
  return counts.length <= MOST_MINI_BINS ? counts : [...counts.slice(0, MOST_MINI_BINS - 1), sum(counts.slice(MOST_MINI_BINS - 1))];
}

function toShares(counts: readonly number[]): readonly number[] {
  const total = sum(counts);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
