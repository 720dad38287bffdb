import { addDuration, isDate, parseDuration, type Duration } from "../config/dates";
import type { Product } from "../config/product";
import type { SignOffSubject } from "./signOffStanding";

/** An emergency is over after three days, or it is none. */
const LONGEST_EXCEPTION_MS = 72 * 3_600_000;

/** When a decision ends where its file does not say. */
const MONTHS: Readonly<Record<Exclude<SignOffSubject, "exception">, number>> = {
  launch: 12,
  data: 12,
  risk: 12,
  dpia: 12,
  fria: 12,
  review: 12,
  early: 12,
};
const HIGH_RISK_MONTHS = 6;

export interface Expiry {
  /** YYYY-MM-DD: the last day on which it holds; null where nobody can tell. */
  readonly day: string | null;
  /** RFC 3339: the moment at which an exception ends. */
  readonly until: string | null;
  /** An exception that is to last longer than one may. */
  readonly isTooLong: boolean;
  /** What is written is no day and no time. */
  readonly isUnreadable: boolean;
}

/**
 * When a decision ends: as its file says, else 12 months after it was made, 6 for the launch of a high-risk model, the time between two reviews for a review,
 * and 72 hours for an exception, which may not last longer.
 * @param when milliseconds since 1970; null where nobody can tell.
 */
export function expiryOf(subject: SignOffSubject, written: string | null, when: number | null, product: Product): Expiry {
  const asTime = written === null ? null : timeOf(written);
  if (written !== null && asTime === null) {
    return { day: null, until: null, isTooLong: false, isUnreadable: true };
  }
  if (subject === "exception") {
    const latest = when === null ? null : when + LONGEST_EXCEPTION_MS;
    const end = asTime ?? latest;
    const until = end === null ? null : new Date(end).toISOString();
    return { day: until?.slice(0, 10) ?? null, until, isTooLong: end !== null && latest !== null && end > latest, isUnreadable: false };
  }
  const start = when === null ? null : new Date(when).toISOString().slice(0, 10);
  const day = written?.slice(0, 10) ?? (start === null ? null : addDuration(start, defaultOf(subject, product)));
  return { day, until: null, isTooLong: false, isUnreadable: false };
}

/** How long a decision holds where its file does not say, in words. */
export function sayDefaultExpiry(subject: SignOffSubject, product: Product): string {
  if (subject === "exception") {
    return "72 hours";
  }
  const { months, days } = defaultOf(subject, product);
  return months > 0 ? `${months} ${months === 1 ? "month" : "months"}` : `${days} days`;
}

function defaultOf(subject: Exclude<SignOffSubject, "exception">, { risk, review }: Product): Duration {
  const every = subject === "review" ? parseDuration(review?.every ?? "") : undefined;
  const months = subject === "launch" && risk === "high" ? HIGH_RISK_MONTHS : MONTHS[subject];
  return every !== undefined && (every.months > 0 || every.days > 0) ? every : { months, days: 0, seconds: 0 };
}

/** Milliseconds since 1970 of a day (its last moment) or of an RFC 3339 time; null for anything else. */
export function timeOf(text: string): number | null {
  if (isDate(text)) {
    return Date.parse(`${text}T23:59:59.999Z`);
  }
  const time = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text.replace(" ", "T"))
    : Number.NaN;
  return Number.isNaN(time) || !isDate(text.slice(0, 10)) ? null : time;
}
