/** The quantile of sorted values by linear interpolation between the nearest ranks (type 7 of Hyndman and Fan), as numpy rounds it. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const part = place - below;
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  if (!Number.isFinite(high - low)) {
    return (1 - part) * low + part * high; // Values at both ends of what a number can hold are further apart than one.
  }
  return part >= 0.5 ? high - (high - low) * (1 - part) : low + (high - low) * part;
}

/** The same of two sorted sides taken together, as scipy rounds it. */
export function pooledQuantile(reference: Float64Array, current: Float64Array, share: number): number {
  const place = (reference.length + current.length - 1) * share;
  const below = Math.floor(place);
  const part = place - below;
  const low = pooledRank(reference, current, below);
  return part === 0 ? low : (1 - part) * low + part * pooledRank(reference, current, below + 1);
}

/** The value at a place, from 0, of both sides sorted together: bisects how many of the values below it the reference gives. */
function pooledRank(reference: Float64Array, current: Float64Array, rank: number): number {
  let low = Math.max(0, rank - current.length);
  let high = Math.min(rank, reference.length);
  while (low < high) {
    const taken = (low + high) >>> 1;
    if ((reference[taken] ?? Infinity) < (current[rank - taken - 1] ?? -Infinity)) {
      low = taken + 1;
    } else {
      high = taken;
    }
  }
  return Math.min(reference[low] ?? Infinity, current[rank - low] ?? Infinity);
}
