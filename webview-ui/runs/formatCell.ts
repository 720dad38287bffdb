import type { Cell, NonFinite, TableColumn } from "../../src/protocol/runsTable";
import { formatDateTime, formatDuration } from "../shared/format";
import { t } from "../shared/l10n";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let formats:
  | {
      readonly language: string;
      readonly number: Intl.NumberFormat;
      readonly small: Intl.NumberFormat;
      readonly day: Intl.DateTimeFormat;
      readonly year: Intl.DateTimeFormat;
    }
  | undefined;

/** Making a format costs more than a thousand uses of it. */
function currentFormats(): NonNullable<typeof formats> {
  const language = document.documentElement.lang || "en";
  if (formats?.language !== language) {
    formats = {
      language,
      number: new Intl.NumberFormat(language, { maximumSignificantDigits: 5 }),
      small: new Intl.NumberFormat(language, { notation: "scientific", maximumSignificantDigits: 4 }),
      day: new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }),
      year: new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" }),
    };
  }
  return formats;
}

/** Five digits are what a table can be read by; the whole number is in the tooltip. */
export function formatMetric(value: number | NonFinite): string {
  if (typeof value === "string") {
    return value === "NaN" ? "NaN" : value === "Infinity" ? "∞" : "−∞";
  }
  const size = Math.abs(value);
  const { number, small } = currentFormats();
  return size !== 0 && (size < 1e-3 || size >= 1e9) ? small.format(value).replace("E", "e") : number.format(value);
}

export function formatTime(time: number, now: number): string {
  const age = now - time;
  if (age >= 0 && age < MINUTE) {
    return t("just now");
  }
  if (age >= 0 && age < HOUR) {
    return t("{0} min ago", Math.floor(age / MINUTE));
  }
  if (age >= 0 && age < DAY) {
    return t("{0} h ago", Math.floor(age / HOUR));
  }
  const { day, year } = currentFormats();
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) {
    return String(time);
  }
  return (date.getFullYear() === new Date(now).getFullYear() ? day : year).format(date);
}

/** The whole value, for the tooltip. */
export function fullCellText(cell: Cell | undefined, column: TableColumn): string {
  if (cell === null || cell === undefined) {
    return t("no value");
  }
  if (typeof cell === "object") {
    if (cell.value === null) {
      return cell.pending ? t("The history is being read.") : t("no value");
    }
    return cell.curve === null ? String(cell.value) : t("{0}\nThe curve shows the run's own range.", String(cell.value));
  }
  if (typeof cell === "number" && column.kind === "time") {
    return formatDateTime(cell);
  }
  if (typeof cell === "number" && column.kind === "duration") {
    return t("{0} ({1} s)", formatDuration(cell), String(cell / 1000));
  }
  return String(cell);
}
