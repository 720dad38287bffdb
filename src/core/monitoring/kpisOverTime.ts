import type { CancelSignal } from "../base/cancel";
import type { Period } from "../drift/chunks/periods";
import { type Baseline, baselineOf } from "../drift/detectors/detector";
import { kpiColumns, kpiMeter } from "../kpi/kpiMeter";
import { type KpiSeries, kpiSeries } from "../kpi/kpiSeries";
import { type KpiSpec, resolveKpi } from "../kpi/kpiSpec";
import { chooseRoles, type KpiRoles } from "../kpi/roles";
import { kpiByWindow, windowPoints } from "../kpi/windows";
import type { ColumnKind } from "../tabular/column";
import type { TableReader, TableSource } from "../tabular/tableReader";
import { type ReadColumns, readColumns, readReference } from "./readColumns";
import type { GivenRoles } from "./scoredFigures";

/** Parts of the reference that show how far a figure varies while all is well. */
const BASELINE_PARTS = 10;
const FEWEST_ROWS = 100;

export interface KpisOverTimeWish {
  /** Scored live data; the column of times is read as such. */
  readonly live: TableSource;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  /** Scored data of the training, for the band around what is usual. */
  readonly reference: TableSource;
  readonly time: string;
  readonly by: Period;
  readonly given: GivenRoles;
  /** Milliseconds until outcomes are known. */
  readonly labelDelay: number;
  /** The moment that is looked from, milliseconds since 1970. */
  readonly asOf: number;
  readonly minRows: number;
  readonly kpis: readonly { readonly name: string; readonly target: string | null; readonly warn: string | null }[];
}

export interface KpiOverTime {
  readonly name: string;
  readonly series: KpiSeries;
}

/** KPIs of each window of live data, computed from its rows. Those that the table cannot give are left out. */
export async function kpisOverTime(tables: TableReader, wish: KpisOverTimeWish, signal: CancelSignal): Promise<readonly KpiOverTime[]> {
  const roles = chooseRoles(
    wish.columns.filter(({ name }) => name !== wish.time),
    wish.given,
  );
  const known = new Set(wish.columns.map(({ name }) => name));
  const wanted = wish.kpis.flatMap((kpi) => {
    const spec = resolveKpi(kpi.name, wish.columns);
    const needs = spec === null ? [] : kpiColumns(spec, roles);
    return spec === null || !needs.every((name) => known.has(name)) ? [] : [{ kpi, spec, needs }];
  });
  const names = [...new Set(wanted.flatMap(({ needs }) => needs))];
  if (names.length === 0) {
    return [];
  }
  const { columns } = await readColumns(tables, wish.live, [...names, wish.time], signal);
  const time = columns.find(({ name }) => name === wish.time);
  if (time?.kind !== "time") {
    return [];
  }
  const usual = await readReference(tables, wish.reference, names, signal);
  return wanted.flatMap(({ kpi, spec }): readonly KpiOverTime[] => {
    const { by, labelDelay, asOf, minRows } = wish;
    const windowed = kpiByWindow(spec, columns, roles, time, { by, labelDelay, asOf, minRows, positive: wish.given.positive });
    if (typeof windowed === "string") {
      return [];
    }
    const baseline = usual === null ? null : baselineIn(usual, spec, roles, wish.given.positive);
    return [{ name: kpi.name, series: kpiSeries(windowPoints(windowed), { target: kpi.target, warn: kpi.warn, minRows, baseline }) }];
  });
}

function baselineIn({ columns, rows }: ReadColumns, spec: KpiSpec, roles: KpiRoles, positive: string | null): Baseline | null {
  const meter = rows < FEWEST_ROWS * BASELINE_PARTS ? "Too few rows." : kpiMeter(spec, columns, roles, positive);
  if (typeof meter === "string") {
    return null;
  }
  const edge = (part: number): number => Math.floor((part * rows) / BASELINE_PARTS);
  const values = Array.from({ length: BASELINE_PARTS }, (_, part) => meter.measure({ from: edge(part), to: edge(part + 1) }).value);
  return baselineOf(
    values.filter((value) => value !== null),
    "ten parts of the reference",
  );
}
