import { tickText } from "./axisFormat";
import type { ChartTheme } from "./chartTheme";
import { cut } from "../cut";

/** Labels are cut for the axis only; tooltips and tables have the whole. */
const LABEL = 18;
/** Keys in titles, tooltips and headings, in characters. */
export const LONGEST_KEY = 60;
/** More labels than this would stand on top of each other, and leaving some out would misname their neighbours. */
const MAX_LABELS = 10;

export function numberScale(title: string, log: boolean, theme: ChartTheme) {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return {
    type: log ? "logarithmic" : "linear",
    title: { display: true, text: cut(title, LONGEST_KEY), color: theme.muted, font, padding: 2 },
    grid: { color: theme.grid, drawTicks: false },
    border: { color: theme.grid },
    ticks: {
      color: theme.muted,
      font,
      padding: 5,
      maxTicksLimit: 6,
      maxRotation: 0,
      callback: (value: string | number, _: number, ticks: readonly { readonly value: number }[]) => tickText(Number(value), ticks),
    },
  };
}

/** @param many says what the columns are when they are too many to be named. */
export function categoryScale(labels: readonly string[], many: string, theme: ChartTheme) {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  const named = labels.length <= MAX_LABELS;
  return {
    type: "category",
    title: { display: !named, text: many, color: theme.muted, font, padding: 2 },
    grid: { display: false },
    border: { color: theme.grid },
    ticks: {
      display: named,
      autoSkip: false,
      color: theme.muted,
      font,
      padding: 2,
      maxRotation: 35,
      callback: (value: string | number) => cut(labels[Number(value)] ?? "", LABEL),
    },
  };
}
