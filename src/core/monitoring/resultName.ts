/** Names of results: the time in UTC, to the millisecond, so that they sort by time. */
const NAME = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})\.(\d{3})Z\.json$/;

/** The last millisecond that four digits of a year can say. */
export const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** `20261130T015022.123Z.json` */
export function resultName(time: number): string {
  return `${new Date(time).toISOString().replace(/[-:]/g, "")}.json`;
}

/** Milliseconds since 1970; null for what is no name of a result. */
export function timeOfResultName(name: string): number | null {
  const [, ...parts] = NAME.exec(name) ?? [];
  const [year, month, day, hour, minute, second, milli] = parts;
  if (parts.length === 0) {
    return null;
  }
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
  return Number.isNaN(time) || resultName(time) !== name ? null : time;
}
