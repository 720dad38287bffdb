import type { KpiSeriesView } from "../../../protocol/drift";
import { parseTarget } from "../../config/target";
import type { MonitoringKpi, MonitoringResult } from "../../monitoring/monitoringResult";
import { timeSpan } from "./timeSpan";

type Point = KpiSeriesView["points"][number];
type Estimate = NonNullable<KpiSeriesView["estimate"]>;

const ASSUMPTION =
  "Estimated without labels. It assumes that the same inputs still lead to the same outcomes; where that has changed, the estimate is wrong.";

/** One figure over all checks; of several checks of one window the newest counts. */
interface Found {
  readonly newest: MonitoringKpi;
  readonly points: Map<number, Point>;
}

/** KPIs over time as checks have found them, one point a window. Estimates stand beside what was measured, never in its place. */
export function kpiHistory(results: readonly MonitoringResult[]): readonly KpiSeriesView[] {
  const found = new Map<string, Found>();
  for (const result of [...results].sort((a, b) => b.checked_at - a.checked_at)) {
    for (const kpi of result.kpis) {
      const key = keyOf(kpi, kpi.kind);
      const one = found.get(key) ?? { newest: kpi, points: new Map<number, Point>() };
      const point = toPoint(kpi, result);
      one.points.set(point.time, one.points.get(point.time) ?? point);
      found.set(key, one);
    }
  }
  const kpis = new Map([...found.values()].map(({ newest }) => [keyOf(newest, ""), newest]));
  return [...kpis.values()].map((kpi) => toSeries(kpi, found.get(keyOf(kpi, "measured")), found.get(keyOf(kpi, "estimated"))));
}

function keyOf({ name, by, group }: MonitoringKpi, kind: string): string {
  return JSON.stringify([name, by, group, kind]);
}

function toSeries(kpi: MonitoringKpi, measured: Found | undefined, estimated: Found | undefined): KpiSeriesView {
  const target = kpi.target === null ? undefined : parseTarget(kpi.target);
  const warn = kpi.warn === null ? undefined : parseTarget(kpi.warn);
  return {
    name: kpi.name,
    by: kpi.by,
    group: kpi.group,
    target:
      target === undefined || kpi.target === null
        ? null
        : { text: kpi.target, value: target.value, better: target.operator.startsWith("<") ? "down" : "up" },
    warn: warn?.value ?? null,
    band: null,
    points: inOrder(measured),
    estimate: estimated === undefined ? null : { assumption: ASSUMPTION, points: inOrder(estimated).map(toEstimate) },
    source: (measured ?? estimated)?.newest.source ?? kpi.source,
  };
}

function toPoint(kpi: MonitoringKpi, result: MonitoringResult): Point {
  const window = kpi.window ?? result.window;
  const hasTime = window !== null && (window.from !== null || window.to !== null);
  return {
    time: window?.from ?? window?.to ?? result.checked_at,
    label: hasTime ? timeSpan(window.from, window.to) : new Date(result.checked_at).toISOString().slice(0, 10),
    value: kpi.value,
    rows: kpi.rows,
    state: kpi.status,
    reason: kpi.value === null || kpi.status === "unjudged" ? kpi.verdict : null,
    low: null,
    high: null,
    drift: result.drift?.status === "fail",
  };
}

function toEstimate({ time, value, low, high }: Point): Estimate["points"][number] {
  return { time, value, low, high };
}

function inOrder(found: Found | undefined): readonly Point[] {
  return [...(found?.points.values() ?? [])].sort((a, b) => a.time - b.time);
}
