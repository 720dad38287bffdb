import { groupBy } from "../base/groupBy";
import type { CostedRun } from "./costedRun";
import type { WasteReport } from "./costSummary";

/** Trainings of the same. */
export interface Repeats {
  readonly groups: readonly {
    /** `fingerprint`: byte by byte; `tracker`: as far as commit, program, parameters and data sets tell. */
    readonly by: "fingerprint" | "tracker";
    readonly first: CostedRun;
    /** Runs that repeated it, the oldest first. */
    readonly again: readonly CostedRun[];
  }[];
  readonly cannotTell: WasteReport["cannotTell"];
}

/**
 * Finds finished runs that repeated another one. A job's runs, and a run with its parts, are one training: they never repeat each other. What
 * somebody repeated with a reason is no repeat. Without a fingerprint only runs at the top are compared, because what makes the parts of a run
 * differ, such as a fold, is often not logged.
 */
export function findRepeats(runs: readonly CostedRun[]): Repeats {
  const finished = runs.filter(({ status }) => status === "FINISHED");
  const marked = finished.filter(({ fingerprint }) => fingerprint !== null);
  const reasons = new Map<string, number>();
  const comparable = finished.flatMap((run) => {
    if (run.fingerprint !== null || run.hasChildren) {
      return [];
    }
    const why = whyNotComparable(run);
    if (why !== null) {
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
      return [];
    }
    return [run];
  });
  return {
    groups: [
      ...repeatsIn(marked, "fingerprint", ({ fingerprint }) => fingerprint ?? ""),
      ...repeatsIn(comparable, "tracker", ({ commit, paramsKey, dataKey, storeId, experiment }) =>
        [storeId, experiment, commit, paramsKey, dataKey].join("\0"),
      ),
    ],
    cannotTell: [...reasons].map(([why, count]) => ({ why, runs: count })).sort((a, b) => b.runs - a.runs || (a.why < b.why ? -1 : 1)),
  };
}

function repeatsIn(runs: readonly CostedRun[], by: "fingerprint" | "tracker", keyOf: (run: CostedRun) => string): Repeats["groups"] {
  return [...groupBy(runs, keyOf).values()].flatMap((same) => {
    const [original, ...others] = same.length < 2 ? [] : [...groupBy(same.toSorted(byStart), trainingOf).values()];
    const [first] = original ?? [];
    const again = others.flat().filter(({ isDeliberate }) => !isDeliberate);
    return first === undefined || again.length === 0 ? [] : [{ by, first, again }];
  });
}

function trainingOf({ storeId, job, parentRunId, runId }: CostedRun): string {
  return job === null ? `run ${storeId} ${parentRunId ?? runId}` : `job ${job}`;
}

function byStart(a: CostedRun, b: CostedRun): number {
  return (a.startedAt ?? Number.MAX_VALUE) - (b.startedAt ?? Number.MAX_VALUE) || (a.runId < b.runId ? -1 : 1);
}

function whyNotComparable({ commit, isDirty, paramsKey, dataKey, parentRunId }: CostedRun): string | null {
  return parentRunId !== null
    ? "It is a part of another run, and what makes its parts differ is often not logged."
    : commit === null
      ? "It does not say from which commit it was made."
      : isDirty
        ? "Files had been changed since its commit."
        : dataKey === null
          ? "It does not say which data it read."
          : paramsKey === null
            ? "It logged no parameters."
            : null;
}
