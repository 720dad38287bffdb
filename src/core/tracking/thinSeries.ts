import type { MetricHistory, MetricPoint } from "./run";

/**
 * Thins a curve to at most `maxPoints` points: the range is cut into equal buckets, of which the minimum, the maximum and
 * the first non-finite point survive, so that no spike and no gap is lost. The first and the last point always survive.
 * @param points sorted by (step, timestamp, value).
 */
export function toMetricHistory(points: readonly MetricPoint[], maxPoints: number): MetricHistory {
  const thinner = new SeriesThinner(points.length, maxPoints);
  for (const point of points) {
    thinner.add(point);
  }
  return thinner.finish();
}

interface Kept {
  readonly index: number;
  readonly point: MetricPoint;
}

interface Bucket {
  min: Kept | undefined;
  max: Kept | undefined;
  gap: Kept | undefined;
}

/** `toMetricHistory` for a curve that arrives point by point, so that millions of points need no more memory than the result. */
export class SeriesThinner {
  private readonly buckets: Bucket[];
  private readonly all: MetricPoint[] = [];
  private count = 0;
  private first: Kept | undefined;
  private last: Kept | undefined;
  private readonly overall: Bucket = { min: undefined, max: undefined, gap: undefined };

  /** @param expected how many points will come. A few more do no harm: a store may grow while it is read. */
  constructor(
    private readonly expected: number,
    private readonly maxPoints: number,
  ) {
    // Two places are for the first and the last point; each bucket may need three. `maxPoints` may be any number, for all.
    const size = Math.max(0, Math.min(expected, Math.floor((maxPoints - 2) / 3)));
    this.buckets = Array.from({ length: size }, () => ({ min: undefined, max: undefined, gap: undefined }));
  }

  /** Points must come in order of (step, timestamp, value). */
  add(point: MetricPoint): void {
    const kept = { index: this.count, point };
    this.count++;
    this.first ??= kept;
    this.last = kept;
    remember(this.overall, kept);
    if (this.count <= this.maxPoints) {
      this.all.push(point);
    }
    const position = Math.floor((kept.index / Math.max(1, this.expected)) * this.buckets.length);
    const bucket = this.buckets[Math.min(position, this.buckets.length - 1)];
    if (bucket !== undefined) {
      remember(bucket, kept);
    }
  }

  finish(): MetricHistory {
    return {
      points: this.count <= this.maxPoints ? this.all : this.thinned(),
      total: this.count,
      min: this.overall.min?.point.value ?? null,
      max: this.overall.max?.point.value ?? null,
      exact: true,
    };
  }

  private thinned(): readonly MetricPoint[] {
    // With fewer than five places there is no bucket; what matters most comes first.
    const few = [this.last, this.first, this.overall.max, this.overall.min];
    const candidates =
      this.buckets.length > 0 ? [...few.slice(0, 2), ...this.buckets.flatMap(({ min, max, gap }) => [min, max, gap])] : few;
    const chosen = new Map<number, MetricPoint>();
    for (const kept of candidates) {
      if (kept !== undefined && chosen.size < this.maxPoints) {
        chosen.set(kept.index, kept.point);
      }
    }
    return [...chosen].sort(([a], [b]) => a - b).map(([, point]) => point);
  }
}

function remember(bucket: Bucket, kept: Kept): void {
  const { value } = kept.point;
  if (!Number.isFinite(value)) {
    bucket.gap ??= kept;
    return;
  }
  if (bucket.min === undefined || value < bucket.min.point.value) {
    bucket.min = kept;
  }
  if (bucket.max === undefined || value > bucket.max.point.value) {
    bucket.max = kept;
  }
}
