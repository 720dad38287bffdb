import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { Finding } from "../../core/lint/finding";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import type { BaselineEntry } from "./baseline";

/** What lint says of one file, under the name that the report gives it. */
export interface LintedFile extends Pick<FileLint, "text" | "findings" | "suppressed"> {
  /** As people write it: from the current folder, with forward slashes. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
}

/** All that a format writes. */
export interface LintReport {
  /** By name. */
  readonly files: readonly LintedFile[];
  /** What the baseline had to say; null without one. Findings that it knows are in no file's list. */
  readonly baseline: { readonly known: number; readonly gone: readonly BaselineEntry[] } | null;
  /** Sentences about files that could not be judged. */
  readonly unreadable: readonly string[];
  readonly version: string;
  readonly calendar: RegulationCalendar;
}

export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly fixable: number;
}

export function countFindings(files: readonly LintedFile[]): FindingCounts {
  const counts = { error: 0, warning: 0, info: 0, fixable: 0 };
  for (const finding of files.flatMap(({ findings }) => findings)) {
    counts[finding.severity]++;
    counts.fixable += isFixable(finding) ? 1 : 0;
  }
  return counts;
}

/** Whether `--fix` mends it; other fixes need a person's word and are offered by the editor. */
export function isFixable({ fixes }: Finding): boolean {
  return fixes.some(({ safe, files = [] }) => safe && files.length === 0);
}

/** "1 error", "3 errors" */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
