import type { Product } from "../../core/config/product";
import { parseTarget } from "../../core/config/target";
import { DETECTORS } from "../../core/drift/detectors";
import { oneLine } from "../../core/base/oneLine";
import { type KpiSeries, kpiSeries, type KpiSeriesOptions } from "../../core/kpi/kpiSeries";
import { watchesErrors } from "../../core/kpi/rowErrors";
import type { TrackedRun } from "../../core/monitoring/monitoringTracker";
import { runKpiPoints } from "../../core/monitoring/runKpi";
import { resolveKpi } from "../../core/kpi/kpiSpec";
import { FEW_ROWS } from "../../core/kpi/kpiValue";
import { metricOverTime, type MetricsFile } from "../../core/kpi/metricsFile";
import { naturalRange } from "../../core/kpi/naturalRange";
import { indexed } from "../../core/lint/indexed";
import type { KpiOverTime, KpisOverTimeWish } from "../../core/monitoring/kpisOverTime";
import { labelDelay } from "../../core/monitoring/labelDelay";
import { liveColumns } from "../../core/monitoring/liveColumns";
import { metricsFileOf } from "../../core/monitoring/metricsFileOf";
import type { DriftOptions, KpiSeriesView } from "../../protocol/drift";
import type { ProductData } from "./productData";
import type { KpiCut } from "./driftSubject";

interface NamedKpi {
  readonly name: string;
  readonly by: string | null;
  readonly target: string | null;
  readonly warn: string | null;
  readonly data: string | null;
}

/** Figures over time, wherever they are from. */
export interface KpiFound extends Pick<KpiOverTime, "name" | "by" | "group" | "leftOut"> {
  readonly series: KpiSeries;
  readonly source: string;
}

function namedKpis({ kpis }: Product): readonly NamedKpi[] {
  return indexed(kpis).flatMap(([, { name, by = null, target = null, warn = null, data = null }]) =>
    name === undefined ? [] : [{ name, by, target, warn, data }],
  );
}

/** Which figures of which data are wanted for each window. @param filed names of KPIs that a file of metrics has, as a check takes them. */
export function kpiWish(
  product: Product,
  data: ProductData,
  { columns, time, by }: KpiCut,
  asOf: number,
  { filed, detectors }: { readonly filed: ReadonlySet<string>; readonly detectors: DriftOptions["detectors"] },
): KpisOverTimeWish {
  return {
    live: { ...data.current, kinds: { [time]: "time" } },
    reference: data.reference,
    ...{ columns, time, by, asOf },
    given: liveColumns(product, columns).given,
    labelDelay: labelDelay(product),
    minRows: product.monitoring?.window?.min_rows ?? FEW_ROWS,
    kpis: namedKpis(product).filter((kpi) => kpi.by !== null || !filed.has(kpi.name)),
    detectors,
  };
}

/** Figures that the rows of live data give. */
export function fromRows(found: readonly KpiOverTime[], { monitoring }: Product): readonly KpiFound[] {
  return found.map((one) => ({ ...one, source: monitoring?.live ?? "" }));
}

/**
 * Figures that files of metrics hold, with a moment each, and the names of all KPIs that such a file has, also without a moment.
 * @param config path of the mlops.yaml, from the root of the workspace.
 * @param read null for a file that there is none of, or that holds no metrics.
 */
export async function fromFiles(
  product: Product,
  config: string,
  detectors: DriftOptions["detectors"],
  read: (path: string) => Promise<MetricsFile | null>,
): Promise<{ readonly found: readonly KpiFound[]; readonly names: ReadonlySet<string> }> {
  const found: KpiFound[] = [];
  const names = new Set<string>();
  for (const kpi of namedKpis(product)) {
    const path = metricsFileOf(kpi, product, config);
    const file = path === null ? null : await read(path);
    const values = file === null ? [] : metricOverTime(file, kpi.name);
    const points = values.flatMap(({ time, value }) =>
      time === null ? [] : [{ time, label: new Date(time).toISOString().slice(0, 10), value }],
    );
    if (values.length > 0) {
      names.add(kpi.name);
    }
    if (points.length > 0) {
      const { name, target, warn, data } = kpi;
      const series = kpiSeries(points, { target, warn, range: naturalRange(resolveKpi(name)), ...forFigures(detectors) });
      found.push({ ...{ name, by: null, group: null, leftOut: 0, series }, source: data ?? "" });
    }
  }
  return { found, names };
}

/**
 * Figures that the runs of a tracker logged, a point for each training, oldest first.
 * @param known KPIs that rows or files tell: what a run says is of its training, and tells less.
 */
export function fromRuns(
  product: Product,
  runs: readonly TrackedRun[],
  detectors: DriftOptions["detectors"],
  known: ReadonlySet<string>,
): readonly KpiFound[] {
  return namedKpis(product).flatMap(({ name, by, target, warn }): readonly KpiFound[] => {
    const points = runKpiPoints(runs, name).map(({ time, label, value }) => ({
      time,
      label: `run ${oneLine(label, 60)}, ${new Date(time).toISOString().slice(0, 10)}`,
      value,
    }));
    if (by !== null || known.has(name) || points.length === 0) {
      return [];
    }
    const series = kpiSeries(points, { target, warn, range: naturalRange(resolveKpi(name)), ...forFigures(detectors) });
    return [{ ...{ name, by: null, group: null, leftOut: 0, series }, source: "the runs of MLflow" }];
  });
}

/** Detectors of single answers have none to look at. */
function forFigures(detectors: DriftOptions["detectors"]): Pick<KpiSeriesOptions, "detectors" | "rowMarks"> {
  const single = DETECTORS.filter(({ id }) => watchesErrors(id) && detectors.includes(id));
  const notes = single.map(({ label }) => `${label}: It looks at single answers, and these are figures.`);
  return { detectors: detectors.filter((id) => !watchesErrors(id)), rowMarks: { marks: [], notes } };
}

/** Figures over time, with what checks have kept where neither rows nor files tell: estimates, other sources. */
export function withComputed(checked: readonly KpiSeriesView[], found: readonly KpiFound[], product: Product): readonly KpiSeriesView[] {
  const keyOf = ({ name, by }: Pick<KpiSeriesView, "name" | "by">): string => JSON.stringify([name, by]);
  const known = new Set(found.map(keyOf));
  const kpis = namedKpis(product);
  const place = (one: KpiSeriesView): number => {
    const at = kpis.findIndex(({ name, by }) => name === one.name && by === one.by);
    return at < 0 ? kpis.length : at;
  };
  const own = found.map(({ name, by, group, series, source, leftOut }): KpiSeriesView => {
    const kpi = kpis.find((one) => one.name === name && one.by === by);
    const target = kpi?.target == null ? undefined : parseTarget(kpi.target);
    const warn = kpi?.warn == null ? undefined : parseTarget(kpi.warn);
    return {
      ...{ name, by, group },
      target:
        target === undefined || kpi?.target == null
          ? null
          : { text: kpi.target, value: target.value, better: target.operator.startsWith("<") ? "down" : "up" },
      warn: warn?.value ?? null,
      band: series.band,
      detectorNotes: series.notes,
      points: series.points.map(({ status, sentence, foundBy, ...point }) => ({
        ...point,
        foundBy: foundBy.map((id) => DETECTORS.find((one) => one.id === id)?.label ?? id),
        state: status,
        reason: status === "ok" ? null : sentence,
      })),
      estimate: checked.find((one) => one.name === name && one.by === by && one.group === group)?.estimate ?? null,
      source: leftOut === 0 ? source : `${source}, without the ${leftOut} smallest groups of ${by ?? ""}`,
    };
  });
  // In the order of the product's file, groups as they came.
  return [...own, ...checked.filter((one) => !known.has(keyOf(one)))].sort((a, b) => place(a) - place(b));
}
