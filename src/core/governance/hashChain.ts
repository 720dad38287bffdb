import { canonicalJson } from "../base/canonicalJson";

/** One line of a log of which each line holds the hash of the line before: nobody can change, drop or swap a line in the middle unseen. */
export interface ChainedLine<T> {
  /** From 1. */
  readonly line: number;
  readonly entry: T;
  /** Hex; SHA-256 over the canonical JSON of the entry together with `previous_hash`. No entry has a field of that name. */
  readonly hash: string;
}

export interface ChainReading<T> {
  /** Up to the first fault. */
  readonly lines: readonly ChainedLine<T>[];
  /** The first line that does not fit; null for a whole chain. */
  readonly fault: { readonly line: number; readonly why: string } | null;
  /** A last line without an end: whoever wrote it was stopped, and nobody was told that it was written. It counts for nothing. */
  readonly unfinished: string | null;
}

/** What the first line names as its predecessor. */
export const CHAIN_START = "0".repeat(64);

/**
 * The next line of a log, with its line end.
 * @param previous hash of the line before, or CHAIN_START. @param sha256 of a text, hex.
 */
export function chainLine(entry: object, previous: string, sha256: (text: string) => string): string {
  const content = { ...entry, previous_hash: previous };
  return `${canonicalJson({ ...content, hash: sha256(canonicalJson(content)) })}\n`;
}

/** Reads a log and checks every link. A line counts only byte for byte as it was written. */
export function readChain<T>(text: string, sha256: (text: string) => string): ChainReading<T> {
  const rows = text.split("\n");
  const rest = rows.pop() ?? "";
  const lines: ChainedLine<T>[] = [];
  let previous = CHAIN_START;
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    const parsed = parse(row);
    const fail = (why: string): ChainReading<T> => ({ lines, fault: { line, why }, unfinished: null });
    if (parsed === null) {
      return fail("it is no JSON object");
    }
    const { hash, ...content } = parsed;
    const { previous_hash: before, ...entry } = content;
    if (before !== previous) {
      return fail("it does not follow the line before it: a line was changed, taken out or put in");
    }
    if (typeof hash !== "string" || hash !== sha256(canonicalJson(content)) || canonicalJson(parsed) !== row) {
      return fail("its content does not fit its hash: it was changed after it was written");
    }
    lines.push({ line, entry: entry as T, hash });
    previous = hash;
  }
  return { lines, fault: null, unfinished: rest === "" ? null : rest };
}

function parse(row: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(row);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
