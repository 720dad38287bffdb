import { oneLine } from "../base/oneLine";
import type { Column } from "../tabular/column";
import { holds, isOnlyUpper, sayBounds } from "./bounds";
import { brokenLabels, type BrokenRows, brokenRows, extremesOf, missingRows } from "./brokenRows";
import type { DataFinding } from "./dataCheckReport";
import type { AllowedRows, Expectation, ExpectationOf, ExpectedType } from "./expectations";
import { repeatedRows } from "./repeatedRows";
import type { JudgeContext, TableWish } from "./tableWish";
import { isoText, lengthTest, listTest, measuredBy, patternTest, rangeTest, timeOf, typeTest, type ValueTest } from "./valueTests";

/** A column as it was found. */
export interface FoundColumn {
  readonly name: string;
  readonly isThere: boolean;
  /** Null where it is not there or cannot be read. */
  readonly column: Column | null;
  /** What was probably meant, for a column that is not there. */
  readonly hint: string;
}

type Verdict = Pick<DataFinding, "result" | "message" | "limit" | "found" | "rows">;

const DAY_MS = 86_400_000;
const MOST_VALUES_NAMED = 3;
const MOST_LISTED = 10;
/** What a value of another type is, as in "In 3 of 100 rows age …". */
const NO: Readonly<Record<ExpectedType, string>> = {
  number: "is no number",
  integer: "is no whole number",
  text: "is no text",
  boolean: "is neither yes nor no",
  date: "is no date that can be read",
  time: "is no time of day",
};

const TYPES: Readonly<Record<ExpectedType, string>> = {
  number: "are numbers",
  integer: "are whole numbers",
  text: "are texts",
  boolean: "are yes or no",
  date: "are dates",
  time: "are times of day",
};

export function judgeRows(one: ExpectationOf<"rows">, wish: TableWish, rows: number): DataFinding {
  const limit = sayBounds(one.bounds, count);
  const isFine = holds(one.bounds, rows);
  const verdict: Verdict = {
    result: isFine ? "pass" : "fail",
    message: isFine ? `There are ${sayRows(rows)}.` : `There are ${sayRows(rows)}, and there must be ${limit}.`,
    limit,
    found: String(rows),
    rows: null,
  };
  return whole(one, wish, null, verdict);
}

/** @returns null where something else says already why nothing can be judged. */
export function judgeColumn(one: Expectation, found: FoundColumn, context: JudgeContext): DataFinding | null {
  const { name, isThere, column, hint } = found;
  if (one.kind === "present") {
    const message = isThere ? `${name} is there.` : `There is no column ${name}.${hint}`;
    return whole(one, context.wish, name, { result: isThere ? "pass" : "fail", message, limit: null, found: null, rows: null });
  }
  return column === null || one.kind === "rows" || one.kind === "unique"
    ? null
    : whole(one, context.wish, name, verdictOf(one, name, column, context));
}

export function judgeKey(one: ExpectationOf<"unique">, columns: readonly Column[], context: JudgeContext): DataFinding {
  const repeats = repeatedRows(columns);
  const name = one.columns.length === 1 ? (one.columns[0] ?? "") : `the key ${one.columns.join(", ")}`;
  const verdict = allowedVerdict(name, "repeats an earlier row", repeats, one.allowed, context);
  const isSure = verdict.result !== "fail" || !repeats.isRounded;
  return whole(one, context.wish, one.columns.length === 1 ? (one.columns[0] ?? null) : null, {
    ...verdict,
    ...(isSure
      ? {}
      : {
          result: "unknown",
          message: `Whether ${name} repeats cannot be judged: whole numbers beyond 9,007,199,254,740,991 are rounded, so that different ones may look the same.`,
        }),
  });
}

function verdictOf(
  one: Exclude<Expectation, { readonly kind: "rows" | "present" | "unique" }>,
  name: string,
  column: Column,
  context: JudgeContext,
): Verdict {
  const { wish, isTyped } = context;
  const isPersonal = wish.personal.includes(name);
  switch (one.kind) {
    case "type": {
      const verdict = noneVerdict(name, NO[one.type], one.type, column, typeTest(one.type, isTyped), context);
      return verdict.result === "pass" ? { ...verdict, message: `All values of ${name} ${TYPES[one.type]}.` } : verdict;
    }
    case "range": {
      const measure = measuredBy(one);
      const limit = `${one.isExclusive ? (one.side === "min" ? "more than " : "less than ") : ""}${one.isTime ? isoText(one.limit) : String(one.limit)}`;
      const says = one.side === "min" ? "below the smallest" : "above the largest";
      const verdict = noneVerdict(name, `is ${says} allowed value, ${limit}`, limit, column, rangeTest(one), context);
      const extremes = extremesOf(column, measure);
      if (extremes === null) {
        const isEmpty = missingRows(column, []).count === context.rows;
        return isEmpty ? verdict : { ...verdict, result: "unknown", message: `${name} holds nothing that can be compared with ${limit}.` };
      }
      const extreme = extremes[one.side];
      const shown = one.isTime ? isoText(extreme) : String(extreme);
      return verdict.result !== "fail" || isPersonal
        ? verdict
        : { ...verdict, found: shown, message: `${verdict.message} The ${one.side === "min" ? "smallest" : "largest"} is ${shown}.` };
    }
    case "length": {
      const limit = `${one.side === "min" ? "at least" : "at most"} ${one.limit === 1 ? "1 letter" : `${count(one.limit)} letters`}`;
      return noneVerdict(name, `has not ${limit}`, limit, column, lengthTest(one), context);
    }
    case "pattern": {
      const test = patternTest(one.pattern);
      return test === null
        ? unknown(`${name} cannot be judged: its pattern is none that can be read.`)
        : allowedVerdict(name, "does not match the pattern", brokenRows(column, test), one.allowed, context, oneLine(one.pattern, 100));
    }
    case "in": {
      const test = listTest(one.values);
      const listed = one.values.map((value) => oneLine(String(value), 40));
      const limit = `${listed.slice(0, MOST_LISTED).join(", ")}${listed.length > MOST_LISTED ? `, and ${listed.length - MOST_LISTED} more` : ""}`;
      const verdict = allowedVerdict(name, "has a value that is not listed", brokenRows(column, test), one.allowed, context, limit);
      const foreign = verdict.result === "pass" || isPersonal ? [] : brokenLabels(column, test, MOST_VALUES_NAMED);
      const shown = foreign.map((label) => JSON.stringify(oneLine(label, 40))).join(", ");
      return shown === "" ? verdict : { ...verdict, found: shown, message: `${verdict.message} For example ${shown}.` };
    }
    case "missing":
      return allowedVerdict(name, "has no value", missingRows(column, one.markers), one.allowed, context);
    case "newest":
      return newestVerdict(one, name, column, isPersonal, context);
  }
}

function newestVerdict(
  one: ExpectationOf<"newest">,
  name: string,
  column: Column,
  isPersonal: boolean,
  { wish: { now }, isSample }: JudgeContext,
): Verdict {
  const extremes = extremesOf(column, timeOf);
  const limit = `at most ${one.within} old`;
  if (extremes === null) {
    return unknown(`How new the rows are cannot be judged: ${name} holds no date that can be read.`);
  }
  const newest = extremes.max;
  const shown = isoText(newest);
  const of = isPersonal ? "" : ` is of ${shown} and`;
  // A day without a clock is meant as a whole.
  const age = Math.max(0, now - (shown.length === 10 ? newest + DAY_MS - 1 : newest));
  const found = isPersonal ? sayAge(age) : shown;
  if (newest > now + DAY_MS) {
    const message = `The newest row by ${name}${isPersonal ? "" : ` is of ${shown}, which`} lies in the future.`;
    return { result: "fail", message, limit, found: isPersonal ? null : shown, rows: null };
  }
  const isFine = age <= one.withinMs;
  if (!isFine && isSample) {
    return unknown(`How new the rows are cannot be judged: ${name} was looked at in a part of the rows only.`);
  }
  const message = `The newest row by ${name}${of} is ${sayAge(age)} old${isFine ? "." : `; it may be ${limit}.`}`;
  return { result: isFine ? "pass" : "fail", message, limit, found, rows: null };
}

function noneVerdict(name: string, breaks: string, limit: string, column: Column, test: ValueTest, context: JudgeContext): Verdict {
  return allowedVerdict(name, breaks, brokenRows(column, test), { unit: "rows", bounds: { equals: 0 } }, context, limit);
}

/** @param limit what is told as the limit where it is not the number of rows. */
function allowedVerdict(
  name: string,
  breaks: string,
  broken: BrokenRows,
  { unit, bounds }: AllowedRows,
  { rows, totalRows, isSample }: JudgeContext,
  limit?: string,
): Verdict {
  const share = rows === 0 ? 0 : broken.count / rows;
  const isFine = holds(bounds, unit === "rows" ? broken.count : share);
  const allowed = unit === "rows" ? `${sayBounds(bounds, count)} rows` : sayBounds(bounds, percent);
  const isStrict = isOnlyUpper(bounds) && (bounds.equals === 0 || bounds.atMost === 0);
  const found = unit === "rows" ? sayRows(broken.count) : percent(share);
  const where =
    broken.first.length === 0 || isSample
      ? ""
      : ` (${broken.count === 1 ? "row" : "rows"} ${broken.first.join(", ")}${broken.count > broken.first.length ? ", …" : ""})`;
  const many = broken.count === 0 ? "none" : count(broken.count);
  const says = `In ${many} of ${sayRows(rows)}${unit === "share" && broken.count > 0 ? ` (${percent(share)})` : ""} ${name} ${breaks}`;
  const common = { limit: limit ?? allowed, found, rows: { count: broken.count, first: isSample ? [] : broken.first } };
  if (isSample && (isFine || unit === "share" || !isOnlyUpper(bounds))) {
    const part = `${count(rows)} of ${count(totalRows)} rows were looked at`;
    return { ...common, result: "unknown", message: `${name} cannot be judged as a whole: ${part}. ${says}.` };
  }
  return isFine
    ? { ...common, result: "pass", message: `${says}.` }
    : { ...common, result: "fail", message: `${says}${where}.${isStrict ? "" : ` Allowed: ${allowed}.`}` };
}

function whole(one: Expectation, wish: TableWish, column: string | null, verdict: Verdict): DataFinding {
  return { path: wish.path, use: wish.use, column, rule: one.rule, ...verdict, from: one.from };
}

function unknown(message: string): Verdict {
  return { result: "unknown", message, limit: null, found: null, rows: null };
}

function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 3 });
}

function sayRows(rows: number): string {
  return rows === 1 ? "1 row" : `${count(rows)} rows`;
}

/** Enough digits to tell a small share from none. */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

function sayAge(age: number): string {
  const hours = Math.floor(age / 3_600_000);
  if (hours >= 48) {
    return `${count(Math.floor(age / DAY_MS))} days`;
  }
  return hours === 0 ? "less than an hour" : hours === 1 ? "1 hour" : `${hours} hours`;
}
