import type { CancelSignal } from "../../base/cancel";
import type { WorkspaceFiles } from "./lintPorts";

type Parser = (text: string) => unknown;
type Values = Map<string, { readonly text: string; readonly outcome: Outcome }>;
/** A failure is kept as well: a large file that is broken would else be parsed again for each product. */
type Outcome = { readonly value: unknown } | { readonly error: unknown };
type Parsed = Map<Parser, Values>;

const parsedBy = new WeakMap<object, Parsed>();

/**
 * Reads a file and what is in it. What was parsed holds as long as the text is the same, so that the `dvc.lock` of a thousand products is
 * parsed once.
 * @param parse a function that stays the same, not one made for the call.
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
  return text === null ? null : parseOnce(files, path, text, parse);
}

/**
 * Parses a text, unless its last value still holds.
 * @param owner lives as long as the values are wanted.
 * @param key of the text, for the owner.
 */
export function parseOnce<T>(owner: object, key: string, text: string, parse: (text: string) => T): T {
  const ofOwner = parsedBy.get(owner) ?? (new Map() as Parsed);
  parsedBy.set(owner, ofOwner);
  const ofParser = ofOwner.get(parse) ?? (new Map() as Values);
  ofOwner.set(parse, ofParser);
  const known = ofParser.get(key);
  const outcome = known?.text === text ? known.outcome : outcomeOf(parse, text);
  ofParser.set(key, { text, outcome });
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
