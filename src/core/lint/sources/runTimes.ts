/** Seconds as a configuration writes them: "2h", "90m", "45s". Null for zero, which means no limit, and for what is no number. */
export function secondsText(text: string | null): string | null {
  const seconds = Number(text);
  if (text === null || !Number.isInteger(seconds) || seconds <= 0) {
    return null;
  }
  return seconds % 3600 === 0 ? `${seconds / 3600}h` : seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/** Minutes in the same form. */
export function minutesText(text: string | null): string | null {
  const minutes = Number(text);
  return text === null || !Number.isInteger(minutes) ? null : secondsText(String(minutes * 60));
}

/**
 * A schedule of Quartz, which Databricks uses, as cron: Quartz has seconds before, may have a year behind, and counts days of the week
 * from 1 for Sunday. Null for what cron cannot say, such as the last Friday.
 */
export function quartzToCron(text: string | null): string | null {
  const fields = text?.trim().split(/\s+/) ?? [];
  const [seconds = "", minute = "", hour = "", day = "", month = "", weekday = "", year = "*"] = fields;
  if (
    fields.length < 6 ||
    fields.length > 7 ||
    !/^\d+$/.test(seconds) ||
    !/^[*?]$/.test(year) ||
    /[LW#]/.test(day) ||
    /[LW#]/.test(weekday)
  ) {
    return null;
  }
  // What stands behind a slash is a step, no day.
  const weekdays = weekday.replace(/(?<![/\w])(\d)(?!\w)/g, (_, count: string) => String((Number(count) + 6) % 7));
  return [minute, hour, day, month, weekdays].map((field) => (field === "?" ? "*" : field)).join(" ");
}

/** A pace in words: "every 6 hours". */
export function intervalText(amount: string | null, unit: string): string | null {
  const count = Number(amount);
  const word = unit.toLowerCase().replace(/s$/, "");
  return amount === null || !Number.isInteger(count) || count <= 0 ? null : `every ${count} ${word}${count === 1 ? "" : "s"}`;
}
