/** A schedule or a pace in words, as far as rules need it: how many days lie between two times on average. */
export interface Pace {
  /** Mean number of days from one time to the next. */
  readonly days: number;
  /** As people say it: "hourly", "every 3 hours", "monthly". */
  readonly words: string;
}

const WORDS = new Map<string, number>(
  Object.entries({
    minutely: 1 / 1440,
    hourly: 1 / 24,
    daily: 1,
    midnight: 1,
    weekly: 7,
    biweekly: 14,
    fortnightly: 14,
    monthly: 365.25 / 12,
    quarterly: 365.25 / 4,
    yearly: 365.25,
    annually: 365.25,
  }),
);

const UNITS = new Map<string, number>(
  Object.entries({
    s: 1 / 86_400,
    sec: 1 / 86_400,
    second: 1 / 86_400,
    m: 1 / 1440,
    min: 1 / 1440,
    minute: 1 / 1440,
    h: 1 / 24,
    hour: 1 / 24,
    d: 1,
    day: 1,
    w: 7,
    week: 7,
    month: 365.25 / 12,
    quarter: 365.25 / 4,
    y: 365.25,
    year: 365.25,
  }),
);

/**
 * Reads a cron expression, a cron macro (`@daily`), a word ("monthly") or an interval ("every 7 days", "12h", "each hour").
 * @returns null for anything else, such as "on request": a rule then judges nothing.
 */
export function readPace(text: string): Pace | null {
  const plain = text.trim().toLowerCase();
  const cron = cronDays(plain);
  const days = cron ?? WORDS.get(plain.replace(/^@/, "")) ?? intervalDays(plain);
  return days === null ? null : { days, words: paceWords(days) };
}

/** The times of a cron expression in one form, so that two spellings of the same times are equal; null where it is none. */
export function canonicalCron(text: string): string | null {
  const fields = cronFields(text.trim().toLowerCase());
  return fields === null ? null : JSON.stringify(fields);
}

/** A cron expression of about the pace; null where the pace is no usual one. At 4 o'clock, when few people work. */
export function cronForPace({ days }: Pace): string | null {
  const usual: readonly (readonly [number, string])[] = [
    [1 / 24, "0 * * * *"],
    [1, "0 4 * * *"],
    [7, "0 4 * * 1"],
    [365.25 / 12, "0 4 1 * *"],
    [365.25 / 4, "0 4 1 */3 *"],
    [365.25, "0 4 1 1 *"],
  ];
  return usual.find(([usualDays]) => Math.abs(usualDays / days - 1) < 0.08)?.[1] ?? null;
}

function intervalDays(text: string): number | null {
  const match = /^(?:(?:every|each|once an?|once every|per)\s+)?(\d+(?:\.\d+)?)?\s*([a-z]+?)s?$/.exec(text);
  const unit = match?.[2];
  const days = unit === undefined ? undefined : (UNITS.get(unit) ?? UNITS.get(`${unit}s`));
  if (match === null || days === undefined) {
    return null;
  }
  // A lone unit is a pace only with a word before it: "every hour", but not "hour".
  if (match[1] === undefined && !/\s/.test(text)) {
    return null;
  }
  const count = match[1] === undefined ? 1 : Number(match[1]);
  return count > 0 ? count * days : null;
}

const MACROS = new Map<string, string>(
  Object.entries({
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
  }),
);

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The times at which a cron expression fires: it fires where minute, hour, month and day all fit. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Null where any day will do, which matters: with both kinds of days given, cron fires on either. */
  readonly daysOfMonth: readonly number[] | null;
  readonly months: readonly number[];
  readonly weekdays: readonly number[] | null;
}

/**
 * Five fields; a sixth, for seconds (Quartz, Databricks) or a year, is left out of account where it fires once.
 * @param text in lower case, without spaces around it; null for what is no cron expression.
 */
export function cronFields(text: string): CronFields | null {
  const parts = (MACROS.get(text) ?? text).split(/\s+/);
  if (parts.length === 6 || parts.length === 7) {
    // Quartz puts seconds first; no other tool writes six fields.
    if (!/^\d+$/.test(parts[0] ?? "")) {
      return null;
    }
    parts.splice(0, 1);
    parts.splice(5);
    // Quartz counts Sunday as 1, everybody else as 0.
    parts[4] = (parts[4] ?? "*").replace(/\d+/g, (day) => String((Number(day) + 6) % 7));
  }
  if (parts.length !== 5) {
    return null;
  }
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = parts;
  const minutes = cronValues(minute, 0, 59);
  const hours = cronValues(hour, 0, 23);
  const daysOfMonth = cronValues(day, 1, 31);
  const months = cronValues(month, 1, 12, MONTHS, 1);
  const weekdays = cronValues(weekday, 0, 7, WEEKDAYS, 0);
  if (minutes === null || hours === null || daysOfMonth === null || months === null || weekdays === null) {
    return null;
  }
  const ofWeek = [...new Set(weekdays.map((value) => value % 7))].sort();
  return {
    minutes,
    hours,
    months,
    daysOfMonth: /^[*?]/.test(day) && daysOfMonth.length === 31 ? null : daysOfMonth,
    weekdays: /^[*?]/.test(weekday) && ofWeek.length === 7 ? null : ofWeek,
  };
}

function cronValues(field: string, min: number, max: number, names: readonly string[] = [], firstName = 0): readonly number[] | null {
  const values = new Set<number>();
  const numberOf = (word: string): number => {
    const named = names.indexOf(word);
    return named >= 0 ? named + firstName : /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
  };
  for (const part of field.split(",")) {
    const match = /^(\*|\?|[a-z\d]+)(?:-([a-z\d]+))?(?:\/(\d{1,2}))?$/.exec(part);
    if (match === null) {
      return null;
    }
    const [, from = "", to, step] = match;
    const every = from === "*" || from === "?";
    const first = every ? min : numberOf(from);
    const last = every ? max : to === undefined ? (step === undefined ? first : max) : numberOf(to);
    const by = step === undefined ? 1 : Number(step);
    if (!(first >= min && last <= max && first <= last && by > 0)) {
      return null;
    }
    for (let value = first; value <= last; value += by) {
      values.add(value);
    }
  }
  return [...values].sort((left, right) => left - right);
}

/** 28 years of 1,461 weeks, so that weekdays and leap days count as often as they come. */
const WINDOW_DAYS = 1461 * 7;
const WINDOW_START = Date.UTC(2023, 0, 1);

function cronDays(text: string): number | null {
  const fields = cronFields(text);
  if (fields === null) {
    return null;
  }
  let days = 0;
  for (let index = 0; index < WINDOW_DAYS; index += 1) {
    const date = new Date(WINDOW_START + index * 86_400_000);
    days += fields.months.includes(date.getUTCMonth() + 1) && dayMatches(fields, date) ? 1 : 0;
  }
  // "0 0 30 2 *" never comes.
  return days === 0 ? null : WINDOW_DAYS / (days * fields.minutes.length * fields.hours.length);
}

function dayMatches({ daysOfMonth, weekdays }: CronFields, date: Date): boolean {
  const ofMonth = daysOfMonth?.includes(date.getUTCDate());
  const ofWeek = weekdays?.includes(date.getUTCDay());
  return ofMonth === undefined ? (ofWeek ?? true) : ofMonth || ofWeek === true;
}

function paceWords(days: number): string {
  const near = (value: number): boolean => Math.abs(days / value - 1) < 0.03;
  const word = ["hourly", "daily", "weekly", "monthly", "quarterly", "yearly"].find((name) => near(WORDS.get(name) ?? 0));
  if (word !== undefined) {
    return word;
  }
  const unit = days < 1 / 24 ? "minute" : days < 1 ? "hour" : "day";
  const count = Math.round((days / (UNITS.get(unit) ?? 1)) * 10) / 10;
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
}
