/** Where the true value lies with 95 % confidence, if rows are a random sample. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const Z = 1.959963984540054;

/** Wilson's score interval of a share. Source: E. B. Wilson, JASA 22 (1927). Null without tries. */
export function wilson(hits: number, tries: number): Interval | null {
  if (tries <= 0) {
    return null;
  }
  const share = hits / tries;
  const scale = 1 + Z ** 2 / tries;
  const middle = (share + Z ** 2 / (2 * tries)) / scale;
  const reach = (Z / scale) * Math.sqrt((share * (1 - share)) / tries + Z ** 2 / (4 * tries ** 2));
  // At the ends rounding may leave a hair beside 0, 1 and the share.
  return { low: hits === 0 ? 0 : Math.max(0, middle - reach), high: hits === tries ? 1 : Math.min(1, middle + reach) };
}

/** Normal interval of a value with a known standard error, inside of bounds. Null where the error is not known. */
export function aroundValue(value: number, error: number, bounds: Partial<Interval> = {}): Interval | null {
  if (!Number.isFinite(error)) {
    return null;
  }
  return { low: Math.max(bounds.low ?? -Infinity, value - Z * error), high: Math.min(bounds.high ?? Infinity, value + Z * error) };
}
