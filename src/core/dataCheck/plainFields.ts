import type { ExpectedValue } from "./expectations";

/** A map of data that somebody wrote. */
export type Plain = Readonly<Record<string, unknown>>;

export function asRecord(value: unknown): Plain | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Plain) : null;
}

/** Empty for what is no list. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The maps of a list. */
export function asRecords(value: unknown): readonly Plain[] {
  return asList(value)
    .map(asRecord)
    .filter((item) => item !== null);
}

/** Null for what is no text, and for an empty one. */
export function asText(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** Those of the values that are no lists and no maps. */
export function scalarsOf(values: readonly unknown[]): readonly ExpectedValue[] {
  return values.filter((value): value is ExpectedValue => value === null || ["string", "number", "boolean"].includes(typeof value));
}
