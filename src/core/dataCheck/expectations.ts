import { durationDays, parseDuration } from "../config/dates";
import type { Product } from "../config/product";
import type { Bounds } from "./bounds";

export type ExpectedType = "number" | "integer" | "text" | "boolean" | "date" | "time";
export type ExpectedValue = string | number | boolean | null;
export type DataEntry = NonNullable<NonNullable<Product["data"]>[number]>;

/** How many rows may break a rule: a number of rows, or a share of them from 0 to 1. */
export interface AllowedRows {
  readonly unit: "rows" | "share";
  readonly bounds: Bounds;
}

/** No row may. */
export const NO_ROWS: AllowedRows = { unit: "rows", bounds: { equals: 0 } };

/** One thing that must be true of a table; plain data, so that a thread can be given it. */
export type Expectation = { readonly rule: string; readonly from: string } & (
  | { readonly kind: "rows"; readonly bounds: Bounds }
  | { readonly kind: "present"; readonly column: string }
  | { readonly kind: "type"; readonly column: string; readonly type: ExpectedType }
  | {
      readonly kind: "range";
      readonly column: string;
      readonly side: "min" | "max";
      /** Milliseconds since 1970 where `isTime`. */
      readonly limit: number;
      readonly isExclusive: boolean;
      readonly isTime: boolean;
    }
  | { readonly kind: "length"; readonly column: string; readonly side: "min" | "max"; readonly limit: number }
  | { readonly kind: "pattern"; readonly column: string; readonly pattern: string; readonly allowed: AllowedRows }
  | { readonly kind: "in"; readonly column: string; readonly values: readonly ExpectedValue[]; readonly allowed: AllowedRows }
  | {
      readonly kind: "missing";
      readonly column: string;
      /** Texts that count as missing beside the empty field. */
      readonly markers: readonly string[];
      readonly allowed: AllowedRows;
    }
  | { readonly kind: "unique"; readonly columns: readonly string[]; readonly allowed: AllowedRows }
  | { readonly kind: "newest"; readonly column: string; readonly withinMs: number; readonly within: string }
);

export type ExpectationOf<K extends Expectation["kind"]> = Extract<Expectation, { readonly kind: K }>;

export interface Expectations {
  readonly list: readonly Expectation[];
  /** What was written and cannot be judged, a sentence each. */
  readonly notes: readonly string[];
}

const DAY_MS = 86_400_000;

/** The columns that an expectation reads. */
export function columnsOf(one: Expectation): readonly string[] {
  return one.kind === "rows" ? [] : one.kind === "unique" ? one.columns : [one.column];
}

/**
 * What `expect` of a set of data says, one by one. A column of which anything is said must be there, and the column of `newest` must hold dates.
 * @param from the file that says so, for the findings.
 */
export function expectationsOf({ expect }: DataEntry, from: string): readonly Expectation[] {
  if (expect === undefined) {
    return [];
  }
  const rows: readonly Expectation[] = [
    ...(expect.min_rows === undefined ? [] : [{ kind: "rows", rule: "min_rows", from, bounds: { atLeast: expect.min_rows } } as const]),
    ...(expect.max_rows === undefined ? [] : [{ kind: "rows", rule: "max_rows", from, bounds: { atMost: expect.max_rows } } as const]),
  ];
  const columns = Object.entries(expect.columns ?? {}).flatMap(([column, says]) => columnExpectations(column, says ?? {}, from));
  const key = [...new Set((expect.unique ?? []).filter((name) => name !== undefined))];
  const unique: readonly Expectation[] = key.length === 0 ? [] : [{ kind: "unique", rule: "unique", from, columns: key, allowed: NO_ROWS }];
  return withPresence([...rows, ...columns, ...unique, ...newestExpectation(expect.newest ?? {}, from)]);
}

type ColumnSays = NonNullable<NonNullable<NonNullable<DataEntry["expect"]>["columns"]>[string]>;

function columnExpectations(column: string, says: ColumnSays, from: string): readonly Expectation[] {
  const range = (side: "min" | "max", limit: number | undefined): readonly Expectation[] =>
    limit === undefined ? [] : [{ kind: "range", rule: side, from, column, side, limit, isExclusive: false, isTime: false }];
  const values = (says.in ?? []).filter((value) => value !== undefined);
  return [
    { kind: "present", rule: "present", from, column },
    ...(says.type === undefined ? [] : [{ kind: "type", rule: "type", from, column, type: says.type } as const]),
    ...range("min", says.min),
    ...range("max", says.max),
    ...(says.max_missing === undefined
      ? []
      : [
          {
            kind: "missing",
            rule: "max_missing",
            from,
            column,
            markers: [],
            allowed: { unit: "share", bounds: { atMost: says.max_missing } },
          } as const,
        ]),
    ...(says.in === undefined ? [] : [{ kind: "in", rule: "in", from, column, values, allowed: NO_ROWS } as const]),
  ];
}

function newestExpectation(
  { column, within }: { readonly column?: string | undefined; readonly within?: string | undefined },
  from: string,
): readonly Expectation[] {
  const length = within === undefined ? undefined : parseDuration(within);
  return column === undefined || within === undefined || length === undefined
    ? []
    : [
        { kind: "type", rule: "type", from, column, type: "date" },
        { kind: "newest", rule: "newest", from, column, within, withinMs: durationDays(length) * DAY_MS },
      ];
}

/** Adds what follows: that each named column is there. What is said twice stays once. */
export function withPresence(list: readonly Expectation[]): readonly Expectation[] {
  const named = list.flatMap((one) => columnsOf(one).map((column) => ({ column, from: one.from })));
  const present = named.map(({ column, from }): Expectation => ({ kind: "present", rule: "present", from, column }));
  const seen = new Set<string>();
  return [...present, ...list].filter((one) => {
    const key = JSON.stringify({ ...one, from: one.kind === "present" ? "" : one.from });
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
