import { t } from "./l10n";

/** The last moment that a date can hold, in milliseconds. */
const MAX_DATE = 8.64e15;

// Made once: making a formatter takes a thousand times as long as using it, and the page's language never changes.
let numbers: Intl.NumberFormat | undefined;
let dates: Intl.DateTimeFormat | undefined;
let decimal: string | undefined;

/** Six significant digits, plain where that is readable; NaN and the infinities by their signs. */
export function formatNumber(value: number, digits = 6): string {
  if (Number.isNaN(value)) {
    return "NaN";
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? "∞" : "−∞";
  }
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) {
    return localNumber(trimmed(value.toExponential(Math.min(3, digits - 1))).replace("e+", "e"));
  }
  return localNumber(Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits))));
}

/** A number as code writes it, with the decimal separator of the user's language and a minus that is as wide as the digits. */
export function localNumber(text: string): string {
  decimal ??= new Intl.NumberFormat(language()).formatToParts(0.1).find(({ type }) => type === "decimal")?.value ?? ".";
  return withMinus(text.replace(".", decimal));
}

export function formatInteger(value: number): string {
  numbers ??= new Intl.NumberFormat(language());
  return numbers.format(value);
}

/** Date and time to the second, in the user's language and time zone. */
export function formatDateTime(milliseconds: number): string {
  dates ??= new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "medium" });
  return Math.abs(milliseconds) <= MAX_DATE ? dates.format(milliseconds) : "—";
}

/** "42 s", "3 min 20 s", "2 h 5 min", "3 d 4 h": two units at most. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    return "—";
  }
  if (milliseconds < 1000) {
    return t("{0} ms", Math.round(milliseconds));
  }
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 10_000) {
    return t("{0} s", localNumber(String(Number((milliseconds / 1000).toFixed(1)))));
  }
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) {
    return hours > 0 ? t("{0} d {1} h", days, hours) : t("{0} d", days);
  }
  if (hours > 0) {
    return minutes > 0 ? t("{0} h {1} min", hours, minutes) : t("{0} h", hours);
  }
  if (minutes > 0) {
    return seconds % 60 > 0 ? t("{0} min {1} s", minutes, seconds % 60) : t("{0} min", minutes);
  }
  return t("{0} s", seconds);
}

export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${localNumber(String(unit === 0 ? size : Number(size.toPrecision(3))))} ${units[unit] ?? ""}`;
}

function trimmed(exponential: string): string {
  return exponential.replace(/\.?0+e/, "e");
}

/** A true minus sign is as wide as the digits and does not read as a hyphen. */
function withMinus(text: string): string {
  return text.replace(/-/g, "−");
}

/** Of the page; undefined for the machine's, where there is no page, as in a worker. */
function language(): string | undefined {
  return typeof document === "undefined" ? undefined : document.documentElement.lang || undefined;
}
