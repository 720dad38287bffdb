import { isMap, isScalar, visit } from "yaml";
import type { Document } from "yaml";

import { composeYaml, type YamlSchema } from "./composeYaml";
import { YAML_LIMITS } from "./limits";
import { lineCounter } from "./lineCounter";

/** What a text holds as plain data, or why it is not read: one sentence, or the beginning of one. */
export type PlainYaml = { readonly value: unknown; readonly problem: null } | { readonly problem: string };

export interface PlainYamlOptions {
  /** "failsafe" leaves every value a text; "core" unless it is said. */
  readonly schema?: YamlSchema;
  /** Words and signs that may be read, for files that programs write; that of a file of people unless it is said. */
  readonly lexemes?: number;
}

/**
 * Reads YAML of which only the values matter. Files of a workspace are nobody's to trust, and the library alone needs seconds, or more stack than
 * there is, for a small one that was made to. Never throws.
 */
export function plainYaml(text: string, { schema, lexemes = YAML_LIMITS.lexemes }: PlainYamlOptions = {}): PlainYaml {
  if (text.length > YAML_LIMITS.length && lexemes === YAML_LIMITS.lexemes) {
    return { problem: "It is larger than 1 MB." };
  }
  const composed = composeYaml(text, lexemes, schema);
  if (composed.refused !== null) {
    return { problem: composed.refused };
  }
  const { document, secondDocument } = composed;
  const [error] = document.errors;
  if (error !== undefined || secondDocument !== null) {
    const [what, offset] = error === undefined ? ["a second document starts", secondDocument ?? 0] : [error.message, error.pos[0]];
    return { problem: `Line ${lineCounter(text)(offset)}: ${what.replace(/\.$/, "")}.` };
  }
  const twice = keyTwice(document);
  if (twice !== null) {
    return { problem: `The key "${twice.slice(0, 80)}" stands twice in one block.` };
  }
  try {
    return { value: document.toJS({ maxAliasCount: YAML_LIMITS.aliases }) as unknown, problem: null };
  } catch {
    return { problem: "An alias has no anchor before it, or aliases stand for far too much." };
  }
}

/** A key that two values claim; the library compares each with all others, which takes quadratic time. */
function keyTwice(document: Document.Parsed): string | null {
  let found: string | null = null;
  visit(document, {
    Map: (_, map) => {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (keys.has(name) && !isMap(name)) {
          found = String(name);
          return visit.BREAK;
        }
        keys.add(name);
      }
      return undefined;
    },
  });
  return found;
}
