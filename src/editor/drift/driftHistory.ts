import type { DriftReport } from "../../core/drift/driftReport";
import type { MonitoringResult } from "../../core/monitoring/monitoringResult";
import { identityOfReport } from "../../core/monitoring/reviewIdentity";
import { noteState, type ReviewNote } from "../../core/monitoring/reviewNote";
import type { ModelVersion } from "../../core/tracking/registeredModel";
import type { DriftMark, DriftNote } from "../../protocol/drift";

/** Versions of the registry as moments at which the model was trained again. */
export function retrainingMarks(versions: readonly ModelVersion[]): readonly DriftMark[] {
  return versions.flatMap(({ version, aliases, creationTime }): readonly DriftMark[] =>
    creationTime === null
      ? []
      : [{ time: creationTime, kind: "retraining", label: [`v${version}`, ...aliases.map((alias) => `@${alias}`)].join(" ") }],
  );
}

/** Checks that failed, each at the end of what it judged. */
export function alertMarks(results: readonly MonitoringResult[]): readonly DriftMark[] {
  return results
    .filter(({ status }) => status === "fail")
    .map(({ window, checked_at: checked, verdict }) => ({ time: window?.to ?? checked, kind: "alert", label: verdict }));
}

export function noteMarks(notes: readonly DriftNote[]): readonly DriftMark[] {
  return notes
    .filter(({ when }) => when > 0)
    .map(({ when, who, verdict }) => ({ time: when, kind: "note", label: [who, verdict ?? ""].filter(Boolean).join(": ") }));
}

/** Notes that somebody has filled in, each with what has changed since. @param report null while not all is judged. */
export function toDriftNotes(
  notes: readonly ReviewNote[],
  report: DriftReport | null,
  commit: string | null,
  toPath: (path: string) => string,
): readonly DriftNote[] {
  const identity = report === null ? null : identityOfReport(report, commit, toPath);
  return notes
    .filter(({ verdict, text }) => verdict !== null || text !== null)
    .map((note) => ({
      path: note.path,
      who: note.who.name ?? note.who.email ?? "unknown",
      when: note.when ?? dayOf(note.path),
      verdict: note.verdict,
      text: note.text ?? "",
      outdated: identity === null ? null : noteState(note, identity).outdated,
    }));
}

/** The day that a draft's name begins with; 0 for a file that somebody named otherwise. */
function dayOf(path: string): number {
  const day = Date.parse(/(\d{4}-\d{2}-\d{2})[^/]*$/.exec(path)?.[1] ?? "");
  return Number.isNaN(day) ? 0 : day;
}
