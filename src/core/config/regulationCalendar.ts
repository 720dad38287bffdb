import { isDate } from "./dates";

/** A day from which the law asks for something. */
export interface Duty {
  readonly id: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly article: string;
  /** One plain sentence. */
  readonly what: string;
  readonly source: string;
}

/** The days on which duties begin: data, because legislators move them. */
export interface RegulationCalendar {
  /** Day on which somebody last compared the days with the law, YYYY-MM-DD. */
  readonly checkedOn: string;
  readonly duties: readonly Duty[];
}

/**
 * Reads `schemas/regulation-calendar.json`.
 * @throws Error when it is no such file: it ships with the product, so a broken one is a broken build.
 */
export function readCalendar(json: unknown): RegulationCalendar {
  const { checked_on: checkedOn, duties } = json as { readonly checked_on?: unknown; readonly duties?: unknown };
  if (typeof checkedOn !== "string" || !isDate(checkedOn) || !Array.isArray(duties)) {
    throw new Error("The regulation calendar has no day of the last check or no duties.");
  }
  const read = duties.map(readDuty);
  if (new Set(read.map(({ id }) => id)).size < read.length) {
    throw new Error("The regulation calendar names a duty twice.");
  }
  return { checkedOn, duties: read };
}

function readDuty(json: unknown): Duty {
  const { id, date, article, what, source } = json as Readonly<Record<keyof Duty, unknown>>;
  if (
    typeof id !== "string" ||
    typeof date !== "string" ||
    !isDate(date) ||
    typeof article !== "string" ||
    typeof what !== "string" ||
    typeof source !== "string"
  ) {
    throw new Error(`The regulation calendar has an unreadable duty: ${JSON.stringify(json)}.`);
  }
  return { id, date, article, what, source };
}

/**
 * The duty of that name.
 * @throws Error for an unknown one, because a rule then asks for a day that the calendar lacks.
 */
export function dutyOn(calendar: RegulationCalendar, id: string): Duty {
  const duty = calendar.duties.find((one) => one.id === id);
  if (duty === undefined) {
    throw new Error(`The regulation calendar has no duty "${id}".`);
  }
  return duty;
}

/** Whether the duty has begun on that day (YYYY-MM-DD). */
export function applies(calendar: RegulationCalendar, id: string, today: string): boolean {
  return dutyOn(calendar, id).date <= today;
}
