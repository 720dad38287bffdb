import type { ParallelAxis } from "./parallelAxis";

/**
 * The item whose line is nearest between two axes, or null where none is within reach: a look at two numbers an item, without
 * asking the browser about shapes. Items that the ranges hide are not found.
 */
export function nearestLine(
  axes: readonly ParallelAxis[],
  kept: readonly boolean[],
  at: { readonly left: number; readonly along: number; readonly position: number },
  reach: number,
): number | null {
  const [from, to] = [axes[at.left], axes[at.left + 1]];
  let nearest: number | null = null;
  let distance = reach;
  kept.forEach((isKept, item) => {
    const [a, b] = [from?.positions[item] ?? NaN, to?.positions[item] ?? NaN];
    const away = Math.abs(a + (b - a) * at.along - at.position);
    if (isKept && away < distance) {
      [nearest, distance] = [item, away];
    }
  });
  return nearest;
}
