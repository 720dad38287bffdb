import { formatDuration, formatNumber } from "../format";
import type { XAxis } from "./chartSeries";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Distances between ticks on a time axis at which people can read a clock. */
const TIME_STEPS = [
  1,
  10,
  100,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
];

/** The distance between ticks on the x axis, or undefined to leave it to the chart. */
export function tickStep(xAxis: XAxis, span: number, maxTicks: number): number | undefined {
  if (xAxis === "step" || !(span > 0)) {
    return undefined;
  }
  const least = span / maxTicks;
  return TIME_STEPS.find((step) => step >= least) ?? Math.ceil(least / DAY) * DAY;
}

export function formatTick(xAxis: XAxis, value: number, span: number): string {
  if (xAxis === "step") {
    return Number.isInteger(value) ? compact(value) : "";
  }
  if (xAxis === "relative") {
    return value === 0 ? "0" : formatDuration(value);
  }
  return clock(span > 2 * DAY ? "day" : span > 3 * MINUTE ? "minute" : "second").format(value);
}

/** A short number for an axis: 12k instead of 12000. */
export function compact(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (size >= 1e4 && size < 1e9) {
    const [divisor, unit] = size >= 1e6 ? [1e6, "M"] : [1e3, "k"];
    return `${formatNumber(value / divisor, digits)}${unit}`;
  }
  return formatNumber(value, digits);
}

/** A tick with as many digits as tell it from its neighbours: two ticks of one axis never read the same. */
export function tickText(value: number, ticks: readonly { readonly value: number }[]): string {
  const values = ticks.map((tick) => tick.value);
  const size = values.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const step = Math.abs((values[1] ?? NaN) - (values[0] ?? NaN));
  const digits = step > 0 ? Math.ceil(Math.log10(size / step)) + 1 : 4;
  return compact(value, Math.max(4, Math.min(15, digits)));
}

const CLOCKS = {
  day: { month: "short", day: "numeric" },
  minute: { hour: "2-digit", minute: "2-digit" },
  second: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
const clocks = new Map<keyof typeof CLOCKS, Intl.DateTimeFormat>();

/** Made once each, because making a formatter is slow. */
function clock(precision: keyof typeof CLOCKS): Intl.DateTimeFormat {
  const made = clocks.get(precision) ?? new Intl.DateTimeFormat(document.documentElement.lang || undefined, CLOCKS[precision]);
  clocks.set(precision, made);
  return made;
}
