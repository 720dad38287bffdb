import { argsort } from "../base/argsort";
import type { RowRange } from "../drift/chunks/chunk";
import { takeRows } from "../drift/chunks/timeOrder";
import type { Column } from "../tabular/column";
import { groupingOf } from "./grouping";
import { kpiMeter } from "./kpiMeter";
import type { KpiSpec } from "./kpiSpec";
import { FEW_ROWS, measuredKpi, type KpiValue } from "./kpiValue";
import type { KpiRoles } from "./roles";

/** A figure of the rows that have one value of a column. */
export interface SegmentKpi {
  /** The value, or a range of numbers; null for rows where it is missing. */
  readonly group: string | null;
  readonly rows: number;
  readonly value: KpiValue;
  /** Too few rows to be judged. */
  readonly few: boolean;
}

export interface SegmentedKpi {
  /** The worst of those with enough rows first; then those with too few, then those without a value. */
  readonly groups: readonly SegmentKpi[];
  /** Groups beyond the largest 200, which are not computed. */
  readonly leftOut: number;
  readonly notes: readonly string[];
}

export interface SegmentOptions {
  readonly minRows?: number;
  /** Which way is better, where the KPI does not say: from its target. */
  readonly better?: "up" | "down" | null;
  readonly positive?: string | null;
}

const MOST_GROUPS = 200;

/**
 * A KPI by the values of a column. Of `selection_rate_ratio` each group's value is its rate as a share of the highest rate of a group with enough rows.
 * @param columns Those of the KPI, and `by`.
 * @returns A sentence where it cannot be computed.
 */
export function kpiBySegment(
  spec: KpiSpec,
  columns: readonly Column[],
  roles: KpiRoles,
  by: Column,
  options: SegmentOptions = {},
): SegmentedKpi | string {
  const { minRows = FEW_ROWS, positive = null } = options;
  const { names, codes } = groupingOf(by);
  const { order, ranges } = byGroup(codes(by), names.length);
  const isRatio = comparesGroups(spec);
  const meter = kpiMeter(
    groupSpec(spec),
    columns.map((column) => takeRows(column, order)),
    roles,
    positive,
  );
  if (typeof meter === "string") {
    return meter;
  }
  const all = ranges.map((rows, i) => ({ group: names[i - 1] ?? null, size: rows.to - rows.from, rows })).filter(({ size }) => size > 0);
  const kept = all.length <= MOST_GROUPS ? all : [...all].sort((a, b) => b.size - a.size).slice(0, MOST_GROUPS);
  const measured = kept.map(({ group, size, rows }): SegmentKpi => {
    const value = meter.measure(rows);
    return { group, rows: size, value, few: value.rows < minRows };
  });
  const groups = isRatio ? ratios(measured) : measured;
  const better = spec.better ?? options.better ?? "up";
  return { groups: worstFirst(groups, better), leftOut: all.length - kept.length, notes: meter.notes };
}

/** Whether a figure compares groups with each other, so that rows as a whole have none. */
export function comparesGroups(spec: KpiSpec): boolean {
  return spec.kind === "measure" && spec.id === "selection_rate_ratio";
}

/** What is measured of each group; of a comparison that is what is compared. */
export function groupSpec(spec: KpiSpec): KpiSpec {
  return spec.kind === "measure" && comparesGroups(spec) ? { ...spec, id: "selection_rate" } : spec;
}

/** The lowest and the highest figure of groups with enough rows; null where there are fewer than two. */
export function segmentSpread(groups: readonly SegmentKpi[]): { readonly low: number; readonly high: number } | null {
  const values = groups.flatMap(({ value, few }) => (value.kind === "measured" && !few ? [value.value] : []));
  return values.length < 2 ? null : { low: Math.min(...values), high: Math.max(...values) };
}

function worstFirst(groups: readonly SegmentKpi[], better: "up" | "down"): SegmentKpi[] {
  const rank = ({ value, few }: SegmentKpi): number => (value.kind === "none" ? 2 : few ? 1 : 0);
  const badness = ({ value }: SegmentKpi): number => (value.value ?? 0) * (better === "up" ? 1 : -1);
  return [...groups].sort((a, b) => rank(a) - rank(b) || badness(a) - badness(b));
}

/** The four-fifths rule compares each rate with the highest. Intervals of a ratio of two shares are not simple, so there are none. */
export function ratios(groups: readonly SegmentKpi[]): SegmentKpi[] {
  const highest = segmentSpread(groups)?.high ?? 0;
  return groups.map((segment) => {
    const { value } = segment;
    return value.kind === "none" || highest === 0
      ? segment
      : { ...segment, value: measuredKpi(value.value / highest, value.rows, null, value.notes) };
  });
}

/** Rows sorted by group, and the range of each; the first range is that of rows without a value. */
function byGroup(codes: Int32Array, groups: number): { readonly order: Uint32Array; readonly ranges: RowRange[] } {
  const order = argsort(Float64Array.from(codes));
  const sizes = new Uint32Array(groups + 1);
  for (const code of codes) {
    sizes[code + 1] = (sizes[code + 1] ?? 0) + 1;
  }
  let from = 0;
  return { order, ranges: Array.from(sizes, (size) => ({ from, to: (from += size) })) };
}
