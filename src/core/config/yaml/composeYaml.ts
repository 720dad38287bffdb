import { Composer, Lexer, Parser } from "yaml";
import type { CST, Document } from "yaml";

import { YAML_LIMITS } from "./limits";

/** The first document of a text; `refused` says why a text is not read at all. */
export type Composed =
  { readonly refused: string } | { readonly refused: null; readonly document: Document.Parsed; readonly secondDocument: number | null };

/**
 * Reads YAML in steps, each of which is checked before the next, because the library has no limits of its own: ten thousand brackets
 * overflow its stack and end the process.
 */
export function composeYaml(text: string): Composed {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    count += 1;
    if (count > YAML_LIMITS.tokens) {
      return { refused: "This file has far more values than a configuration can have, so it is not read." };
    }
    tokens.push(...parser.next(lexeme));
  }
  // No spread here: at its end the parser may hand out as many tokens as a call has no room for.
  for (const token of parser.end()) {
    tokens.push(token);
  }
  const documents = tokens.flatMap((token, index) => (token.type === "document" ? [index] : []));
  const first = tokens.slice(0, documents[1]);
  if (tooDeep(first)) {
    return { refused: `This file has more than ${YAML_LIMITS.depth} blocks within blocks, so it is not read.` };
  }
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    resolveKnownTags: false,
    // The library compares each key with all others, which takes quadratic time; the reader does it with a set.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const [document] = composer.compose(first, true, text.length);
  if (document === undefined) {
    return { refused: "This file cannot be read as YAML." };
  }
  const second = documents[1] === undefined ? undefined : tokens[documents[1]];
  return { refused: null, document, secondDocument: second?.offset ?? null };
}

function tooDeep(tokens: readonly CST.Token[]): boolean {
  const stack: [CST.Token, number][] = tokens.map((token) => [token, 0]);
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const [token, depth] = top;
    if (depth > YAML_LIMITS.depth * 2) {
      return true;
    }
    const { value } = token as { readonly value?: CST.Token };
    if (value !== undefined) {
      stack.push([value, depth + 1]);
    }
    for (const item of "items" in token ? token.items : []) {
      for (const part of [item.key, item.value]) {
        if (part) {
          stack.push([part, depth + 1]);
        }
      }
    }
  }
  return false;
}
