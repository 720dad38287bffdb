import type { MetricPoint } from "../tracking/run";
import type { GpuUse } from "./costedRun";

/** Above so many times the usual distance of two points, nobody measured: a gap, or a restart. */
const MOST_INTERVALS = 3;
/** Share of its memory from which a GPU holds something for the run: a driver alone takes less. */
const HELD_PERCENT = 10;
/** Share of the time from which a GPU was at work at all. */
const USED_SHARE = 0.05;

const GPU_METRIC =
  /^system\/(?:(.+)\/)?gpu_(\d+)_(utilization_percentage|memory_usage_percentage|memory_usage_megabytes|memory_usage_gigabytes)$/;

/** What a metric's name says of a GPU, as MLflow logs them. */
export interface GpuMetric {
  /** Equal for all metrics of one GPU of one node. */
  readonly gpu: string;
  readonly kind: "use" | "memory" | "held";
}

/** @returns null for a metric of something else. `held` tells only that there is such a GPU. */
export function gpuMetricOf(key: string): GpuMetric | null {
  // Most names are no such ones, and 100,000 runs have many.
  const [, node = "", index, kind] = key.startsWith("system/") ? (GPU_METRIC.exec(key) ?? []) : [];
  return index === undefined
    ? null
    : { gpu: `${node}/${index}`, kind: kind === "utilization_percentage" ? "use" : kind === "memory_usage_percentage" ? "memory" : "held" };
}

/** One GPU's curves, in any order; NaN is a missing number. */
export interface GpuSeries {
  /** Percent. Empty where the driver does not tell, as for a MIG slice. */
  readonly use: readonly MetricPoint[];
  /** Percent of its memory. */
  readonly memory: readonly MetricPoint[];
}

/**
 * How GPUs were used. A point stands for the time since the point before it, because that is what was measured for it, and for three times the
 * median distance at most. A GPU without a number of its use is unknown, never idle.
 * @param below use in percent below which a GPU is idle.
 * @returns null where no GPU logged anything.
 */
export function gpuUse(series: Iterable<GpuSeries>, below: number): GpuUse | null {
  let [count, coveredMs, idleMs, parkedMs, weighted, usedCount, unknownCount] = [0, 0, 0, 0, 0, 0, 0];
  const lone: number[] = [];
  for (const { use, memory } of series) {
    const points = inTime(use);
    if (points.length === 0) {
      unknownCount++;
      continue;
    }
    count++;
    const held = inTime(memory);
    const longest = MOST_INTERVALS * medianOf(distances(points));
    let [covered, worked, at] = [0, 0, 0];
    points.forEach(({ timestamp, value }, index) => {
      const before = points[index - 1];
      if (before === undefined) {
        return;
      }
      const ms = Math.min(timestamp - before.timestamp, longest);
      covered += ms;
      weighted += ms * value;
      if (value >= below) {
        worked += ms;
        return;
      }
      idleMs += ms;
      while (at + 1 < held.length && (held[at + 1]?.timestamp ?? Infinity) <= timestamp) {
        at++;
      }
      const memoryNow = held[at];
      const isHeld = memoryNow !== undefined && Math.abs(memoryNow.timestamp - timestamp) <= longest && memoryNow.value >= HELD_PERCENT;
      parkedMs += isHeld ? ms : 0;
    });
    coveredMs += covered;
    usedCount += covered === 0 ? (points.some(({ value }) => value >= below) ? 1 : 0) : worked >= covered * USED_SHARE ? 1 : 0;
    if (covered === 0) {
      lone.push(...points.map(({ value }) => value));
    }
  }
  if (count === 0 && unknownCount === 0) {
    return null;
  }
  const meanUse = coveredMs > 0 ? weighted / coveredMs : lone.length === 0 ? 0 : lone.reduce((sum, value) => sum + value, 0) / lone.length;
  return { count, coveredMs, idleMs, parkedMs, meanUse, usedCount, unknownCount };
}

/** Steps begin anew when a run is taken up again, times do not. */
function inTime(points: readonly MetricPoint[]): readonly MetricPoint[] {
  return points
    .filter(({ value, timestamp }) => Number.isFinite(value) && Number.isFinite(timestamp))
    .sort((a, b) => a.timestamp - b.timestamp);
}

function distances(points: readonly MetricPoint[]): readonly number[] {
  return points.slice(1).map(({ timestamp }, index) => timestamp - (points[index]?.timestamp ?? timestamp));
}

/** Of the distances above nothing; 0 where there is none. */
function medianOf(values: readonly number[]): number {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const [lower = 0, upper = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return (lower + upper) / 2;
}
