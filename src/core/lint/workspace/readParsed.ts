import type { CancelSignal } from "../../base/cancel";
import type { WorkspaceFiles } from "./lintPorts";

type Parser = (text: string) => unknown;
type Parsed = Map<Parser, Map<string, { readonly text: string; readonly value: unknown }>>;

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
  const ofOwner: Parsed = parsedBy.get(owner) ?? new Map();
  parsedBy.set(owner, ofOwner);
  const ofParser = ofOwner.get(parse) ?? new Map<string, { readonly text: string; readonly value: unknown }>();
  ofOwner.set(parse, ofParser);
  const known = ofParser.get(key);
  if (known?.text === text) {
    return known.value as T;
  }
  const value = parse(text);
  ofParser.set(key, { text, value });
  return value;
}
