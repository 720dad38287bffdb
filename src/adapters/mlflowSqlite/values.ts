/** A database may hold any type in any column, so each value is converted and none is trusted. */
export type SqlValue = null | number | bigint | string | Uint8Array;

export function textOf(value: SqlValue | undefined): string {
  return typeof value === "string" ? value : (textOrNull(value) ?? "");
}

export function textOrNull(value: SqlValue | undefined): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === "string") {
    return value;
  }
  return typeof value === "object" ? new TextDecoder().decode(value) : String(value);
}

export function numberOf(value: SqlValue | undefined): number {
  return typeof value === "number" ? value : (numberOrNull(value) ?? 0);
}

export function numberOrNull(value: SqlValue | undefined): number | null {
  if (value === null || value === undefined || typeof value === "object") {
    return null;
  }
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

/** MLflow stores NaN as 0 with a flag, and infinities as the largest number that a double can hold. */
export function metricValueOf(value: SqlValue | undefined, isNan: SqlValue | undefined): number {
  if (numberOf(isNan) !== 0) {
    return NaN;
  }
  const number = numberOrNull(value) ?? NaN;
  return Math.abs(number) === Number.MAX_VALUE ? Math.sign(number) * Infinity : number;
}
