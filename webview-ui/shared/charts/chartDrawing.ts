import type { ChartConfiguration } from "chart.js";

import type { PlacedPoint } from "./findPoint";
import type { HighlightMark } from "./highlight";

/** A point in words. */
export interface PointText {
  /** Whose it is. */
  readonly title: string;
  readonly lines: readonly string[];
}

/** What a kind of chart says about itself, so that one element can draw, walk and export them all. */
export interface ChartDrawing {
  readonly config: ChartConfiguration;
  /** Whose point it is, as an index into the runs, or null for nobody's. */
  runAt(datasetIndex: number, index: number): number | null;
  /** Where a run is in the chart. */
  marks(run: number): readonly HighlightMark[];
  /** Datasets that arrow keys walk along. */
  readonly walked: readonly number[];
  /**
   * What the mouse finds: points of these datasets that are close, else the column of this dataset that is above or below it.
   * Sideways: the bar that is left or right of it.
   */
  readonly found: { readonly points: readonly number[]; readonly columns: number | null; readonly sideways?: boolean };
  /** Where the points of a line are that the chart draws itself; else the library knows. */
  pointsOf?(datasetIndex: number): readonly PlacedPoint[];
  describe(datasetIndex: number, index: number): PointText;
  /** A point was clicked, or Enter was pressed on it. Left out where points are there to be looked at only. */
  choose?(datasetIndex: number, index: number): void;
}
