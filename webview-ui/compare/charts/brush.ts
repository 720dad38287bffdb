import type { ParallelAxis } from "./parallelAxis";

/** A range of positions on an axis, from low to high. */
export type BrushRange = readonly [low: number, high: number];
/** By the axis's id. An axis that is not shown does not filter. */
export type Brushes = ReadonlyMap<string, BrushRange>;

/** Which items lie within all brushes. */
export function brushed(axes: readonly ParallelAxis[], brushes: Brushes, count: number): readonly boolean[] {
  const active = axes.flatMap((axis) => {
    const range = brushes.get(axis.id);
    return range === undefined ? [] : [{ axis, range }];
  });
  return Array.from({ length: count }, (_, item) =>
    active.every(({ axis, range: [low, high] }) => {
      const position = axis.positions[item] ?? NaN;
      return position >= low && position <= high;
    }),
  );
}

export function setBrush(brushes: Brushes, id: string, from: number, to: number): Brushes {
  const clamp = (position: number): number => Math.max(-0.2, Math.min(1, position));
  const range: BrushRange = [clamp(Math.min(from, to)), clamp(Math.max(from, to))];
  const next = new Map(brushes);
  // A click without a drag takes the brush away.
  if (range[1] - range[0] < 0.005) {
    next.delete(id);
  } else {
    next.set(id, range);
  }
  return next;
}

/** Flipping an axis turns its brush with it: the same items stay chosen. */
export function flipBrush(brushes: Brushes, id: string): Brushes {
  const range = brushes.get(id);
  if (range === undefined) {
    return brushes;
  }
  // What lies below the scale stays there, so that a brush over it is only turned as far as it covers the scale.
  return new Map(brushes).set(id, [1 - range[1], range[0] < 0 ? 1 : 1 - range[0]]);
}

/** Keys on a focused axis: arrows move the whole brush, with Shift its upper end, with Alt its lower end. Null: not such a key. */
export function brushByKey(
  brushes: Brushes,
  id: string,
  key: string,
  modifiers: { readonly shift: boolean; readonly alt: boolean },
): Brushes | null {
  const move = key === "ArrowUp" ? 0.05 : key === "ArrowDown" ? -0.05 : 0;
  if (move === 0) {
    return null;
  }
  const range = brushes.get(id);
  if (range === undefined) {
    return setBrush(brushes, id, move > 0 ? 0.5 : 0, move > 0 ? 1 : 0.5);
  }
  const [low, high] = range;
  if (modifiers.shift) {
    return setBrush(brushes, id, low, Math.max(low + 0.01, high + move));
  }
  if (modifiers.alt) {
    return setBrush(brushes, id, Math.min(high - 0.01, low + move), high);
  }
  const shift = Math.max(-0.2 - low, Math.min(1 - high, move));
  return setBrush(brushes, id, low + shift, high + shift);
}
