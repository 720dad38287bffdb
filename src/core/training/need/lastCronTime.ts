import type { CronFields } from "../../lint/schedule";

const DAY_MS = 86_400_000;
/** 29 February comes after eight years at the latest; nothing else is as seldom. */
const MOST_DAYS = 366 * 8 + 2;

/**
 * The last time, at or before `now`, at which a cron expression fired, in UTC as GitHub Actions and Airflow read it. Null where it never
 * does, such as on 31 February.
 * @param now milliseconds since 1970.
 */
export function lastCronTime(fields: CronFields, now: number): number | null {
  const today = Math.floor(now / DAY_MS);
  for (let day = today; day > today - MOST_DAYS; day--) {
    if (!firesOn(fields, new Date(day * DAY_MS))) {
      continue;
    }
    const times = fields.hours.flatMap((hour) => fields.minutes.map((minute) => day * DAY_MS + (hour * 60 + minute) * 60_000));
    const past = times.filter((time) => time <= now);
    if (past.length > 0) {
      return Math.max(...past);
    }
  }
  return null;
}

/** With days of the month and of the week both given, cron fires on either. */
function firesOn({ months, daysOfMonth, weekdays }: CronFields, date: Date): boolean {
  const ofMonth = daysOfMonth?.includes(date.getUTCDate());
  const ofWeek = weekdays?.includes(date.getUTCDay());
  return months.includes(date.getUTCMonth() + 1) && (ofMonth === undefined ? (ofWeek ?? true) : ofMonth || ofWeek === true);
}
