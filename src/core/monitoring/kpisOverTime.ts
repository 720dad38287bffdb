import type { CancelSignal } from "../base/cancel";
import { takeRows } from "../drift/chunks/timeOrder";
import type { WindowLength } from "../drift/chunks/windowLength";
import { type Baseline, baselineOf, type DetectorId } from "../drift/detectors/detector";
import { type Grouping, groupingOf } from "../kpi/grouping";
import { kpiColumns, kpiMeter } from "../kpi/kpiMeter";
import { type KpiSeries, kpiSeries, type RowMarks } from "../kpi/kpiSeries";
import { type KpiSpec, resolveKpi } from "../kpi/kpiSpec";
import { FEW_ROWS } from "../kpi/kpiValue";
import { naturalRange } from "../kpi/naturalRange";
import { chooseRoles, type KpiRoles, roleColumns } from "../kpi/roles";
import { comparesGroups } from "../kpi/segments";
import { rowErrorMarks, watchesErrors } from "../kpi/rowErrors";
import { kpiBySegmentAndWindow } from "../kpi/segmentWindows";
import { kpiByWindow, windowPoints, type WindowKpi } from "../kpi/windows";
import type { Column, ColumnKind, NumberColumn } from "../tabular/column";
import type { TableReader, TableSource } from "../tabular/tableReader";
import { type Calibration, calibrationOf } from "./calibrationOf";
import { type ReadColumns, readColumns, readReference } from "./readColumns";
import type { GivenRoles } from "./scoredFigures";

/** Parts of the reference that show how far a figure varies while all is well. */
const BASELINE_PARTS = 10;
const FEWEST_ROWS = 100;
/** More small charts beside each other would tell nobody anything. */
const MOST_GROUPS = 50;

interface WishedKpi {
  readonly name: string;
  /** The column whose values are judged apart; null for all rows together. */
  readonly by: string | null;
  readonly target: string | null;
  readonly warn: string | null;
}

export interface KpisOverTimeWish {
  /** Scored live data; the column of times is read as such. */
  readonly live: TableSource;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  /** Scored data of the training, for the band around what is usual. */
  readonly reference: TableSource;
  readonly time: string;
  readonly by: WindowLength;
  readonly given: GivenRoles;
  /** Milliseconds until outcomes are known. */
  readonly labelDelay: number;
  /** The moment that is looked from, milliseconds since 1970. */
  readonly asOf: number;
  /** Fewest rows of a window to be judged. Groups are smaller: they need 30. */
  readonly minRows: number;
  readonly kpis: readonly WishedKpi[];
  /** What looks for changes of the figures. */
  readonly detectors: readonly DetectorId[];
}

export interface KpiOverTime {
  readonly name: string;
  readonly by: string | null;
  /** Value of `by`, "missing" for rows without one; null for all rows. */
  readonly group: string | null;
  readonly series: KpiSeries;
  /** Smaller groups, which are not computed. */
  readonly leftOut: number;
}

export interface KpisOverTime {
  /** Those that the table cannot give are left out. */
  readonly kpis: readonly KpiOverTime[];
  /** Null where there are no probabilities of one class, or no outcomes. */
  readonly calibration: Calibration | null;
}

interface Wanted {
  readonly kpi: WishedKpi;
  readonly spec: KpiSpec;
  readonly needs: readonly string[];
}

/** KPIs of each window of live data, also by group, computed from its rows, and how well its probabilities hold. Each table is read once. */
export async function kpisOverTime(tables: TableReader, wish: KpisOverTimeWish, signal: CancelSignal): Promise<KpisOverTime> {
  const roles = chooseRoles(
    wish.columns.filter(({ name }) => name !== wish.time),
    wish.given,
  );
  const known = new Set(wish.columns.map(({ name }) => name));
  const wanted = wish.kpis.flatMap((kpi): readonly Wanted[] => {
    const spec = resolveKpi(kpi.name, wish.columns);
    const needs = spec === null ? [] : [...kpiColumns(spec, roles), ...(kpi.by === null ? [] : [kpi.by])];
    return spec === null || !needs.every((name) => known.has(name)) ? [] : [{ kpi, spec, needs }];
  });
  const names = [...new Set([...wanted.flatMap(({ needs }) => needs), ...calibrationColumns(roles, wish)])];
  if (names.length === 0) {
    return { kpis: [], calibration: null };
  }
  const { columns } = await readColumns(tables, wish.live, [...new Set([...names, wish.time])], signal);
  const time = columns.find(({ name }) => name === wish.time);
  if (time?.kind !== "time") {
    return { kpis: [], calibration: null };
  }
  const usual = await readReference(tables, wish.reference, names, signal);
  const work = new RowWork(wish, roles, columns, time, usual);
  return {
    kpis: wanted.flatMap((one) => work.measure(one)),
    calibration: calibrationOf({ live: columns, time, reference: usual?.columns ?? null }, roles, {
      positive: wish.given.positive,
      labelDelay: wish.labelDelay,
      asOf: wish.asOf,
    }),
  };
}

/** None where probabilities or outcomes are lacking. */
function calibrationColumns(roles: KpiRoles, { columns }: KpisOverTimeWish): readonly string[] {
  const names = roleColumns(roles, columns);
  return [roles.score, roles.label].every((role) => role !== null && names.includes(role.column)) ? names : [];
}

class RowWork {
  constructor(
    private readonly wish: KpisOverTimeWish,
    private readonly roles: KpiRoles,
    private readonly columns: readonly Column[],
    private readonly time: NumberColumn,
    private readonly usual: ReadColumns | null,
  ) {}

  measure({ kpi, spec, needs }: Wanted): readonly KpiOverTime[] {
    const { by, labelDelay, asOf, minRows, given } = this.wish;
    const options = { by, labelDelay, asOf, minRows, positive: given.positive };
    // A reference that lacks a column has other figures, or none.
    const usual = this.usual !== null && needs.every((name) => this.usual?.columns.some((one) => one.name === name)) ? this.usual : null;
    if (kpi.by === null) {
      const windowed = kpiByWindow(spec, this.columns, this.roles, this.time, options);
      return typeof windowed === "string"
        ? []
        : [
            {
              ...named(kpi, null, 0),
              series: this.series(windowed.windows, kpi, spec, minRows, this.baseline(usual, spec), this.rowMarks(spec, windowed.windows)),
            },
          ];
    }
    const column = this.columns.find(({ name }) => name === kpi.by);
    if (column === undefined) {
      return [];
    }
    const grouping = groupingOf(column);
    const found = kpiBySegmentAndWindow(spec, this.columns, this.roles, { column, grouping }, this.time, {
      ...options,
      minRows: FEW_ROWS,
      most: MOST_GROUPS,
    });
    return typeof found === "string"
      ? []
      : found.groups.map(({ group, windows }) => {
          const own = usual === null || comparesGroups(spec) ? null : rowsOfGroup(usual, kpi.by, grouping, group);
          const series = this.series(windows, kpi, spec, FEW_ROWS, this.baseline(own, spec));
          return { ...named(kpi, group ?? "missing", found.leftOut), series };
        });
  }

  private series(
    windows: readonly WindowKpi[],
    { target, warn }: WishedKpi,
    spec: KpiSpec,
    minRows: number,
    baseline: Baseline | null,
    rowMarks: RowMarks = { marks: [], notes: [] },
  ): KpiSeries {
    const detectors = this.wish.detectors.filter((id) => !watchesErrors(id));
    return kpiSeries(windowPoints({ windows }), { target, warn, minRows, baseline, range: naturalRange(spec), detectors, rowMarks });
  }

  /** Single answers are right or wrong where the figure compares predictions with outcomes; groups are too small for that. */
  private rowMarks(spec: KpiSpec, windows: readonly WindowKpi[]): RowMarks {
    const { detectors, asOf, labelDelay } = this.wish;
    const compares = spec.kind === "measure" && spec.needs.includes("label");
    const chunks = windows.map(({ chunk }) => chunk);
    return rowErrorMarks(compares ? detectors : [], this.columns, this.roles, this.time, chunks, asOf - labelDelay);
  }

  private baseline(usual: ReadColumns | null, spec: KpiSpec): Baseline | null {
    if (usual === null || usual.rows < FEWEST_ROWS * BASELINE_PARTS) {
      return null;
    }
    const { columns, rows } = usual;
    const meter = kpiMeter(spec, columns, this.roles, this.wish.given.positive);
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
}

function named({ name, by }: WishedKpi, group: string | null, leftOut: number): Omit<KpiOverTime, "series"> {
  return { name, by, group, leftOut };
}

/** @param group null for rows without a value. */
function rowsOfGroup({ columns }: ReadColumns, by: string | null, { names, codes }: Grouping, group: string | null): ReadColumns | null {
  const column = columns.find(({ name }) => name === by);
  if (column === undefined) {
    return null;
  }
  const wanted = group === null ? -1 : names.indexOf(group);
  const all = codes(column);
  const rows = Uint32Array.from(all.keys()).filter((row) => all[row] === wanted);
  return { columns: columns.map((one) => takeRows(one, rows)), rows: rows.length };
}
