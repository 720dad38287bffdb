import { addDays, sayDate } from "../config/dates";
import { applies, dutyOn } from "../config/regulationCalendar";
import type { LintContext } from "./lintRule";

type Dated = Pick<LintContext, "calendar" | "today">;

/**
 * The law behind a finding with the day on which it begins or began, as the end of a sentence: "(AI Act Art. 14, from 2 Dec 2027)" or
 * "(AI Act Art. 50, applies now, since 2 Aug 2026)". The day of the GDPR is left out: it has applied for years.
 */
export function law({ calendar, today }: Dated, article: string, duty: string): string {
  if (duty === "gdpr") {
    return `(${article})`;
  }
  const day = sayDate(dutyOn(calendar, duty).date);
  return applies(calendar, duty, today) ? `(${article}, applies now, since ${day})` : `(${article}, from ${day})`;
}

/** Whether a duty has begun or begins within so many days. */
export function isNear({ calendar, today }: Dated, duty: string, days: number): boolean {
  return addDays(dutyOn(calendar, duty).date, -days) <= today;
}
