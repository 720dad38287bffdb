import type { CancelSignal } from "../../base/cancel";
import type { WorkspaceFiles } from "./lintPorts";

type Parser = (text: string) => unknown;
/** A failure is kept as well: a large file that is broken would else be parsed again for each product. */
type Outcome = { readonly value: unknown } | { readonly error: unknown };

interface Parsed {
  readonly outcomes: Map<string, Outcome>;
  length: number;
}

/** UTF-16 code units of the texts whose values are kept, for each parser. */
const MOST_KEPT = 10_000_000;

const parsed = new WeakMap<Parser, Parsed>();

/**
 * Reads a file and what is in it.
 * @returns null where there is no such file.
 * @throws what `readText` and `parse` throw.
 */
export async function readParsed<T>(
  files: Pick<WorkspaceFiles, "readText">,
  path: string,
  parse: (text: string) => T,
  signal: CancelSignal,
): Promise<T | null> {
  const text = await files.readText(path, signal);
  return text === null ? null : parseOnce(text, parse);
}

/**
 * The value of a text, worked out once: a thousand products share a `dvc.lock`, and each keystroke asks for the same reports.
 * @param parse pure, and the same function each time. What it throws is thrown again.
 */
export function parseOnce<T>(text: string, parse: (text: string) => T): T {
  const known: Parsed = parsed.get(parse) ?? { outcomes: new Map<string, Outcome>(), length: 0 };
  parsed.set(parse, known);
  let outcome = known.outcomes.get(text);
  if (outcome === undefined) {
    outcome = outcomeOf(parse, text);
    if (known.length + text.length > MOST_KEPT) {
      known.outcomes.clear();
      known.length = 0;
    }
    known.outcomes.set(text, outcome);
    known.length += text.length;
  }
  if ("error" in outcome) {
    throw outcome.error;
  }
  return outcome.value as T;
}

function outcomeOf(parse: Parser, text: string): Outcome {
  try {
    return { value: parse(text) };
  } catch (error) {
    return { error };
  }
}
