/** How often each value of two sides occurs on either, in ascending order of the values: what every rank statistic is made of. */
export interface PooledCounts {
  /** Only the first so many entries of the arrays count. */
  readonly distinct: number;
  readonly values: Float64Array;
  readonly reference: Uint32Array;
  readonly current: Uint32Array;
}

/** Merges two sorted sides in one pass. */
export function pooledCounts(reference: Float64Array, current: Float64Array): PooledCounts {
  const room = reference.length + current.length;
  const pooled = { values: new Float64Array(room), reference: new Uint32Array(room), current: new Uint32Array(room) };
  let distinct = 0;
  let left = 0;
  let right = 0;
  while (left < reference.length || right < current.length) {
    const a = reference[left] ?? Infinity;
    const b = current[right] ?? Infinity;
    const value = a < b ? a : b;
    const leftStart = left;
    const rightStart = right;
    while (left < reference.length && reference[left] === value) {
      left++;
    }
    while (right < current.length && current[right] === value) {
      right++;
    }
    pooled.values[distinct] = value;
    pooled.reference[distinct] = left - leftStart;
    pooled.current[distinct] = right - rightStart;
    distinct++;
  }
  return { distinct, ...pooled };
}
