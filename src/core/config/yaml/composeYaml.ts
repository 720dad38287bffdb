import { Composer, Lexer, Parser } from "yaml";
import type { CST, Document } from "yaml";

import { YAML_LIMITS } from "./limits";

/** The first document of a text. */
export type Composed = Refused | Read;

/** "failsafe" leaves every value a text. */
export type YamlSchema = "core" | "failsafe";

interface Refused {
  /** Why the text is not read at all. */
  readonly refused: string;
  /** Words and signs that were gone over. */
  readonly lexemes: number;
}

interface Read {
  readonly refused: null;
  readonly document: Document.Parsed;
  /** Where the next document starts, which is not read. */
  readonly secondDocument: number | null;
  readonly lexemes: number;
}

const TOO_MANY = "This file has far more values than a configuration can have, so it is not read.";
const TOO_DEEP = `This file has more than ${YAML_LIMITS.depth} blocks within blocks, so it is not read.`;

/** What the library has open at once: the document, and blocks within blocks of which each may hold a key as well. */
const MOST_OPEN = 1 + YAML_LIMITS.depth * 2;

/**
 * Reads the first document of a YAML text. Counts while it goes, because the library has no limits of its own: ten thousand brackets
 * overflow its stack and end the process.
 * @param most words and signs that may be read.
 */
export function composeYaml(text: string, most: number = YAML_LIMITS.lexemes, schema: YamlSchema = "core"): Composed {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let lexemes = 0;
  let waiting = 0;
  let hasDocument = false;
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1;
    if (lexeme.startsWith("#")) {
      waiting += waitingIn(parser.stack.at(-1));
    }
    if (lexemes > most || waiting > YAML_LIMITS.waiting) {
      return { refused: TOO_MANY, lexemes };
    }
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      hasDocument ||= token.type === "document";
    }
    if (parser.stack.length > MOST_OPEN) {
      return { refused: TOO_DEEP, lexemes };
    }
    const [open] = parser.stack;
    if (hasDocument && open?.type === "document") {
      return composed(tokens, text, open.offset, lexemes, schema);
    }
  }
  for (const token of parser.end()) {
    tokens.push(token);
  }
  return composed(tokens, text, null, lexemes, schema);
}

/** Blank lines whose place the parser does not know yet; it goes over all of them again at each comment that follows. */
function waitingIn(open: CST.Token | undefined): number {
  const start = open?.type === "block-map" || open?.type === "block-seq" ? (open.items.at(-1)?.start ?? []) : [];
  const firstComment = start.findIndex(({ type }) => type === "comment");
  return firstComment === -1 ? start.length : firstComment;
}

function composed(
  tokens: readonly CST.Token[],
  text: string,
  secondDocument: number | null,
  lexemes: number,
  schema: YamlSchema,
): Composed {
  const document = withoutStacks(() => compose(tokens, text.length, schema));
  return document === undefined
    ? { refused: "This file cannot be read as YAML.", lexemes }
    : { refused: null, document, secondDocument, lexemes };
}

function compose(tokens: readonly CST.Token[], length: number, schema: YamlSchema): Document.Parsed | undefined {
  const composer = new Composer({
    version: "1.2",
    schema,
    resolveKnownTags: false,
    // The library compares each key with all others, which takes quadratic time; the reader does it with a set.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const [document] = composer.compose(tokens, true, length);
  return document;
}

/** Each problem is an `Error` of which V8 notes the stack, and that takes most of the time for a text that has thousands of them. */
function withoutStacks<T>(work: () => T): T {
  const errors = Error as { stackTraceLimit?: number };
  const { stackTraceLimit } = errors;
  if (stackTraceLimit === undefined) {
    return work();
  }
  errors.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    errors.stackTraceLimit = stackTraceLimit;
  }
}
