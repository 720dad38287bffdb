/** What a number must be; several parts hold together. Absent parts ask for nothing. */
export interface Bounds {
  readonly equals?: number;
  readonly differsFrom?: number;
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
  /** Both ends excluded, as the Open Data Contract Standard has it. */
  readonly notBetween?: readonly [number, number];
}

export function holds(bounds: Bounds, value: number): boolean {
  return (
    (bounds.equals === undefined || value === bounds.equals) &&
    (bounds.differsFrom === undefined || value !== bounds.differsFrom) &&
    (bounds.above === undefined || value > bounds.above) &&
    (bounds.atLeast === undefined || value >= bounds.atLeast) &&
    (bounds.below === undefined || value < bounds.below) &&
    (bounds.atMost === undefined || value <= bounds.atMost) &&
    (bounds.notBetween === undefined || value <= bounds.notBetween[0] || value >= bounds.notBetween[1])
  );
}

/** "at least 1,000", "more than 100 and less than 120"; ends a sentence such as "It must be …". @param say how a number reads. */
export function sayBounds(bounds: Bounds, say: (value: number) => string): string {
  const parts = [
    ...(bounds.equals === undefined ? [] : [`exactly ${say(bounds.equals)}`]),
    ...(bounds.differsFrom === undefined ? [] : [`not ${say(bounds.differsFrom)}`]),
    ...(bounds.above === undefined ? [] : [`more than ${say(bounds.above)}`]),
    ...(bounds.atLeast === undefined ? [] : [`at least ${say(bounds.atLeast)}`]),
    ...(bounds.below === undefined ? [] : [`less than ${say(bounds.below)}`]),
    ...(bounds.atMost === undefined ? [] : [`at most ${say(bounds.atMost)}`]),
    ...(bounds.notBetween === undefined ? [] : [`not between ${say(bounds.notBetween[0])} and ${say(bounds.notBetween[1])}`]),
  ];
  return parts.join(" and ");
}

/** Whether more of it is never better, so that what a sample breaks is broken in the whole. */
export function isOnlyUpper({ equals, differsFrom, above, atLeast, notBetween }: Bounds): boolean {
  return [differsFrom, above, atLeast, notBetween].every((one) => one === undefined) && (equals === undefined || equals === 0);
}
