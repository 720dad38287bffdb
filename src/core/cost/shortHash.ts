/** A number of 32 bits for a text; for comparing texts that nobody forges, never for proof. FNV-1a with a last mixing. */
function hash32(text: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Equal for equal sets of texts in any order, as 16 hex digits. Sums spare sorting the params of 100,000 runs. */
export function keyOfSet(texts: Iterable<string>): string {
  let [high, low] = [0, 0];
  for (const text of texts) {
    high = (high + hash32(text, 1)) >>> 0;
    low = (low + hash32(text, 2)) >>> 0;
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
