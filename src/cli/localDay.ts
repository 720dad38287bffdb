/** The day of a time in the user's time zone, YYYY-MM-DD. @param now milliseconds since 1970. */
export function localDay(now: number): string {
  const local = new Date(now);
  const pad = (value: number, length: number): string => String(value).padStart(length, "0");
  return `${pad(local.getFullYear(), 4)}-${pad(local.getMonth() + 1, 2)}-${pad(local.getDate(), 2)}`;
}
