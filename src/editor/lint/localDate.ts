/** The day in the user's time zone, YYYY-MM-DD. */
export function localDate(now: Date): string {
  const part = (value: number, length: number): string => String(value).padStart(length, "0");
  return `${part(now.getFullYear(), 4)}-${part(now.getMonth() + 1, 2)}-${part(now.getDate(), 2)}`;
}

/** Milliseconds until the next day begins in the user's time zone, and a second more so that it surely has. */
export function untilNextDay(now: Date): number {
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 0, 0, 1);
  return next.getTime() - now.getTime();
}
