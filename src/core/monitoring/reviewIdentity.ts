import type { DriftReport } from "../drift/driftReport";
import type { MonitoringResult } from "./monitoringResult";
import { sayWindow } from "./sayResult";

export interface ReviewedFile {
  readonly path: string;
  readonly bytes: number | null;
  /** Hex; null where it was not hashed. */
  readonly sha256: string | null;
}

/** Columns that were judged in the same way. */
export interface ReviewedLimits {
  readonly method: string | null;
  readonly warn: number | null;
  readonly fail: number | null;
  /** By name. */
  readonly columns: readonly string[];
}

/** What a note is about: the same data, judged in the same way, make the same identity. */
export interface ReviewIdentity {
  readonly mode: "own" | "evidently";
  readonly reference: readonly ReviewedFile[];
  readonly live: readonly ReviewedFile[];
  readonly window: { readonly from: number | null; readonly to: number | null } | null;
  readonly limits: readonly ReviewedLimits[];
  readonly datasetShare: number;
  /** Of the repository when it was written; it tells where to look and does not outdate a note. */
  readonly commit: string | null;
}

/** @param toPath a file's path as people know it, in place of an absolute one. */
export function identityOfReport(
  report: DriftReport,
  commit: string | null,
  toPath: (path: string) => string = (path) => path,
): ReviewIdentity {
  const files = (side: DriftReport["reference"]): readonly ReviewedFile[] =>
    side.files.map(({ path, bytes, sha256 }) => ({ path: toPath(path), bytes, sha256 }));
  const { window } = report.current;
  return {
    mode: report.mode,
    reference: files(report.reference),
    live: files(report.current),
    window: window === null ? null : { from: window.from, to: window.to },
    limits: limitsOf(
      report.columns.map(({ name, result }) => ({
        name,
        method: result?.method ?? null,
        warn: result?.threshold ?? null,
        fail: result?.failThreshold ?? null,
      })),
    ),
    datasetShare: report.dataset.threshold,
    commit,
  };
}

/** Null for a result without drift, which a note can say nothing of. */
export function identityOfResult({ drift, reference, live, window, commit }: MonitoringResult): ReviewIdentity | null {
  if (drift === null || reference === null || live === null) {
    return null;
  }
  return {
    mode: drift.mode,
    reference: reference.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    live: live.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    window: window === null || (window.from === null && window.to === null) ? null : { from: window.from, to: window.to },
    limits: limitsOf(drift.columns.map(({ name, method, threshold, fail_threshold: fail }) => ({ name, method, warn: threshold, fail }))),
    datasetShare: drift.threshold,
    commit,
  };
}

interface ColumnLimits {
  readonly name: string;
  readonly method: string | null;
  readonly warn: number | null;
  readonly fail: number | null;
}

function limitsOf(columns: readonly ColumnLimits[]): readonly ReviewedLimits[] {
  const groups = new Map<string, { readonly limits: Omit<ReviewedLimits, "columns">; readonly columns: string[] }>();
  for (const { name, method, warn, fail } of columns) {
    const key = JSON.stringify([method, warn, fail]);
    const group = groups.get(key) ?? { limits: { method, warn, fail }, columns: [] };
    group.columns.push(name);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { limits, columns }]) => ({ ...limits, columns: columns.sort() }));
}

/** What differs between what a note was written about and what is there now, a sentence each; none where the note still holds. */
export function identityChanges(then: ReviewIdentity, now: ReviewIdentity): readonly string[] {
  const changes = [...fileChanges("reference", then.reference, now.reference), ...fileChanges("live", then.live, now.live)];
  if (then.window?.from !== now.window?.from || then.window?.to !== now.window?.to) {
    changes.push(`Another time is shown: ${sayTimes(now.window)} in place of ${sayTimes(then.window)}.`);
  }
  if (then.mode !== now.mode) {
    changes.push(now.mode === "own" ? "It was judged as Evidently does, and is not any more." : "It is judged as Evidently does now.");
  }
  if (then.datasetShare !== now.datasetShare) {
    changes.push(`The share of columns from which the data has drifted is ${now.datasetShare} now and was ${then.datasetShare}.`);
  }
  return [...changes, ...limitChanges(then.limits, now.limits)];
}

function fileChanges(side: "reference" | "live", then: readonly ReviewedFile[], now: readonly ReviewedFile[]): string[] {
  const key = (files: readonly ReviewedFile[]): string =>
    files
      .map(({ sha256 }) => sha256 ?? "")
      .sort()
      .join();
  const known = [...then, ...now].every(({ sha256 }) => sha256 !== null);
  if (known) {
    // The content counts: data that only moved is the same data.
    return key(then) === key(now) ? [] : [`The ${side} data has changed.`];
  }
  const place = (files: readonly ReviewedFile[]): string => JSON.stringify(files.map(({ path, bytes }) => [path, bytes]).sort());
  return place(then) === place(now)
    ? [`Whether the ${side} data is the same cannot be told: it was not hashed.`]
    : [`The ${side} data has changed.`];
}

function sayTimes(window: ReviewIdentity["window"]): string {
  return sayWindow(window === null ? null : { ...window, by: null });
}

function limitChanges(then: readonly ReviewedLimits[], now: readonly ReviewedLimits[]): readonly string[] {
  const byColumn = (groups: readonly ReviewedLimits[]): ReadonlyMap<string, ReviewedLimits> =>
    new Map(groups.flatMap((group) => group.columns.map((name) => [name, group] as const)));
  const [before, after] = [byColumn(then), byColumn(now)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const both = (differ: (a: ReviewedLimits, b: ReviewedLimits) => boolean): readonly string[] =>
    names.filter((name) => {
      const [a, b] = [before.get(name), after.get(name)];
      return a !== undefined && b !== undefined && differ(a, b);
    });
  const tell = (columns: readonly string[], what: string): readonly string[] => (columns.length === 0 ? [] : [`${what}: ${few(columns)}.`]);
  return [
    ...tell(
      names.filter((name) => !after.has(name)),
      "Not judged any more",
    ),
    ...tell(
      names.filter((name) => !before.has(name)),
      "Judged now and not then",
    ),
    ...tell(
      both((a, b) => a.method !== b.method),
      "Judged by another method",
    ),
    ...tell(
      both((a, b) => a.method === b.method && (a.warn !== b.warn || a.fail !== b.fail)),
      "Judged with other limits",
    ),
  ];
}

function few(names: readonly string[]): string {
  return names.length <= 5 ? names.join(", ") : `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`;
}
