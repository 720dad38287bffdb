import { type Column, type ColumnKind, isNumberColumn, type NumberColumn, type TextColumn } from "./column";
import { looseBooleanOf } from "./fieldColumn";
import type { MissingMarkers } from "./missingMarkers";
import { parseDecimal } from "./parseDecimal";
import { parseTime, type TimeFlags, timeOfNumber } from "./parseTime";
import { encodeUtf8 } from "./utf8";

export interface ConvertedColumn {
  readonly column: Column;
  /** Values that do not fit the kind, and so are missing. */
  readonly misfits: number;
}

/**
 * A column as another kind, for formats that know the kinds of their columns: what a user says of them wins. Values that do not fit become missing. True and false
 * are 1 and 0, times are milliseconds, and whole numbers of a column of floats end in ".0" as texts, as pandas writes them.
 */
export function convertColumn(column: Column, kind: ColumnKind, flags?: TimeFlags): ConvertedColumn {
  if (column.kind === kind) {
    return { column, misfits: 0 };
  }
  if (isNumberColumn(column)) {
    switch (kind) {
      case "float":
        return { column: { ...column, kind }, misfits: 0 };
      case "integer":
        return numbers(column, kind, (value) => (Number.isInteger(value) ? value : NaN));
      case "time":
        return numbers(column, kind, timeOfNumber);
      case "boolean":
        return texts(column, kind, (value) => (value === 0 ? "False" : value === 1 ? "True" : null));
      case "text":
        return texts(column, kind, textOf(column.kind));
    }
  }
  switch (kind) {
    case "text":
      return { column: { ...column, kind }, misfits: 0 };
    case "boolean":
      return relabel(column, kind, (label) => ["False", "True"][looseBooleanOf(encodeUtf8(label))] ?? null);
    case "float":
      return fromLabels(column, kind, numberOfLabel);
    case "integer":
      return fromLabels(column, kind, (label) => {
        const value = numberOfLabel(label);
        return Number.isInteger(value) ? value : NaN;
      });
    case "time":
      return fromLabels(column, kind, (label) => timeOfLabel(label, flags));
  }
}

/** The time that a text tells: a date, or a number since 1970. */
export function timeOfLabel(label: string, flags?: TimeFlags): number {
  const bytes = encodeUtf8(label);
  const time = parseTime(bytes, 0, bytes.length, flags);
  return time === time ? time : timeOfNumber(parseDecimal(bytes, 0, bytes.length));
}

/** Texts that mean missing become missing. */
export function dropMarkers(column: Column, markers: MissingMarkers): Column {
  if (isNumberColumn(column) || !column.labels.some((label) => markers.texts.includes(label))) {
    return column;
  }
  return relabel(column, column.kind, (label) => (markers.texts.includes(label) ? null : label)).column;
}

function numberOfLabel(label: string): number {
  if (label === "True" || label === "False") {
    return label === "True" ? 1 : 0;
  }
  const bytes = encodeUtf8(label);
  return parseDecimal(bytes, 0, bytes.length);
}

function textOf(kind: NumberColumn["kind"]): (value: number) => string | null {
  switch (kind) {
    case "time":
      return (value) => (Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : null);
    case "integer":
      return String;
    case "float":
      return (value) =>
        Number.isFinite(value) ? `${value}${Number.isInteger(value) && Math.abs(value) < 1e16 ? ".0" : ""}` : value > 0 ? "inf" : "-inf";
  }
}

function numbers(column: NumberColumn, kind: NumberColumn["kind"], convert: (value: number) => number): ConvertedColumn {
  let misfits = 0;
  const values = column.values.map((value) => {
    const converted = value === value ? convert(value) : NaN;
    misfits += converted !== converted && value === value ? 1 : 0;
    return converted;
  });
  return { column: { name: column.name, kind, values }, misfits };
}

function texts(column: NumberColumn, kind: TextColumn["kind"], convert: (value: number) => string | null): ConvertedColumn {
  const codeOf = new Map<number, number>();
  const labels: string[] = [];
  let misfits = 0;
  const codes = Int32Array.from(column.values, (value) => {
    if (value !== value) {
      return -1;
    }
    let code = codeOf.get(value);
    if (code === undefined) {
      const label = convert(value);
      code = label === null ? -1 : labels.push(label) - 1;
      codeOf.set(value, code);
    }
    misfits += code < 0 ? 1 : 0;
    return code;
  });
  return { column: { name: column.name, kind, codes, labels }, misfits };
}

function fromLabels(column: TextColumn, kind: NumberColumn["kind"], convert: (label: string) => number): ConvertedColumn {
  const converted = column.labels.map(convert);
  let misfits = 0;
  const values = Float64Array.from(column.codes, (code) => {
    const value = converted[code] ?? NaN;
    misfits += code >= 0 && value !== value ? 1 : 0;
    return value;
  });
  return { column: { name: column.name, kind, values }, misfits };
}

/** Gives each label another or none; the order stays that of first appearance. */
function relabel(column: TextColumn, kind: TextColumn["kind"], convert: (label: string) => string | null): ConvertedColumn {
  const labels: string[] = [];
  const codeOf = new Map<string, number>();
  const converted = column.labels.map((label) => {
    const renamed = convert(label);
    if (renamed === null) {
      return -1;
    }
    const code = codeOf.get(renamed) ?? labels.push(renamed) - 1;
    codeOf.set(renamed, code);
    return code;
  });
  let misfits = 0;
  const codes = column.codes.map((code) => {
    const renamed = converted[code] ?? -1;
    misfits += code >= 0 && renamed < 0 ? 1 : 0;
    return renamed;
  });
  return { column: { name: column.name, kind, codes, labels }, misfits };
}
