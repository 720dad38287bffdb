/** Programs that commit; none of them can own a product or sign for it. */
const BOT = /\[bot\]|^bot@|-bot@|^(?:actions|dependabot|renovate|github-actions)\b/i;

/** @param words an address, a name; null for one that is not known. */
export function isBot(...words: readonly (string | null)[]): boolean {
  return words.some((word) => word !== null && BOT.test(word));
}
