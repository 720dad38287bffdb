import { compact } from "../../shared/charts/axisFormat";
import type { TableData } from "../../shared/charts/chartTable";
import { formatInteger } from "../../shared/format";
import { t } from "../../shared/l10n";
import type { ChartItem, Dimension } from "./dimensions";
import { positionOf, type ParallelAxis } from "./parallelAxis";
import { valueText } from "./relationDrawings";

/** What the axes could not place, which runs the ranges hide, and which axes are left out. */
export function axisNotes(
  axes: readonly ParallelAxis[],
  dimensions: readonly Dimension[],
  counts: { readonly kept: number; readonly total: number; readonly unshown: number },
): readonly string[] {
  const perAxis = axes.flatMap((axis, index) => {
    const name = (dimensions[index]?.key ?? "").slice(0, 40);
    const { missing, notFinite, nonPositive, notNumber } = axis.counts;
    return [
      ...(missing > 0 ? [t("{0}: {1} missing", name, formatInteger(missing))] : []),
      ...(notFinite > 0 ? [t("{0}: {1} × NaN or ∞", name, formatInteger(notFinite))] : []),
      ...(nonPositive > 0 ? [t("{0}: {1} at zero or below", name, formatInteger(nonPositive))] : []),
      ...(notNumber > 0 ? [t("{0}: {1} with a text", name, formatInteger(notNumber))] : []),
    ];
  });
  return [
    ...(counts.kept < counts.total
      ? [t("{0} of {1} runs within the ranges", formatInteger(counts.kept), formatInteger(counts.total))]
      : []),
    ...(counts.unshown > 0 ? [t("Showing {0} of {1} that differ", axes.length, formatInteger(axes.length + counts.unshown))] : []),
    ...perAxis,
    t("Drag along an axis to choose a range, drag its name to move it, click its name for more"),
  ];
}

/** The runs within the ranges. */
export function parallelTable(items: readonly ChartItem[], dimensions: readonly Dimension[], kept: readonly boolean[]): TableData {
  const rows = items.flatMap((item, index) => (kept[index] === true ? [{ item, index }] : []));
  return {
    columns: [
      { label: t("Run"), text: true },
      ...dimensions.map((dimension) => ({ label: dimension.key, text: dimension.kind === "category" })),
    ],
    count: rows.length,
    row: (at) => {
      const row = rows[at];
      return row === undefined ? [] : [row.item.name, ...dimensions.map((dimension) => valueText(dimension.values[row.index] ?? null))];
    },
  };
}

/** What is written beside an axis, by position. */
export function axisTicks(axis: ParallelAxis): readonly (readonly [position: number, text: string])[] {
  if (axis.range === null) {
    // Every category keeps its place; of many, only some are named here, and the table names all.
    const every = Math.max(1, Math.ceil(axis.categories.length / 12));
    return axis.categories.flatMap((category, index) => {
      const place = axis.categories.length < 2 ? 0.5 : index / (axis.categories.length - 1);
      return index % every === 0 ? [[axis.flipped ? 1 - place : place, category] as const] : [];
    });
  }
  const [low, high] = axis.range;
  if (low === high) {
    return [[0.5, compact(low)]];
  }
  // The ends as they are, and between them round numbers that stand clear of them.
  const between = roundNumbers(low, high, axis.log).flatMap((value) => {
    const place = positionOf(value, axis.range ?? [low, high], axis.log, axis.flipped);
    return place > 0.07 && place < 0.93 ? [[place, compact(value)] as const] : [];
  });
  return [[axis.flipped ? 1 : 0, compact(low)], ...between, [axis.flipped ? 0 : 1, compact(high)]];
}

/** Three to six multiples of 1, 2 or 5 times a power of ten; on a log axis powers of ten. */
function roundNumbers(low: number, high: number, log: boolean): readonly number[] {
  if (log) {
    const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
    const stride = Math.max(1, Math.ceil((last - first + 1) / 6));
    return Array.from({ length: Math.max(0, Math.floor((last - first) / stride) + 1) }, (_, index) => 10 ** (first + index * stride));
  }
  const span = high / 4 - low / 4;
  const power = 10 ** Math.floor(Math.log10(span));
  const step = power * (span / power >= 5 ? 5 : span / power >= 2 ? 2 : 1);
  const first = Math.ceil(low / step);
  const count = Math.min(10, Math.floor(high / step) - first + 1);
  // Multiplied rather than added up, and rounded, so that 0.3 does not become 0.30000000000000004.
  return Array.from({ length: Math.max(0, count) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Items whose value has no place on the scale. */
export function offScale({ counts }: ParallelAxis): number {
  return counts.notFinite + counts.nonPositive + counts.notNumber;
}
