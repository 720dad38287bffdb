import type { ChartConfiguration } from "chart.js";

import type { ChartDrawing } from "../../shared/charts/chartDrawing";
import type { TableData } from "../../shared/charts/chartTable";
import type { ChartTheme } from "../../shared/charts/chartTheme";

/** How a legend's entry looks in the chart. */
export interface LegendEntry {
  readonly label: string;
  readonly side:
    | "reference"
    | "current"
    | "measured"
    | "estimate"
    | "limit"
    | "warn"
    | "band"
    | "unjudged"
    | "ok"
    | "warning"
    | "fail"
    | "more"
    | "less";
}

/** A chart apart from any page: what it shows in words and numbers, and how it is drawn. */
export interface ChartSpec {
  readonly heading: string;
  /** For screen readers: what the chart shows, in a sentence or two. */
  readonly summary: string;
  /** What a reader must know to trust it. */
  readonly notes: readonly string[];
  readonly data: TableData;
  readonly legend: readonly LegendEntry[];
  readonly zoom: "xy" | "y" | "";
  /** Of the drawing, in pixels. */
  readonly height: number;
  readonly build: (theme: ChartTheme) => ChartDrawing;
}

/** Shows the window that begins at a time, in milliseconds since 1970; null for a chart that is not on the page. */
export type ChooseWindow = ((from: number) => void) | null;

/** In place of a chart: which thing is missing. */
export interface EmptyChart {
  readonly heading: string;
  readonly empty: string;
}

export type DriftChart = ChartSpec | EmptyChart;

export function isDrawn(chart: DriftChart): chart is ChartSpec {
  return "build" in chart;
}

/** A drawing without runs to highlight. */
export function plainDrawing(
  config: unknown,
  rest: Pick<ChartDrawing, "walked" | "found" | "describe"> & Partial<Pick<ChartDrawing, "pointsOf" | "choose">>,
): ChartDrawing {
  return { config: config as ChartConfiguration, runAt: () => null, marks: () => [], ...rest };
}

/** A table from rows that are already texts. */
export function tableOf(columns: TableData["columns"], rows: readonly (readonly string[])[]): TableData {
  return { columns, count: rows.length, row: (index) => rows[index] ?? [] };
}
