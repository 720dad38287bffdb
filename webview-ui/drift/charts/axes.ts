import { numberScale } from "../../shared/charts/chartScales";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { cut } from "../../shared/cut";
import { percentText } from "../numberText";

/** A scale of shares, with percent at its ticks. */
export function shareScale(title: string, log: boolean, theme: ChartTheme) {
  const scale = numberScale(title, log, theme);
  return {
    ...scale,
    ...(log ? {} : { beginAtZero: true }),
    ticks: { ...scale.ticks, includeBounds: false, callback: (value: string | number) => percentText(Number(value)) },
  };
}

/** A scale of numbers between given ends, which need no tick of their own. */
export function boundedScale(title: string, theme: ChartTheme, range: { readonly low: number; readonly high: number }) {
  const scale = numberScale(title, false, theme);
  return { ...scale, min: range.low, max: range.high, ticks: { ...scale.ticks, includeBounds: false } };
}

/** Names down the left side, one a bar. */
export function nameScale(labels: readonly string[], longest: number, theme: ChartTheme) {
  return {
    type: "category",
    grid: { display: false },
    border: { color: theme.grid },
    ticks: {
      autoSkip: false,
      color: theme.text,
      font: { family: theme.fontFamily, size: theme.fontSize },
      padding: 4,
      callback: (value: string | number) => cut(labels[Number(value)] ?? "", longest),
    },
  };
}

/** The part of a chart's options that all have. */
export function plainOptions(scales: object): object {
  return { layout: { padding: { top: 6, right: 10, left: 2 } }, scales, plugins: { legend: { display: false } } };
}
