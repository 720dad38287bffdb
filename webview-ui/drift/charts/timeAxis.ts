import type { ChartTheme } from "../../shared/charts/chartTheme";

export interface TimePlace {
  /** Where it stands: the middle of a window. */
  readonly time: number;
  readonly label: string;
  /** Where a window begins, by which it is called where there is little room. */
  readonly from?: number;
}

const MAX_TICKS = 7;
const LABEL = 8;
const DAY = 86_400_000;

/** A time axis whose ticks stand at the windows or points themselves, with the names that these have. */
export function timeAxis(places: readonly TimePlace[], theme: ChartTheme) {
  const times = places.map(({ time }) => time);
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  const pad = places.length > 1 ? (last - first) / (places.length - 1) / 2 : 1;
  const every = Math.max(1, Math.ceil(places.length / MAX_TICKS));
  // Counted from the end, because the newest is what people look for.
  const ticks = places.filter((_, index) => (places.length - 1 - index) % every === 0);
  const span = last - first;
  const labels = new Map(ticks.map(({ time, from, label }) => [time, label.length <= LABEL ? label : shortTime(from ?? time, span)]));
  return {
    type: "linear",
    min: first - pad,
    max: last + pad,
    offset: false,
    grid: { display: false },
    border: { color: theme.grid },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = ticks.map(({ time }) => ({ value: time }));
    },
    ticks: {
      color: theme.muted,
      font: { family: theme.fontFamily, size: theme.fontSize },
      padding: 4,
      maxRotation: 0,
      autoSkip: true,
      autoSkipPadding: 8,
      callback: (value: string | number) => labels.get(Number(value)) ?? "",
    },
  };
}

/** In UTC, as windows are cut and called. */
function shortTime(time: number, span: number): string {
  const form: Intl.DateTimeFormatOptions =
    span < 3 * DAY
      ? { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" }
      : span > 700 * DAY
        ? { year: "numeric", month: "short" }
        : { month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, { ...form, timeZone: "UTC" }).format(time);
}
