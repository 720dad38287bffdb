export interface WalkPlace {
  readonly series: number;
  readonly index: number;
}

/**
 * Where a key leads: left and right along a series, Page Up and Down in tenths, Home and End to its ends, up and down to another
 * series. Undefined: not such a key, or there is nothing to walk along.
 * @param counts points of each series.
 */
export function stepAlong(counts: readonly number[], from: WalkPlace | undefined, key: string): WalkPlace | undefined {
  const at = from ?? { series: 0, index: -1 };
  const wanted = from === undefined ? 0 : key === "ArrowUp" ? at.series - 1 : key === "ArrowDown" ? at.series + 1 : at.series;
  const series = Math.min(counts.length - 1, Math.max(0, wanted));
  const last = (counts[series] ?? 0) - 1;
  const page = Math.max(1, Math.round(last / 10));
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    PageDown: page,
    PageUp: -page,
    Home: -Infinity,
    End: Infinity,
    ArrowUp: 0,
    ArrowDown: 0,
  };
  const move = moves[key];
  return move === undefined || last < 0 ? undefined : { series, index: Math.min(last, Math.max(0, at.index + move)) };
}
