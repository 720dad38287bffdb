import { spreadOf } from "../../base/spread";

/** A finding of a detector at one value. "warning" is a step before "drift". */
export interface DetectorSignal {
  readonly level: "drift" | "warning";
  /** Where the level of the series went; null where the detector cannot tell. */
  readonly direction: "up" | "down" | null;
}

export type DetectorId = "adwin" | "baseline_band" | "page_hinkley" | "cusum" | "ddm" | "eddm";

/** Watches a series, one finite value after the other. It remembers what it has seen, so each series needs one of its own. */
export interface Detector {
  readonly id: DetectorId;
  /** Takes the next value; null while nothing stands out. */
  update(value: number): DetectorSignal | null;
}

/** What a series is like while all is well: the measure that others are compared with, always stated beside the chart. */
export interface Baseline {
  readonly mean: number;
  /** Sample standard deviation (divided by n − 1). */
  readonly std: number;
  readonly count: number;
  /** What it was taken from, such as "the first 12 weeks". */
  readonly label: string;
}

/** Baseline of the finite ones of some values; null with fewer than two of them. */
export function baselineOf(values: Iterable<number>, label: string): Baseline | null {
  const { count, mean, spread } = spreadOf(values);
  return spread === null || !Number.isFinite(spread) ? null : { mean, std: spread, count, label };
}
