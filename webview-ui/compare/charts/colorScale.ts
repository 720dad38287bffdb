import type { ChartTheme } from "../../shared/charts/chartTheme";
import { seriesStyle } from "../../shared/charts/seriesStyle";
import { compareCategories } from "./boxStats";
import type { Dimension, DimensionValue } from "./dimensions";

export interface ColorScale {
  colorOf(value: DimensionValue): string;
  /** The ends of a scale of numbers, or null for categories. */
  readonly range: readonly [number, number] | null;
  /** Categories with their colours; empty for numbers. */
  readonly entries: readonly { readonly label: string; readonly color: string }[];
}

/**
 * From dark to light, or the other way round on a dark background, so that the ends differ in lightness for every eye.
 * The stops follow the colours of cividis.
 */
const STOPS = ["#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838"];

export function colorScale(dimension: Dimension, theme: ChartTheme): ColorScale {
  const missing = theme.muted;
  if (dimension.kind === "number") {
    const numbers = dimension.values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
    const low = numbers.reduce((a, b) => Math.min(a, b), Infinity);
    const high = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
    return {
      colorOf: (value) =>
        typeof value === "number" && Number.isFinite(value) ? rampColor(high > low ? (value - low) / (high - low) : 0.5, theme) : missing,
      range: low <= high ? [low, high] : null,
      entries: [],
    };
  }
  const categories = [...new Set(dimension.values.filter((value) => value !== null).map(String))].sort(compareCategories);
  const entries = categories.map((label, index) => ({ label, color: seriesStyle(index, theme.kind).color }));
  const colors = new Map(entries.map(({ label, color }) => [label, color]));
  return { colorOf: (value) => (value === null ? missing : (colors.get(String(value)) ?? missing)), range: null, entries };
}

/** The colour of a share from 0 to 1. Ends that would vanish in the background are left out. */
export function rampColor(share: number, theme: ChartTheme): string {
  const dark = theme.kind === "dark" || theme.kind === "hcDark";
  const [from, to] = dark ? [1.4, 5] : [3.7, 0];
  const at = from + (to - from) * Math.max(0, Math.min(1, share));
  const before = STOPS[Math.floor(at)] ?? "#888888";
  const after = STOPS[Math.ceil(at)] ?? before;
  const mix = (start: number): string => {
    const [a, b] = [before, after].map((color) => Number.parseInt(color.slice(start, start + 2), 16));
    return Math.round((a ?? 0) + ((b ?? 0) - (a ?? 0)) * (at - Math.floor(at)))
      .toString(16)
      .padStart(2, "0");
  };
  return `#${mix(1)}${mix(3)}${mix(5)}`;
}
