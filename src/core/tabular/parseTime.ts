import { encodeUtf8 } from "./utf8";

const DAY = 86_400_000;
/** Seconds since 1970 stay below it until the year 5138; milliseconds are above it from March 1973 on. */
const LARGEST_SECONDS = 1e11;

/** What the last call of `parseTime` found beside the time. */
export interface TimeFlags {
  /** A text without a zone was taken as UTC. */
  zoneAssumed: boolean;
}

/**
 * Milliseconds since 1970 (UTC) of an ISO 8601 date or date and time in bytes; NaN where they are none. "2024-05-01", "2024-05-01 12:30", "2024-05-01T12:30:05.25Z",
 * "20240501T123005+02:00", "2024-05" are understood. Without a zone UTC is meant.
 */
export function parseTime(bytes: Uint8Array, start: number, end: number, flags?: TimeFlags): number {
  while (start < end && bytes[start] === 0x20) {
    start++;
  }
  while (end > start && bytes[end - 1] === 0x20) {
    end--;
  }
  const year = digits(bytes, start, end, 4);
  const dash = bytes[start + 4] === 0x2d ? 1 : 0;
  const month = digits(bytes, start + 4 + dash, end, 2);
  if (dash === 1 && start + 7 === end && year >= 0 && month >= 1 && month <= 12) {
    noteZone(flags);
    return Date.UTC(2000, month - 1, 1) + yearOffset(year, month, 1);
  }
  const day = digits(bytes, start + 6 + 2 * dash, end, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month) || (dash === 1 && bytes[start + 7] !== 0x2d)) {
    return NaN;
  }
  const date = Date.UTC(2000, month - 1, day) + yearOffset(year, month, day);
  const clock = start + 8 + 2 * dash;
  if (clock === end) {
    noteZone(flags);
    return date;
  }
  const divider = bytes[clock];
  return divider === 0x54 || divider === 0x74 || divider === 0x20 ? date + parseClock(bytes, clock + 1, end, flags) : NaN;
}

/** The same for a text. */
export function parseTimeText(text: string, flags?: TimeFlags): number {
  const bytes = encodeUtf8(text);
  return parseTime(bytes, 0, bytes.length, flags);
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size, as milliseconds. A whole number from 1000 to 2999 is a year. */
export function timeOfNumber(value: number): number {
  if (value >= 1000 && value < 3000 && Number.isInteger(value)) {
    return Date.UTC(value);
  }
  const size = Math.abs(value);
  if (!(size < LARGEST_SECONDS * 1e9)) {
    return NaN;
  }
  return size < LARGEST_SECONDS
    ? value * 1000
    : size < LARGEST_SECONDS * 1e3
      ? value
      : size < LARGEST_SECONDS * 1e6
        ? value / 1e3
        : value / 1e6;
}

/** Milliseconds of the day, less the zone's. */
function parseClock(bytes: Uint8Array, start: number, end: number, flags: TimeFlags | undefined): number {
  let at = start;
  const hour = digits(bytes, at, end, 2);
  at += 2;
  const colon = bytes[at] === 0x3a && at < end ? 1 : 0;
  let minute = 0;
  let second = 0;
  let fraction = 0;
  if (hour < 0 || hour > 23) {
    return NaN;
  }
  if (isDigitAt(bytes, at + colon, end)) {
    minute = digits(bytes, at + colon, end, 2);
    at += 2 + colon;
    const hasSecond = colon === 1 ? bytes[at] === 0x3a && at < end : isDigitAt(bytes, at, end);
    if (hasSecond) {
      second = digits(bytes, at + colon, end, 2);
      at += 2 + colon;
      if (at < end && (bytes[at] === 0x2e || bytes[at] === 0x2c)) {
        let unit = 100;
        for (at++; isDigitAt(bytes, at, end); at++) {
          fraction += ((bytes[at] ?? 0) - 0x30) * unit;
          unit /= 10;
        }
      }
    }
  } else if (colon === 1) {
    return NaN;
  }
  if (minute < 0 || minute > 59 || second < 0 || second > 60) {
    return NaN;
  }
  // Below the microsecond a double has no room beside today's date.
  const time = hour * 3_600_000 + minute * 60_000 + second * 1000 + Math.round(fraction * 1000) / 1000;
  return time - parseZone(bytes, at, end, flags);
}

function parseZone(bytes: Uint8Array, start: number, end: number, flags: TimeFlags | undefined): number {
  let at = start;
  if (at === end) {
    noteZone(flags);
    return 0;
  }
  if (bytes[at] === 0x20) {
    at++;
  }
  const sign = bytes[at];
  if ((sign === 0x5a || sign === 0x7a) && at + 1 === end) {
    return 0;
  }
  if (end - at === 3 && bytes[at] === 0x55 && bytes[at + 1] === 0x54 && bytes[at + 2] === 0x43) {
    return 0; // "UTC", as pandas and databases write it.
  }
  const hour = digits(bytes, at + 1, end, 2);
  const colon = bytes[at + 3] === 0x3a ? 1 : 0;
  const minute = at + 3 === end ? 0 : digits(bytes, at + 3 + colon, end, 2);
  const last = at + 3 === end ? end : at + 5 + colon;
  if ((sign !== 0x2b && sign !== 0x2d) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || last !== end) {
    return NaN;
  }
  return (sign === 0x2d ? -1 : 1) * (hour * 60 + minute) * 60_000;
}

function noteZone(flags: TimeFlags | undefined): void {
  if (flags !== undefined) {
    flags.zoneAssumed = true;
  }
}

/** Date.UTC takes years below 100 as of the 20th century, so that it is asked for another year with the same calendar. */
function yearOffset(year: number, month: number, day: number): number {
  const same = (year % 400) + 2000;
  return Date.UTC(same, month - 1, day) - Date.UTC(2000, month - 1, day) + ((year - same) / 400) * 146_097 * DAY;
}

function daysOf(year: number, month: number): number {
  return month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31;
}

function isDigitAt(bytes: Uint8Array, at: number, end: number): boolean {
  const digit = (bytes[at] ?? 0) - 0x30;
  return at < end && digit >= 0 && digit <= 9;
}

/** So many digits as a number; -1 where they are not all there. */
function digits(bytes: Uint8Array, start: number, end: number, count: number): number {
  if (start + count > end) {
    return -1;
  }
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) {
      return -1;
    }
    value = value * 10 + digit;
  }
  return value;
}
