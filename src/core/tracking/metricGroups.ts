import type { MetricGroup, MetricRow, WireNumber } from "../../protocol/runPage";
import type { Metric } from "./run";

/** MLflow logs what the machine did under this prefix. */
const SYSTEM_PREFIX = "system/";

/**
 * Groups metrics by what stands before their last `/`: those without a prefix first, then by name, system metrics last.
 * Inside a group by name, numbers in names by their size (`gpu_2` before `gpu_10`).
 */
export function toMetricGroups(metrics: ReadonlyMap<string, Metric>): readonly MetricGroup[] {
  const groups = new Map<string, MetricRow[]>();
  for (const [key, metric] of metrics) {
    const prefix = key.slice(0, key.lastIndexOf("/") + 1);
    const rows = groups.get(prefix) ?? [];
    rows.push({ key, latest: toWireNumber(metric.value), step: metric.step, timestamp: metric.timestamp });
    groups.set(prefix, rows);
  }
  return [...groups]
    .map(([prefix, rows]) => ({ prefix, system: isSystem(prefix), metrics: rows.sort((a, b) => compareNames(a.key, b.key)) }))
    .sort((a, b) => Number(a.system) - Number(b.system) || compareNames(a.prefix, b.prefix));
}

export function toWireNumber(value: number): WireNumber {
  if (Number.isFinite(value)) {
    return value;
  }
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/** By name, numbers inside by size. No locale: the same order for everybody. */
export function compareNames(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const x = left[index] ?? "";
    const y = right[index] ?? "";
    if (x !== y) {
      const difference = Number(x) - Number(y);
      return Number.isNaN(difference) || difference === 0 ? (x < y ? -1 : 1) : difference;
    }
  }
  return left.length - right.length;
}

function isSystem(prefix: string): boolean {
  return prefix.startsWith(SYSTEM_PREFIX);
}
