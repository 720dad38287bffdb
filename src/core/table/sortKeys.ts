/** In whichever direction a column is sorted, values come first, then infinities, then NaN, then rows without a value. */
export const SORT_CLASS = { value: 0, infinite: 1, nan: 2, missing: 3 } as const;

/** What sorting compares, by row: first the class, always ascending, then the key in the wanted direction. */
export interface SortKeys {
  readonly keys: Float64Array;
  readonly classes: Uint8Array;
}

export interface SortOrder extends SortKeys {
  readonly descending: boolean;
}

/** Compares rows by the first order that tells them apart. */
export function rowComparator(orders: readonly SortOrder[]): (a: number, b: number) => number {
  return (a, b) => {
    for (const { keys, classes, descending } of orders) {
      const byClass = (classes[a] ?? 0) - (classes[b] ?? 0);
      if (byClass !== 0) {
        return byClass;
      }
      const keyA = keys[a] ?? 0;
      const keyB = keys[b] ?? 0;
      if (keyA !== keyB) {
        return keyA < keyB === descending ? 1 : -1;
      }
    }
    return 0;
  };
}
