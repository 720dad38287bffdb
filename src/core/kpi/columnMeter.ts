import { isNumberColumn, type Column, type NumberColumn, type TextColumn } from "../tabular/column";
import { countCodes, finite } from "../drift/chunks/rowValues";
import { isYes } from "./classes";
import { aroundValue, wilson } from "./intervals";
import type { KpiMeter } from "./meter";
import type { KpiSpec } from "./kpiSpec";
import { measuredKpi, noKpi } from "./kpiValue";
import { meanOf } from "./meanOf";

type ColumnSpec = Extract<KpiSpec, { readonly kind: "column" }>;

/** Mean, sum or rate of one column, over the rows that have a value. */
export function columnMeter({ of, column: name, equals }: ColumnSpec, column: Column): KpiMeter | string {
  if (column.kind === "time") {
    return `"${name}" holds times.`;
  }
  if (of === "rate") {
    return isNumberColumn(column) ? numberRate(column, equals) : labelRate(column, equals);
  }
  if (!isNumberColumn(column)) {
    return column.kind === "boolean" ? figure(of, asNumbers(column)) : `"${name}" holds text, which has no ${of}.`;
  }
  return figure(of, column);
}

function figure(of: "mean" | "sum", { values }: NumberColumn): KpiMeter {
  return meter((rows) => {
    const present = finite(values, rows);
    if (present.length === 0) {
      return noKpi("No row has a value.");
    }
    const { mean, error } = meanOf(present);
    const notes = missingNote(rows.to - rows.from - present.length);
    return of === "mean"
      ? measuredKpi(mean, present.length, aroundValue(mean, error), notes)
      : measuredKpi(
          present.reduce((sum, value) => sum + value, 0),
          present.length,
          null,
          notes,
        );
  });
}

function numberRate({ values, name }: NumberColumn, equals: string | null): KpiMeter | string {
  const wanted = equals === null ? 1 : Number(equals);
  if (Number.isNaN(wanted)) {
    return `"${name}" holds numbers, so "${String(equals)}" is never among them.`;
  }
  if (equals === null && !values.every((value) => Number.isNaN(value) || value === 0 || value === 1)) {
    return `"${name}" holds other numbers than 0 and 1: say which one counts, as in rate(${name} = 3).`;
  }
  return meter((rows) => {
    const present = finite(values, rows);
    return rate(
      present.reduce((sum, value) => sum + (value === wanted ? 1 : 0), 0),
      present.length,
      rows.to - rows.from,
    );
  });
}

function labelRate(column: TextColumn, equals: string | null): KpiMeter | string {
  const counted = column.labels.map((label) =>
    equals === null ? isYes(label) : label === equals || (column.kind === "boolean" && label.toLowerCase() === equals.toLowerCase()),
  );
  if (equals === null && column.kind === "text" && !counted.includes(true)) {
    return `Nothing in "${column.name}" means yes: say which value counts, as in rate(${column.name} = value).`;
  }
  return meter((rows) => {
    const counts = countCodes(column, rows);
    const total = counts.reduce((sum, count) => sum + count, 0);
    return rate(
      counts.reduce((sum, count, code) => sum + (counted[code] === true ? count : 0), 0),
      total,
      rows.to - rows.from,
    );
  });
}

function rate(hits: number, present: number, all: number): ReturnType<KpiMeter["measure"]> {
  return present === 0
    ? noKpi("No row has a value.")
    : measuredKpi(hits / present, present, wilson(hits, present), missingNote(all - present));
}

function asNumbers({ name, codes, labels }: TextColumn): NumberColumn {
  return { name, kind: "float", values: Float64Array.from(codes, (code) => (code < 0 ? NaN : isYes(labels[code] ?? "") ? 1 : 0)) };
}

function meter(measure: KpiMeter["measure"]): KpiMeter {
  return { notes: [], positive: null, measure };
}

function missingNote(missing: number): string[] {
  return missing === 0
    ? []
    : [`${missing} ${missing === 1 ? "row has" : "rows have"} no value and ${missing === 1 ? "is" : "are"} left out.`];
}
