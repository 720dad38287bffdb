/** What a chart draws: plain data, prepared without a canvas so that it can be tested. */
export interface ChartPoint {
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** May be NaN or ±Infinity: drawn as a gap with a mark, never left out in silence. */
  readonly value: number;
}

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  /** In order of step, then time. */
  readonly points: readonly ChartPoint[];
  /** How many points the store holds; more than `points` when the curve was thinned. */
  readonly total: number;
}

export type XAxis = "step" | "time" | "relative";

export interface ChartOptions {
  readonly xAxis: XAxis;
  readonly logarithmic: boolean;
  /** A logarithmic x axis. */
  readonly logarithmicX?: boolean;
  /** Weight of the past, 0 (off) to below 1. */
  readonly smoothing: number;
}

export interface PlotPoint {
  readonly x: number;
  /** NaN breaks the line. */
  readonly y: number;
}

export interface GapMark {
  readonly x: number;
  readonly kind: "nan" | "above" | "below";
}

export interface PreparedSeries {
  readonly id: string;
  readonly label: string;
  readonly raw: readonly PlotPoint[];
  /** Null without smoothing. */
  readonly smoothed: readonly PlotPoint[] | null;
  readonly gaps: readonly GapMark[];
  /** The points behind `raw`, in the same order. */
  readonly source: readonly ChartPoint[];
  readonly counts: GapCounts;
}

export interface GapCounts {
  readonly nan: number;
  readonly infinite: number;
  /** Values of zero and below, which a logarithmic axis cannot show. */
  readonly nonPositive: number;
  /** Points at a step or time of zero and below, which have no place on a logarithmic x axis. */
  readonly nonPositiveX: number;
}

/** Turns points into what is drawn on the chosen axes. */
export function prepareSeries(series: ChartSeries, options: ChartOptions): PreparedSeries {
  const start = series.points.reduce((least, point) => Math.min(least, point.timestamp), Infinity);
  const x = (point: ChartPoint): number =>
    options.xAxis === "step" ? point.step : options.xAxis === "time" ? point.timestamp : point.timestamp - start;
  // A resumed run may log an earlier step later, so that its steps and times do not grow together.
  const ordered = options.xAxis === "step" ? series.points : [...series.points].sort((a, b) => a.timestamp - b.timestamp);
  const source = options.logarithmicX === true ? ordered.filter((point) => x(point) > 0) : ordered;
  const drawable = (value: number): boolean => Number.isFinite(value) && (!options.logarithmic || value > 0);
  const raw = source.map((point) => ({ x: x(point), y: drawable(point.value) ? point.value : NaN }));
  const gaps = source.filter((point) => !Number.isFinite(point.value)).map((point) => ({ x: x(point), kind: gapKind(point.value) }));
  const nan = gaps.filter((gap) => gap.kind === "nan").length;
  return {
    id: series.id,
    label: series.label,
    raw,
    smoothed: options.smoothing > 0 ? smooth(raw, options.smoothing) : null,
    gaps,
    source,
    counts: {
      nan,
      infinite: gaps.length - nan,
      nonPositive: options.logarithmic ? source.filter((point) => Number.isFinite(point.value) && point.value <= 0).length : 0,
      nonPositiveX: ordered.length - source.length,
    },
  };
}

/**
 * Exponential moving average, corrected for its start as Adam does, so that the first values are not drawn towards zero.
 * A gap stays a gap and does not end the memory.
 */
export function smooth(points: readonly PlotPoint[], weight: number): readonly PlotPoint[] {
  let average = 0;
  let correction = 1;
  return points.map(({ x, y }) => {
    if (Number.isNaN(y)) {
      return { x, y };
    }
    average = average * weight + (1 - weight) * y;
    correction *= weight;
    return { x, y: average / (1 - correction) };
  });
}

function gapKind(value: number): GapMark["kind"] {
  return Number.isNaN(value) ? "nan" : value > 0 ? "above" : "below";
}
