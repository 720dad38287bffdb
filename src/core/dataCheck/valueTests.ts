import type { ColumnKind } from "../tabular/column";
import { timeOfLabel } from "../tabular/convertColumn";
import { parseDecimal } from "../tabular/parseDecimal";
import { parseTimeText, timeOfNumber } from "../tabular/parseTime";
import { encodeUtf8 } from "../tabular/utf8";
import type { ExpectationOf, ExpectedType, ExpectedValue } from "./expectations";

/** Tells values that break a rule. Missing values are never asked about. */
export interface ValueTest {
  /** Of a column of numbers or times. */
  readonly breaksNumber: (value: number, kind: ColumnKind) => boolean;
  /** Of a column of texts or booleans; the latter are "True" and "False". */
  readonly breaksLabel: (label: string, kind: ColumnKind) => boolean;
}

/** Numbers below it are counts and ids rather than seconds since 1970: it is in March 1973. */
const EARLIEST_SECONDS = 1e8;
/** "007" is a code and not the number 7. */
const CODE = /^[+-]?0\d/;
const LONGEST_PATTERN = 1000;
/** A repetition within a repetition, such as (a+)+, takes time that doubles with each letter. */
const ENDLESS = /\((?:[^()\\]|\\.)*[+*](?:[^()\\]|\\.)*\)(?:[+*]|\{\d*,\d*\})/;
const CLOCK = /^(?:[01]?\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
/** In any case. Words of other languages are values of `in`. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["true", "t", "yes", "y", "1", "1.0"].map((word) => [word, true] as const),
  ...["false", "f", "no", "n", "0", "0.0"].map((word) => [word, false] as const),
]);

/** NaN for what is no number. Infinities are numbers here. */
function numberOf(label: string): number {
  const bytes = encodeUtf8(label);
  return parseDecimal(bytes, 0, bytes.length);
}

/** Null for what is neither. */
function booleanOf(label: string): boolean | null {
  return BOOLEANS.get(label.trim().toLowerCase()) ?? null;
}

/** Milliseconds since 1970; NaN for what is no date. Small numbers are none: 7 is no day, though it is seven seconds after 1970. */
export function timeOf(value: string | number, kind: ColumnKind): number {
  if (typeof value === "number") {
    return kind === "time" ? value : Math.abs(value) >= EARLIEST_SECONDS ? timeOfNumber(value) : NaN;
  }
  const time = parseTimeText(value);
  return time === time ? time : Math.abs(numberOf(value)) >= EARLIEST_SECONDS ? timeOfLabel(value) : NaN;
}

/** @param isTyped the format knows kinds: a number in it is never a text, while in CSV everything is. */
export function typeTest(type: ExpectedType, isTyped: boolean): ValueTest {
  switch (type) {
    case "number":
      return {
        breaksNumber: (value, kind) => kind === "time" || !Number.isFinite(value),
        breaksLabel: (label, kind) => kind === "boolean" || !Number.isFinite(numberOf(label)),
      };
    case "integer":
      return {
        breaksNumber: (value, kind) => kind === "time" || !Number.isInteger(value),
        breaksLabel: (label, kind) => kind === "boolean" || !Number.isInteger(numberOf(label)),
      };
    case "text":
      return { breaksNumber: () => isTyped, breaksLabel: (_, kind) => isTyped && kind === "boolean" };
    case "boolean":
      return {
        breaksNumber: (value, kind) => kind === "time" || (value !== 0 && value !== 1),
        breaksLabel: (label) => booleanOf(label) === null,
      };
    case "date":
      return {
        breaksNumber: (value, kind) => Number.isNaN(timeOf(value, kind)),
        breaksLabel: (label, kind) => kind === "boolean" || Number.isNaN(timeOf(label, kind)),
      };
    case "time":
      return { breaksNumber: (_, kind) => kind !== "time", breaksLabel: (label) => !CLOCK.test(label.trim()) };
  }
}

/** The value that a limit is compared with; NaN for one that cannot be compared, which the rule about the type tells. */
export function measuredBy({ isTime }: Pick<ExpectationOf<"range">, "isTime">): (value: string | number, kind: ColumnKind) => number {
  return isTime
    ? timeOf
    : (value, kind) => (kind === "time" || kind === "boolean" ? NaN : typeof value === "number" ? value : numberOf(value));
}

export function rangeTest(range: ExpectationOf<"range">): ValueTest {
  const { side, limit, isExclusive } = range;
  const measure = measuredBy(range);
  const breaks = (value: string | number, kind: ColumnKind): boolean => {
    const measured = measure(value, kind);
    return side === "min"
      ? measured < limit || (isExclusive && measured === limit)
      : measured > limit || (isExclusive && measured === limit);
  };
  return { breaksNumber: breaks, breaksLabel: breaks };
}

export function lengthTest({ side, limit }: ExpectationOf<"length">): ValueTest {
  const breaks = (text: string): boolean => {
    const length = [...text].length;
    return side === "min" ? length < limit : length > limit;
  };
  return { breaksNumber: (value) => breaks(String(value)), breaksLabel: breaks };
}

/** @returns null for a pattern that is none, or could take forever. The whole value need not match, as in JSON Schema. */
export function patternTest(pattern: string): ValueTest | null {
  const expression = compile(pattern);
  return expression === null
    ? null
    : { breaksNumber: (value) => !expression.test(String(value)), breaksLabel: (label) => !expression.test(label) };
}

function compile(pattern: string): RegExp | null {
  if (pattern.length > LONGEST_PATTERN || ENDLESS.test(pattern)) {
    return null;
  }
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Older patterns hold escapes that the Unicode mode refuses.
    }
  }
  return null;
}

/** Numbers are compared by value, so that 7 finds "7.0"; texts by their letters, unless both are the same number and none is a code such as "007". */
export function listTest(values: readonly ExpectedValue[]): ValueTest {
  const numbers = new Set<number>();
  const texts = new Set<string>();
  const booleans = new Set<boolean>();
  for (const value of values) {
    if (typeof value === "boolean") {
      booleans.add(value);
    } else if (value !== null) {
      texts.add(String(value));
      const number = typeof value === "number" ? value : CODE.test(value) ? NaN : numberOf(value);
      if (number === number) {
        numbers.add(number);
      }
    }
  }
  // Only the words themselves: a column of 0 and 1 has numbers, and lists them.
  const isListedWord = (word: string): boolean => (word === "true" && booleans.has(true)) || (word === "false" && booleans.has(false));
  const isListed = (label: string): boolean => {
    if (texts.has(label) || isListedWord(label.toLowerCase())) {
      return true;
    }
    return numbers.size > 0 && !CODE.test(label) && numbers.has(numberOf(label));
  };
  return {
    breaksNumber: (value, kind) => (kind === "time" ? !isListed(isoText(value)) : !numbers.has(value)),
    breaksLabel: (label, kind) => !(isListed(label) || (kind === "boolean" && texts.has(label.toLowerCase()))),
  };
}

/** A day where the clock shows midnight. */
export function isoText(time: number): string {
  if (Math.abs(time) > 8.64e15) {
    return "";
  }
  const text = new Date(time).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.replace(".000Z", "Z");
}
