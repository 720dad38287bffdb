import { applyEdits, editsFit } from "../base/textEdit";
import type { ConfigPath } from "../config/configPath";
import { setTogether } from "../config/edit/setTogether";
import { composeYaml } from "../config/yaml/composeYaml";
import { applyFix } from "./applyFix";
import type { Finding } from "./finding";
import type { Fix } from "./fix";

/** Each round lints the whole text once. Fixes that need more rounds than that mend what others break. */
const MOST_ROUNDS = 100;

export interface FixAllOptions {
  readonly text: string;
  /** Pure: equal texts give equal findings. */
  readonly lint: (text: string) => readonly Finding[];
  /** Fixes that a person has to choose are never applied; the call says so. */
  readonly safeOnly: true;
}

export interface FixAllResult {
  readonly text: string;
  /** In the order in which they were applied. */
  readonly applied: readonly { readonly rule: string; readonly title: string }[];
  /** What the lint finds in the text that is left. */
  readonly left: readonly Finding[];
}

interface Candidate {
  readonly rule: string;
  readonly fix: Fix;
  /** Equal for equal fixes. */
  readonly key: string;
}

/**
 * Applies the safe fixes of an mlops.yaml until none is left: each at most once, so that two that undo each other come to an end, and
 * none that leaves a text that cannot be read. Fixes that make other files are left to whoever may write them.
 */
export function fixAll({ text: original, lint }: FixAllOptions): FixAllResult {
  const tried = new Set<string>();
  const applied: Candidate[] = [];
  let text = original;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const findings = lint(text);
    const together = firstBatch(text, candidatesOf(findings, tried));
    if (together.length === 0) {
      return { text, applied: applied.map(said), left: findings };
    }
    const result = applyTogether(text, together);
    text = result.text;
    applied.push(...result.applied);
    result.tried.forEach(({ key }) => tried.add(key));
  }
  return { text, applied: applied.map(said), left: lint(text) };
}

function said({ rule, fix }: Candidate): { readonly rule: string; readonly title: string } {
  return { rule, title: fix.title };
}

function candidatesOf(findings: readonly Finding[], tried: ReadonlySet<string>): readonly Candidate[] {
  const candidates = findings.flatMap(({ rule, fixes }): readonly Candidate[] => {
    const fix = fixes.find(({ safe, files = [] }) => safe && files.length === 0);
    return fix === undefined ? [] : [{ rule, fix, key: JSON.stringify([rule, fix.title, fix.changes, fix.edits ?? []]) }];
  });
  // One fix may mend several findings.
  return [...new Map(candidates.map((one) => [one.key, one])).values()].filter(({ key }) => !tried.has(key));
}

/** Fixes that may be applied in one go. Syntax comes first, because nothing else can be written into a broken file. */
function firstBatch(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const ofText = candidates.filter(({ fix }) => fix.changes.length === 0);
  if (ofText.length > 0) {
    return apart(text, ofText);
  }
  const sets = candidates.filter(({ fix }) => isSetOnly(fix));
  return sets.length > 0 ? distinct(sets) : candidates.slice(0, 1);
}

function isSetOnly({ changes, edits = [] }: Fix): boolean {
  return edits.length === 0 && changes.every(({ kind }) => kind === "set");
}

/** The first, and all others whose places none of those before takes. */
function apart(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const [first, ...others] = candidates;
  const chosen = first === undefined ? [] : [first];
  let edits = first?.fix.edits ?? [];
  const starts = new Set(edits.map(({ range }) => range.start));
  for (const one of others) {
    const own = one.fix.edits ?? [];
    const both = [...edits, ...own];
    if (!own.some(({ range }) => starts.has(range.start)) && editsFit(text, both)) {
      edits = both;
      own.forEach(({ range }) => starts.add(range.start));
      chosen.push(one);
    }
  }
  return chosen;
}

/** The fixes that write to other places than those before them; a place is within a block that is written as a whole. */
function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const written = new Set<string>();
  const above = new Set<string>();
  return candidates.filter(({ fix }) => {
    const paths = fix.changes.map(({ path }) => path);
    if (paths.some((path) => above.has(nameOf(path)) || prefixesOf(path).some((prefix) => written.has(prefix)))) {
      return false;
    }
    for (const path of paths) {
      written.add(nameOf(path));
      prefixesOf(path).forEach((prefix) => above.add(prefix));
    }
    return true;
  });
}

/** The path itself and all blocks above it. */
function prefixesOf(path: ConfigPath): readonly string[] {
  return path.map((_, index) => nameOf(path.slice(0, index + 1)));
}

function nameOf(path: ConfigPath): string {
  return JSON.stringify(path);
}

interface Attempt {
  readonly text: string;
  readonly applied: readonly Candidate[];
  /** Also those that did no good. */
  readonly tried: readonly Candidate[];
}

/** Applies all; where the whole does no good, one half after the other, so that one bad fix does not keep the others out. */
function applyTogether(text: string, candidates: readonly Candidate[]): Attempt {
  const after = candidates.length === 1 ? applyOne(text, candidates[0]) : applyBatch(text, candidates);
  if (after !== null && errorsIn(after) <= errorsIn(text)) {
    return { text: after, applied: after === text ? [] : candidates, tried: candidates };
  }
  if (candidates.length < 2) {
    return { text, applied: [], tried: candidates };
  }
  const middle = Math.ceil(candidates.length / 2);
  const head = applyTogether(text, candidates.slice(0, middle));
  // Edits hold for the text that they were made for; once it has changed, the next round brings them anew.
  const canGoOn = head.text === text || candidates.every(({ fix }) => fix.changes.length > 0);
  if (!canGoOn) {
    return head;
  }
  const tail = applyTogether(head.text, candidates.slice(middle));
  return { text: tail.text, applied: [...head.applied, ...tail.applied], tried: [...head.tried, ...tail.tried] };
}

function applyOne(text: string, candidate: Candidate | undefined): string | null {
  const result = candidate === undefined ? null : applyFix(text, candidate.fix);
  return result?.ok === true ? result.text : null;
}

function applyBatch(text: string, candidates: readonly Candidate[]): string | null {
  const fixes = candidates.map(({ fix }) => fix);
  const edits = fixes.every(isSetOnly)
    ? setTogether(
        text,
        fixes.flatMap(({ changes }) => changes),
      )
    : fixes.flatMap((fix) => fix.edits ?? []);
  return edits === null ? null : applyEdits(text, edits);
}

/** How many mistakes keep a text from being read as YAML. */
function errorsIn(text: string): number {
  const composed = composeYaml(text);
  return composed.refused === null ? composed.document.errors.length : Infinity;
}
