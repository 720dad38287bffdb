import type { CancelSignal } from "../base/cancel";
import { chunkByNumber } from "../drift/chunks/chunk";
import { ESTIMATED_METRICS, estimatePerformance, type ScoredTable } from "../drift/chunks/cbpe";
import type { EstimatedMetricId, ScoredRows } from "../drift/chunks/estimatedMetrics";
import { betterOf } from "../kpi/judgeKpi";
import { kpiColumns, kpiMeter } from "../kpi/kpiMeter";
import { type KpiRole, resolveKpi } from "../kpi/kpiSpec";
import { type KpiValue, noKpi } from "../kpi/kpiValue";
import { chooseRoles, type KpiRoles, roleColumns } from "../kpi/roles";
import { scoredRows } from "../kpi/scoredRows";
import { kpiBySegment } from "../kpi/segments";
import type { ColumnKind } from "../tabular/column";
import type { TableReader, TableSource } from "../tabular/tableReader";
import { readColumns } from "./readColumns";

/** Parts of the reference by which an estimate is held against what came. */
const REFERENCE_PARTS = 10;

interface NamedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** What columns are, where somebody has said so. */
export interface GivenRoles extends Readonly<Record<KpiRole, string | null>> {
  /** The outcome that counts as positive. */
  readonly positive: string | null;
}

export interface FigureWish {
  /** With the window, where there is one. */
  readonly source: TableSource;
  /** What the table has. */
  readonly available: readonly NamedColumn[];
  readonly given: GivenRoles;
  readonly kpis: readonly { readonly name: string; readonly by: string | null; readonly target: string | null }[];
}

export interface Figure {
  readonly name: string;
  readonly by: string | null;
  /** Null for all rows, and for rows without a value of `by`. */
  readonly group: string | null;
  readonly rows: number;
  readonly value: KpiValue;
}

/** Figures of a scored table, those of groups one by one. Names that are no figure of a table are left out. */
export async function scoredFigures(tables: TableReader, wish: FigureWish, signal: CancelSignal): Promise<readonly Figure[]> {
  const { available, given, kpis } = wish;
  const roles = chooseRoles(available, given);
  const known = new Set(available.map(({ name }) => name));
  const wanted = kpis.flatMap(({ name, by, target }) => {
    const spec = resolveKpi(name, available);
    return spec === null
      ? []
      : [{ name, by, target, spec, needs: [...kpiColumns(spec, roles), ...(by === null ? [] : [by])].filter((one) => known.has(one)) }];
  });
  const columns = await readColumns(tables, wish.source, [...new Set(wanted.flatMap(({ needs }) => needs))], signal);
  return wanted.flatMap(({ name, by, target, spec }): readonly Figure[] => {
    const one = (value: KpiValue): readonly Figure[] => [{ name, by, group: null, rows: value.rows, value }];
    if (by === null) {
      const meter = kpiMeter(spec, columns.columns, roles, given.positive);
      return one(typeof meter === "string" ? noKpi(meter) : meter.measure({ from: 0, to: columns.rows }));
    }
    const column = columns.columns.find((each) => each.name === by);
    if (column === undefined) {
      return one(noKpi(`The table has no column "${by}" to group by.`));
    }
    const better = betterOf(target);
    const segments = kpiBySegment(spec, columns.columns, roles, column, { positive: given.positive, better });
    return typeof segments === "string"
      ? one(noKpi(segments))
      : segments.groups.map(({ group, rows, value }) => ({ name, by, group: group ?? "missing", rows, value }));
  });
}

export interface EstimateWish {
  /** With labels and scores. */
  readonly reference: TableSource;
  readonly referenceColumns: readonly NamedColumn[];
  readonly live: TableSource;
  readonly liveColumns: readonly NamedColumn[];
  readonly given: GivenRoles;
  readonly names: readonly string[];
}

export interface EstimatedFigure {
  readonly name: string;
  readonly value: number | null;
  readonly rows: number;
  readonly reason: string | null;
}

/** The metric that can be estimated without labels; null for a name of another one. */
export function estimableMetric(name: string): EstimatedMetricId | null {
  const spec = resolveKpi(name);
  return spec?.kind === "measure" ? (ESTIMATED_METRICS.find((one) => one === spec.id) ?? null) : null;
}

/** Figures of live data whose outcomes nobody knows yet, estimated from the scores. Empty where the tables lack what that needs. */
export async function estimatedFigures(tables: TableReader, wish: EstimateWish, signal: CancelSignal): Promise<readonly EstimatedFigure[]> {
  const { given } = wish;
  const roles = { reference: chooseRoles(wish.referenceColumns, given), live: chooseRoles(wish.liveColumns, given) };
  const has = (columns: readonly NamedColumn[], choice: KpiRoles[KpiRole]): boolean =>
    choice !== null && columns.some(({ name }) => name === choice.column);
  if (
    !has(wish.referenceColumns, roles.reference.label) ||
    !has(wish.referenceColumns, roles.reference.score) ||
    !has(wish.liveColumns, roles.live.score)
  ) {
    return [];
  }
  const reference = await scoredTable(tables, wish.reference, wish.referenceColumns, roles.reference, given.positive, signal);
  const live = await scoredTable(tables, wish.live, wish.liveColumns, roles.live, reference?.positive ?? null, signal);
  if (reference === null || live === null) {
    return [];
  }
  const metrics = wish.names.map((name) => ({ name, metric: estimableMetric(name) }));
  const parts = (rows: ScoredRows, count: number): ScoredTable => ({ rows, chunks: chunkByNumber(rows.scores.length, count) });
  const estimate = estimatePerformance(parts(reference.rows, REFERENCE_PARTS), parts(live.rows, 1), {
    metrics: [...new Set(metrics.flatMap(({ metric }) => metric ?? []))],
  });
  return metrics.flatMap(({ name, metric }): readonly EstimatedFigure[] => {
    if (metric === null) {
      return [];
    }
    if (estimate.kind === "none") {
      return [{ name, value: null, rows: 0, reason: estimate.reason }];
    }
    const point = estimate.series.find((one) => one.metric === metric)?.current[0];
    const value = point?.estimated?.value ?? null;
    return [
      { name, value, rows: point?.rows ?? 0, reason: value === null ? (point?.reason ?? "There is no row to estimate from.") : null },
    ];
  });
}

/** Null where there are no scores for one of two classes. */
async function scoredTable(
  tables: TableReader,
  source: TableSource,
  available: readonly NamedColumn[],
  roles: KpiRoles,
  positive: string | null,
  signal: CancelSignal,
): Promise<{ readonly rows: ScoredRows; readonly positive: string } | null> {
  const { columns } = await readColumns(tables, source, roleColumns(roles, available), signal);
  const scored = scoredRows(columns, roles, positive);
  return typeof scored === "string" ? null : { rows: scored.rows, positive: scored.positive.value };
}
