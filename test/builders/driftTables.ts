import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { computeDrift } from "../../src/core/drift/computeDrift";
import type { ColumnDrift, DriftReport, DriftSettings } from "../../src/core/drift/driftReport";
import { DEFAULT_DRIFT_SETTINGS } from "../../src/core/drift/driftSettings";
import { sideSummary, TableSide } from "../../src/core/drift/tableSide";
import { type Column, type ColumnKind, isNumberColumn } from "../../src/core/tabular/column";
import type { Table } from "../../src/core/tabular/tableReader";

export type Values = readonly (number | string | null)[];

/** A column of values, null for missing: whole numbers without a gap are integers, as readers take them. */
export function columnOf(name: string, values: Values, kind?: ColumnKind): Column {
  if (kind === "text" || kind === "boolean" || (kind === undefined && values.some((value) => typeof value === "string"))) {
    const labels = [...new Set(values.filter((value) => value !== null).map(String))];
    return {
      name,
      kind: kind === "boolean" ? "boolean" : "text",
      labels,
      codes: Int32Array.from(values, (value) => (value === null ? -1 : labels.indexOf(String(value)))),
    };
  }
  const isWhole = values.length > 0 && values.every((value) => Number.isInteger(value));
  const numeric = kind === "integer" || kind === "time" || kind === "float" ? kind : isWhole ? "integer" : "float";
  return { name, kind: numeric, values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))) };
}

function tableOf(columns: readonly Column[]): Table {
  const [first] = columns;
  const rows = first === undefined ? 0 : isNumberColumn(first) ? first.values.length : first.codes.length;
  return {
    files: [],
    columns: columns.map(({ name, kind }) => ({ name, kind })),
    skipped: [],
    rows,
    matchingRows: rows,
    totalRows: rows,
    notes: [],
    sample: null,
    column: async (name) => {
      const column = columns.find((one) => one.name === name);
      if (column === undefined) {
        throw new Error(`There is no column ${name}.`);
      }
      return column;
    },
    dispose: () => undefined,
  };
}

export type TableValues = Readonly<Record<string, Values | Column>>;

export function sideOf(values: TableValues, label: string): TableSide {
  const columns = Object.entries(values).map(([name, own]) => ("name" in own ? own : columnOf(name, own)));
  const table = tableOf(columns);
  return new TableSide(table, sideSummary(table, { paths: [] }, label));
}

export function reportOf(reference: TableValues, current: TableValues, settings: Partial<DriftSettings> = {}): Promise<DriftReport> {
  const tables = { reference: sideOf(reference, "reference"), current: sideOf(current, "current") };
  return computeDrift(tables, { ...DEFAULT_DRIFT_SETTINGS, ...settings }, {}, NEVER_CANCELLED, () => 0);
}

/** The report of one column. */
export async function judgedColumn(
  reference: Values | Column,
  current: Values | Column,
  settings: Partial<DriftSettings> = {},
): Promise<ColumnDrift> {
  const { columns } = await reportOf({ x: reference }, { x: current }, settings);
  const [column] = columns;
  if (column === undefined) {
    throw new Error("The report has no column.");
  }
  return column;
}

/** Numbers between 0 and 1 that are the same in each run. */
export function numbersFrom(seed: number, count: number): number[] {
  let state = seed * 2654435761 + 1;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}
