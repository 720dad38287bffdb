/** A length of time as people write it. Months and years have no fixed length, so each unit is kept. */
export interface Duration {
  readonly months: number;
  readonly days: number;
  readonly seconds: number;
}

const UNITS: Readonly<Record<string, Duration>> = {
  s: { months: 0, days: 0, seconds: 1 },
  m: { months: 0, days: 0, seconds: 60 },
  h: { months: 0, days: 0, seconds: 3600 },
  d: { months: 0, days: 1, seconds: 0 },
  w: { months: 0, days: 7, seconds: 0 },
  mo: { months: 1, days: 0, seconds: 0 },
  y: { months: 12, days: 0, seconds: 0 },
};

const NAMES: Readonly<Record<string, string>> = {
  s: "s",
  sec: "s",
  second: "s",
  m: "m",
  min: "m",
  minute: "m",
  h: "h",
  hour: "h",
  d: "d",
  day: "d",
  w: "w",
  week: "w",
  mo: "mo",
  month: "mo",
  y: "y",
  year: "y",
};

const DAY_SECONDS = 86_400;
/** Later days have more digits and would not compare as texts do. */
const LAST_DAY = "9999-12-31";
/** Rounded down, so that "30 days" is less than a month and "180 days" less than six. */
const MONTH_DAYS = 30.436875;

/** Reads "6 months", "30m", "7 days", "2h", "1 year 6 months"; undefined for anything else. */
export function parseDuration(text: string): Duration | undefined {
  const parts = text.trim().toLowerCase();
  if (parts.length > 100 || !/^(\d{1,6} ?[a-z]+ ?)+$/.test(`${parts} `)) {
    return undefined;
  }
  let total: Duration = { months: 0, days: 0, seconds: 0 };
  for (const [, amount, word = ""] of parts.matchAll(/(\d+) ?([a-z]+)/g)) {
    const unit = unitOf(word);
    if (unit === undefined) {
      return undefined;
    }
    const times = Number(amount);
    total = {
      months: total.months + unit.months * times,
      days: total.days + unit.days * times,
      seconds: total.seconds + unit.seconds * times,
    };
  }
  return total;
}

function unitOf(word: string): Duration | undefined {
  const name = Object.hasOwn(NAMES, word)
    ? NAMES[word]
    : word.endsWith("s") && Object.hasOwn(NAMES, word.slice(0, -1))
      ? NAMES[word.slice(0, -1)]
      : undefined;
  return name === undefined ? undefined : UNITS[name];
}

/** Length in days, with months and years of average length: for comparing, never for reckoning a day. */
export function durationDays(duration: Duration): number {
  return duration.months * MONTH_DAYS + duration.days + duration.seconds / DAY_SECONDS;
}

/** Whether the text is a day that exists, written YYYY-MM-DD. Such texts compare as days do. */
export function isDate(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) {
    return false;
  }
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) {
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * The day after that time. Months come first, and a day that the month lacks becomes its last (31 January + 1 month = 28 February);
 * hours and shorter do not move a day. Ends at the last day of the year 9999.
 * @param date a day as `isDate` accepts it.
 */
export function addDuration(date: string, { months, days, seconds }: Duration): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const monthIndex = year * 12 + (month - 1) + months;
  const [newYear, newMonth] = [Math.floor(monthIndex / 12), (((monthIndex % 12) + 12) % 12) + 1];
  return shiftDays(newYear, newMonth, Math.min(day, daysIn(newYear, newMonth)), days + Math.trunc(seconds / DAY_SECONDS));
}

/** The day so many days later, or earlier for a negative number. */
export function addDays(date: string, days: number): string {
  return addDuration(date, { months: 0, days, seconds: 0 });
}

/** Days from one day to another; negative when the second comes first. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (DAY_SECONDS * 1000);
}

function shiftDays(year: number, month: number, day: number, days: number): string {
  // Date.UTC takes any number of days and is no clock; it gives no number for a time that is too far away.
  const time = Date.UTC(year, month - 1, day + days);
  return time <= Date.parse(LAST_DAY) ? new Date(time).toISOString().slice(0, 10) : LAST_DAY;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** As sentences say a day: "2 Dec 2027". */
export function sayDate(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}
