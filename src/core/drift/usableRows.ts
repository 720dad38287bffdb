import type { ColumnSample } from "./sample";

/** Rows whose value is neither missing nor infinite: those that every method sees, and the n of every formula. */
export function usableRows(sample: ColumnSample): number {
  return sample.rows - sample.missing - sample.infinite;
}

/** Distinct usable values of both sides together; counts no further than `limit` + 1, where a caller asks about a limit only. */
export function pooledDistinct(reference: ColumnSample, current: ColumnSample, limit: number): number {
  const seen = new Set<string | number>();
  for (const sample of [reference, current]) {
    const values: Iterable<string | number> = sample.kind === "numeric" ? sample.sorted : sample.counts.keys();
    for (const value of values) {
      seen.add(value);
      if (seen.size > limit) {
        return seen.size;
      }
    }
  }
  return seen.size;
}
