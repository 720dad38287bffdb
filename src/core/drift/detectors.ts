import { adwin } from "./detectors/adwin";
import { baselineBand } from "./detectors/baselineBand";
import { cusum } from "./detectors/cusum";
import { ddm } from "./detectors/ddm";
import type { Baseline, Detector, DetectorId, DetectorSignal } from "./detectors/detector";
import { eddm } from "./detectors/eddm";
import { pageHinkley } from "./detectors/pageHinkley";

/** A detector that people can choose. */
export interface DetectorInfo {
  readonly id: DetectorId;
  readonly label: string;
  /** What it finds, in one sentence. */
  readonly explanation: string;
  /**
   * What it takes: values as they are; values in standard deviations from a baseline, which it therefore needs; values together with the
   * baseline; or a series of 0 (correct) and 1 (error).
   */
  readonly takes: "values" | "z-scores" | "values and baseline" | "errors";
}

/** The default first; the others behind a menu, because a series that is never steady makes all of them fire all the time. */
export const DETECTORS: readonly DetectorInfo[] = [
  {
    id: "adwin",
    label: "ADWIN",
    explanation: "Finds where the mean of the series changed, without a baseline and with few false alarms.",
    takes: "values",
  },
  {
    id: "baseline_band",
    label: "3σ of the baseline",
    explanation: "Marks single values further than three standard deviations from the mean of a stated baseline.",
    takes: "values and baseline",
  },
  {
    id: "page_hinkley",
    label: "Page–Hinkley",
    explanation: "Finds a lasting change of the mean by adding up differences from the running mean.",
    takes: "z-scores",
  },
  {
    id: "cusum",
    label: "CUSUM",
    explanation: "Finds small lasting shifts by adding up differences from the mean of a stated baseline.",
    takes: "z-scores",
  },
  { id: "ddm", label: "DDM", explanation: "Finds a rise of the share of errors in single answers.", takes: "errors" },
  {
    id: "eddm",
    label: "EDDM",
    explanation: "Finds that errors follow each other at shorter distances; meant for slow changes.",
    takes: "errors",
  },
];

export interface DetectorMark extends DetectorSignal {
  readonly detector: DetectorId;
  /** Index into the series. */
  readonly index: number;
}

/** What a detector found in a series, or why it cannot be asked. */
export type DetectorRun = { readonly marks: readonly DetectorMark[] } | { readonly marks: null; readonly reason: string };

/**
 * Sends a series through a detector, with its defaults. Values that are missing or infinite are passed over and keep their place. Of warnings in a row the
 * first is marked.
 * @param baseline Needed where `takes` says so.
 * @param detector In place of the one with defaults.
 */
export function runDetector(
  id: DetectorId,
  values: Iterable<number | null>,
  baseline: Baseline | null,
  detector: Detector | null = null,
): DetectorRun {
  const info = DETECTORS.find((each) => each.id === id);
  const takes = info?.takes ?? "values";
  const refusal = refuse(takes, values, baseline);
  if (refusal !== null) {
    return { marks: null, reason: refusal };
  }
  const watch = detector ?? create(id, baseline);
  const shift = takes === "z-scores" ? (baseline?.mean ?? 0) : 0;
  const scale = takes === "z-scores" ? (baseline?.std ?? 1) : 1;
  const marks: DetectorMark[] = [];
  let warned = false;
  let index = -1;
  for (const value of values) {
    index++;
    if (value != null && Number.isFinite(value)) {
      const signal = watch.update((value - shift) / scale);
      if (signal !== null && !(signal.level === "warning" && warned)) {
        marks.push({ ...signal, detector: id, index });
      }
      warned = signal?.level === "warning";
    }
  }
  return { marks };
}

function refuse(takes: DetectorInfo["takes"], values: Iterable<number | null>, baseline: Baseline | null): string | null {
  if ((takes === "z-scores" || takes === "values and baseline") && baseline === null) {
    return "It needs a baseline: say which part of the series was normal.";
  }
  if (takes === "z-scores" && baseline?.std === 0) {
    return `All values of the baseline (${baseline.label}) are the same, so differences from it have no scale.`;
  }
  if (takes === "errors") {
    for (const value of values) {
      if (value != null && Number.isFinite(value) && value !== 0 && value !== 1) {
        return "It needs a series of 0 (correct) and 1 (error), one for each answer.";
      }
    }
  }
  return null;
}

function create(id: DetectorId, baseline: Baseline | null): Detector {
  switch (id) {
    case "adwin":
      return adwin();
    case "baseline_band":
      return baselineBand(baseline ?? { mean: 0, std: Infinity, count: 0, label: "" });
    case "page_hinkley":
      return pageHinkley();
    case "cusum":
      return cusum();
    case "ddm":
      return ddm();
    case "eddm":
      return eddm();
  }
}
