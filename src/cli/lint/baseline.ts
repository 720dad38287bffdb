import * as v from "valibot";
import type { Finding } from "../../core/lint/finding";
import type { Severity } from "../../core/lint/ruleMeta";
import { fingerprintOf } from "./fingerprint";

/** Findings that were there when a team began to lint: they do not count, so that only new ones stop a change. */
export interface BaselineEntry {
  /** From the folder of the baseline's file, with forward slashes, so that it means the same wherever lint is run. */
  readonly file: string;
  /** Readable name of the rule. */
  readonly rule: string;
  readonly fingerprint: string;
  /** A finding that weighs more than it did then counts again. */
  readonly severity: Severity;
  readonly count: number;
}

export interface BaselinedFile {
  readonly file: string;
  readonly findings: readonly Finding[];
}

const WEIGHT: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

const BASELINE = v.object({
  version: v.literal(1),
  findings: v.array(
    v.object({
      file: v.string(),
      rule: v.string(),
      fingerprint: v.string(),
      severity: v.picklist(["info", "warning", "error"]),
      count: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
  ),
});

/** @throws Error that says what is wrong with the text. */
export function readBaseline(text: string): readonly BaselineEntry[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("it is no JSON");
  }
  const read = v.safeParse(BASELINE, json);
  if (!read.success) {
    throw new Error(`${v.getDotPath(read.issues[0]) ?? "it"} is missing or is not what belongs there`);
  }
  return read.output.findings;
}

/** One line an entry and in a fixed order, so that two branches merge and a review shows what was added. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = [...entries]
    .sort((a, b) => compareText(keyOf(a), keyOf(b)))
    .map(({ file, rule, fingerprint, severity, count }) => `\n    ${JSON.stringify({ file, rule, fingerprint, severity, count })}`);
  return `{\n  "version": 1,\n  "findings": [${lines.join(",")}${lines.length === 0 ? "" : "\n  "}]\n}\n`;
}

/**
 * The entries for what is found now. What nobody may leave as it is, such as a missing owner, has no entry, and neither has what could not
 * be checked, because that depends on the machine.
 */
export function toBaseline(files: readonly BaselinedFile[]): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const { file, findings } of files) {
    for (const finding of findings.filter(({ suppressible }) => suppressible)) {
      const entry = { file, rule: finding.rule, fingerprint: fingerprintOf(finding), severity: finding.severity, count: 1 };
      const known = entries.get(keyOf(entry));
      const heavier = known !== undefined && WEIGHT[known.severity] > WEIGHT[entry.severity] ? known.severity : entry.severity;
      entries.set(keyOf(entry), { ...entry, severity: heavier, count: 1 + (known?.count ?? 0) });
    }
  }
  return [...entries.values()];
}

/** Parts what the baseline knows from what is new. */
export function applyBaseline<T extends BaselinedFile>(
  files: readonly T[],
  entries: readonly BaselineEntry[],
): { readonly files: readonly T[]; readonly known: number; readonly gone: readonly BaselineEntry[] } {
  const left = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const twice = left.get(keyOf(entry));
    left.set(keyOf(entry), { ...entry, count: entry.count + (twice?.count ?? 0) });
  }
  let known = 0;
  const isKnown = (finding: Finding, { file }: BaselinedFile): boolean => {
    const key = keyOf({ file, rule: finding.rule, fingerprint: fingerprintOf(finding) });
    const entry = left.get(key);
    if (entry === undefined || entry.count === 0 || !finding.suppressible) {
      return false;
    }
    left.set(key, { ...entry, count: entry.count - 1 });
    return WEIGHT[finding.severity] <= WEIGHT[entry.severity];
  };
  const fresh = files.map((file) => {
    const findings = file.findings.filter((finding) => !isKnown(finding, file));
    known += file.findings.length - findings.length;
    return { ...file, findings };
  });
  return { files: fresh, known, gone: [...left.values()].filter(({ count }) => count > 0) };
}

function keyOf({ file, rule, fingerprint }: Pick<BaselineEntry, "file" | "rule" | "fingerprint">): string {
  return `${file}\0${rule}\0${fingerprint}`;
}

/** Not by locale, which differs between machines. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
