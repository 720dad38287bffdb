import { DETECTORS, runDetector, type DetectorMark } from "../drift/detectors";
import { adwin } from "../drift/detectors/adwin";
import { bandOf } from "../drift/detectors/baselineBand";
import type { Baseline, DetectorId } from "../drift/detectors/detector";
import type { DriftStatus } from "../drift/driftReport";
import { judgeKpi, type KpiTargets } from "./judgeKpi";
import type { KpiValue } from "./kpiValue";
import { type NaturalRange, naturalRange, withinRange } from "./naturalRange";

/** A figure at a moment: of a window, or from a metrics file. */
export interface KpiPoint {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly label: string;
  /** A number where only a number is known. */
  readonly value: KpiValue | number | null;
  /** False where its time, or that of its labels, is not over: shown, not judged, and no detector sees it. */
  readonly complete?: boolean;
}

export interface JudgedPoint {
  readonly time: number;
  readonly label: string;
  readonly value: number | null;
  readonly rows: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly status: DriftStatus;
  readonly sentence: string;
  /** A detector marks a change here. */
  readonly drift: boolean;
  /** Those that do. */
  readonly foundBy: readonly DetectorId[];
}

export interface KpiSeries {
  readonly points: readonly JudgedPoint[];
  /** Three standard deviations around the mean of the baseline, as far as the figure can go; null without one. */
  readonly band: { readonly low: number; readonly high: number; readonly baseline: string } | null;
  readonly marks: readonly DetectorMark[];
  /** Detectors that could not be asked, a sentence each. */
  readonly notes: readonly string[];
}

export interface KpiSeriesOptions extends KpiTargets {
  /** What is normal; without it there is no band, and detectors that need it say so. */
  readonly baseline?: Baseline | null;
  /** What values the figure can have; the band of the baseline ends there. */
  readonly range?: NaturalRange;
  /** In place of ADWIN. */
  readonly detectors?: readonly DetectorId[];
  /** What detectors of single rows found, for the points that hold those rows. */
  readonly rowMarks?: RowMarks;
}

/** What detectors found that look at single rows, with sentences on those that could not be asked. */
export interface RowMarks {
  readonly marks: readonly DetectorMark[];
  readonly notes: readonly string[];
}

/**
 * A figure over time, judged by its targets, with the band of the baseline and the places where it changed. ADWIN's bound is made for values that spread over
 * about 1 and so would never see an F1 that falls from 0.9 to 0.5 within 60 windows, and always a turnover that moves by a cent. So it gets the figures in standard
 * deviations here: of the baseline, else of what changes from one point to the next. And it looks after every point, not after every 32nd as in streams.
 */
export function kpiSeries(points: readonly KpiPoint[], options: KpiSeriesOptions = {}): KpiSeries {
  const { baseline = null, detectors = ["adwin"], rowMarks, range = naturalRange(null) } = options;
  const values = points.map(({ value }) => (typeof value === "number" ? (Number.isFinite(value) ? value : null) : (value?.value ?? null)));
  const seen = values.map((value, i) => (points[i]?.complete === false ? null : value));
  const marks: DetectorMark[] = [...(rowMarks?.marks ?? [])];
  const notes: string[] = [...(rowMarks?.notes ?? [])];
  for (const id of detectors) {
    const run = id === "adwin" ? runDetector(id, standardised(seen, baseline), null, adwin({ clock: 1 })) : runDetector(id, seen, baseline);
    if (run.marks === null) {
      notes.push(`${DETECTORS.find((each) => each.id === id)?.label ?? id}: ${run.reason}`);
    } else {
      marks.push(...run.marks);
    }
  }
  const found = new Map<number, Set<DetectorId>>();
  for (const { level, index, detector } of marks) {
    if (level === "drift") {
      found.set(index, (found.get(index) ?? new Set()).add(detector));
    }
  }
  return {
    points: points.map((point, i): JudgedPoint => judgePoint(point, values[i] ?? null, [...(found.get(i) ?? [])], options)),
    band: baseline === null ? null : withinRange({ ...bandOf(baseline), baseline: baseline.label }, range),
    marks: marks.sort((a, b) => a.index - b.index),
    notes,
  };
}

/**
 * Differences from the first value in standard deviations. Without a baseline these come from the mean step between neighbours (divided by 1.128), which a lasting
 * change of the level hardly touches. Source: the chart of individuals in D. C. Montgomery, Introduction to Statistical Quality Control, chapter 6.
 */
function standardised(values: readonly (number | null)[], baseline: Baseline | null): (number | null)[] {
  const present = values.filter((value) => value !== null);
  const steps = present.slice(1).map((value, i) => Math.abs(value - (present[i] ?? value)));
  const usual = steps.reduce((sum, step) => sum + step / steps.length, 0) / 1.128;
  const scale = baseline !== null && baseline.std > 0 ? baseline.std : usual;
  const start = baseline?.mean ?? present[0] ?? 0;
  return values.map((value) => (value === null || !(scale > 0) ? null : (value - start) / scale));
}

function judgePoint(
  { time, label, value: given, complete = true }: KpiPoint,
  value: number | null,
  foundBy: readonly DetectorId[],
  targets: KpiTargets,
): JudgedPoint {
  const measured = given !== null && typeof given === "object" ? given : null;
  const interval = measured?.kind === "measured" ? measured.interval : null;
  const judgement = judgeKpi(given, targets);
  const waits = !complete && value !== null;
  return {
    time,
    label,
    value,
    rows: measured?.rows ?? null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    status: waits ? "unjudged" : judgement.status,
    sentence: waits ? "This window is not complete yet." : judgement.sentence,
    drift: foundBy.length > 0,
    foundBy,
  };
}
