/**
 * One row out of each of `limit` equal stretches, at a place that a fixed sequence chooses, so that no rhythm in the rows can hide or feign
 * anything. Ascending. Null where there are no more rows than that: then all count.
 */
export function pickRows(rows: number, limit: number): Uint32Array | null {
  if (rows <= limit) {
    return null;
  }
  let state = 0x9e3779b9;
  const picked = new Uint32Array(limit);
  for (let index = 0; index < limit; index++) {
    // Marsaglia's xorshift of 32 bits.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const from = Math.floor((index * rows) / limit);
    const to = Math.floor(((index + 1) * rows) / limit);
    picked[index] = from + ((state >>> 0) % (to - from));
  }
  return picked;
}
