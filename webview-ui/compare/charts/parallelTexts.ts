import { compact } from "../../shared/charts/axisFormat";
import type { TableData } from "../../shared/charts/chartTable";
import { formatInteger } from "../../shared/format";
import { t } from "../../shared/l10n";
import type { ChartItem, Dimension } from "./dimensions";
import { valueAt, type ParallelAxis } from "./parallelAxis";
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
    t("Drag along an axis to choose a range; click its name for more"),
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
  const positions = axis.range[0] === axis.range[1] ? [0.5] : [0, 0.25, 0.5, 0.75, 1];
  return positions.map((position) => [position, compact(valueAt(axis, position) ?? 0)] as const);
}

/** Items whose value has no place on the scale. */
export function offScale({ counts }: ParallelAxis): number {
  return counts.notFinite + counts.nonPositive + counts.notNumber;
}
