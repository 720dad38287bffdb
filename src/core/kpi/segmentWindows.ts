import type { Chunk } from "../drift/chunks/chunk";
import { orderByTime, takeRows } from "../drift/chunks/timeOrder";
import { chunkTimes } from "../drift/chunks/windowLength";
import type { Column, NumberColumn } from "../tabular/column";
import type { Grouping } from "./grouping";
import { kpiMeter } from "./kpiMeter";
import type { KpiSpec } from "./kpiSpec";
import { noKpi } from "./kpiValue";
import type { KpiRoles } from "./roles";
import { comparesGroups, groupSpec, ratios } from "./segments";
import { windowMeter, type WindowKpi, type WindowOptions } from "./windows";

/** A figure of one group over time. */
export interface SegmentWindows {
  /** Null for rows where the value is missing. */
  readonly group: string | null;
  readonly rows: number;
  /** One for each window that has rows of any group, so that groups can be set beside each other. */
  readonly windows: readonly WindowKpi[];
}

export interface SegmentedWindows {
  /** The largest first. */
  readonly groups: readonly SegmentWindows[];
  /** Smaller groups, which are not computed. */
  readonly leftOut: number;
}

export interface SegmentWindowOptions extends WindowOptions {
  /** So many of the largest groups are measured. */
  readonly most: number;
}

/**
 * A KPI by the values of a column and by windows of time, as `kpiBySegment` and `kpiByWindow` have it.
 * @param by Of the same rows as the other columns.
 * @returns A sentence where it cannot be computed.
 */
export function kpiBySegmentAndWindow(
  spec: KpiSpec,
  columns: readonly Column[],
  roles: KpiRoles,
  by: { readonly column: Column; readonly grouping: Grouping },
  time: NumberColumn,
  options: SegmentWindowOptions,
): SegmentedWindows | string {
  const { order, times } = orderByTime(time);
  const { names } = by.grouping;
  const groups = largestGroups(by.grouping.codes(takeRows(by.column, order)), names.length, options.most);
  const chunks = chunkTimes(times, options.by);
  const { rows, parts } = sortByGroup(chunks, groups.of, groups.sizes.length);
  const meter = kpiMeter(
    groupSpec(spec),
    columns.map((column) => takeRows(takeRows(column, order), rows)),
    roles,
    options.positive ?? null,
  );
  if (typeof meter === "string") {
    return meter;
  }
  const measure = windowMeter(
    spec,
    meter,
    Float64Array.from(rows, (row) => times[row] ?? NaN),
    options,
  );
  const measured = parts.map((part): readonly WindowKpi[] => {
    const all = part.map((chunk): WindowKpi =>
      chunk.from === chunk.to ? { ...measure(chunk), value: noKpi("No row of this window is of this group.") } : measure(chunk),
    );
    return comparesGroups(spec) ? compared(all) : all;
  });
  return {
    groups: groups.sizes.map(({ code, size }, at) => ({
      group: names[code] ?? null,
      rows: size,
      windows: measured.flatMap((windows) => windows[at] ?? []),
    })),
    leftOut: groups.leftOut,
  };
}

/** Each group's rate as a share of the highest one of the window. */
function compared(windows: readonly WindowKpi[]): readonly WindowKpi[] {
  const shares = ratios(windows.map(({ value, few }) => ({ group: null, rows: value.rows, value, few })));
  return windows.map((window, i) => ({ ...window, value: shares[i]?.value ?? window.value }));
}

/** The place of each row's group among the largest ones; as many as there are groups for rows of the others. */
function largestGroups(
  codes: Int32Array,
  names: number,
  most: number,
): {
  readonly sizes: readonly { readonly code: number; readonly size: number }[];
  readonly of: Uint32Array;
  readonly leftOut: number;
} {
  const counts = new Uint32Array(names + 1);
  for (const code of codes) {
    counts[code + 1] = (counts[code + 1] ?? 0) + 1;
  }
  const all = Array.from(counts, (size, i) => ({ code: i - 1, size }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size);
  const sizes = all.slice(0, most);
  const places = new Uint32Array(names + 1).fill(sizes.length);
  sizes.forEach(({ code }, at) => (places[code + 1] = at));
  return { sizes, of: Uint32Array.from(codes, (code) => places[code + 1] ?? sizes.length), leftOut: all.length - sizes.length };
}

/** Rows with those of one window and group together, in the order of time, and where they are: by window, then by group. */
function sortByGroup(
  chunks: readonly Chunk[],
  places: Uint32Array,
  groups: number,
): { readonly rows: Uint32Array; readonly parts: readonly (readonly Chunk[])[] } {
  const rows = new Uint32Array(places.length);
  const parts = chunks.map((chunk) => {
    const sizes = new Uint32Array(groups + 1);
    for (let row = chunk.from; row < chunk.to; row++) {
      const at = places[row] ?? groups;
      sizes[at] = (sizes[at] ?? 0) + 1;
    }
    const free = new Uint32Array(groups + 1);
    let from = chunk.from;
    const ranges = Array.from(sizes, (size, at): Chunk => {
      free[at] = from;
      return { ...chunk, from, to: (from += size) };
    });
    for (let row = chunk.from; row < chunk.to; row++) {
      const at = places[row] ?? groups;
      const place = free[at] ?? 0;
      rows[place] = row;
      free[at] = place + 1;
    }
    return ranges.slice(0, groups);
  });
  return { rows, parts };
}
