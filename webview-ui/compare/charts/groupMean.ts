import type { PlotPoint } from "../../shared/charts/chartSeries";

export interface BandPoint {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Runs that have a value here. */
  readonly count: number;
}

/** As many as a line needs on a screen. */
const MAX_POINTS = 400;

/**
 * Mean and mean ± sample standard deviation of several curves. Between its points a curve is taken for a straight line,
 * because runs log at different steps; beyond its ends and across gaps it says nothing.
 */
export function groupMean(curves: readonly (readonly PlotPoint[])[]): readonly BandPoint[] {
  const finite = curves.map((curve) => [...curve].sort((a, b) => a.x - b.x));
  const all = [...new Set(finite.flatMap((curve) => curve.filter(({ y }) => !Number.isNaN(y)).map(({ x }) => x)))].sort((a, b) => a - b);
  const stride = Math.max(1, Math.ceil(all.length / MAX_POINTS));
  const xs = all.filter((_, index) => index % stride === 0 || index === all.length - 1);
  const cursors = finite.map(() => 0);
  return xs.flatMap((x) => {
    const values: number[] = [];
    finite.forEach((curve, index) => {
      let at = cursors[index] ?? 0;
      while (at + 1 < curve.length && (curve[at + 1]?.x ?? Infinity) <= x) {
        at++;
      }
      cursors[index] = at;
      const value = between(curve[at], curve[at + 1], x);
      if (!Number.isNaN(value)) {
        values.push(value);
      }
    });
    return values.length === 0 ? [] : [toBand(x, values)];
  });
}

function between(before: PlotPoint | undefined, after: PlotPoint | undefined, x: number): number {
  if (before === undefined || before.x > x) {
    return NaN;
  }
  if (before.x === x) {
    return before.y;
  }
  return after === undefined ? NaN : before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x);
}

function toBand(x: number, values: readonly number[]): BandPoint {
  // The running mean of equal values is that value exactly: a constant metric stays a straight line.
  const mean = values.reduce((before, value, index) => before + (value / (index + 1) - before / (index + 1)), 0);
  const spread = values.length < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  return { x, mean, low: mean - spread, high: mean + spread, count: values.length };
}
