import type { Curve } from "./curveLoader";

/** The curve's values in percent of its range; null for a value that is not finite. A flat curve lies in the middle. */
export function relativeHeights({ points }: Pick<Curve, "points">): readonly (number | null)[] {
  const finite = points.map((point) => point.value).filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  // Half of each first, because the difference of two huge numbers overflows.
  const span = high / 2 - low / 2;
  return points.map(({ value }) => (Number.isFinite(value) ? (span === 0 ? 50 : ((value / 2 - low / 2) / span) * 100) : null));
}
