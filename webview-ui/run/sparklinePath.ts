import type { ChartPoint } from "../shared/charts/chartSeries";

/** Space for the line's own width, in pixels. */
const MARGIN = 1.5;

/** A curve over its steps as an SVG path; a value that is not finite breaks the line. */
export function sparklinePath(points: readonly ChartPoint[], width: number, height: number): string {
  const finite = points.filter((point) => Number.isFinite(point.value));
  const [low, high] = range(finite.map((point) => point.value));
  const [from, to] = range(points.map((point) => point.step));
  const x = (step: number): number => (to === from ? width / 2 : MARGIN + ((step - from) / (to - from)) * (width - 2 * MARGIN));
  const y = (value: number): number =>
    high === low ? height / 2 : height - MARGIN - ((value - low) / (high - low)) * (height - 2 * MARGIN);
  let path = "";
  let pen = false;
  for (const point of points) {
    if (Number.isFinite(point.value)) {
      path += `${pen ? "L" : "M"}${x(point.step).toFixed(1)} ${y(point.value).toFixed(1)}`;
      pen = true;
    } else {
      pen = false;
    }
  }
  return path;
}

function range(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}
