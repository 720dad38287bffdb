import { Lexer } from "yaml";

import type { TextRange } from "../../base/textEdit";

/** Before a scalar's text. */
const SCALAR = "\u001f";
/** What the lexer puts in front of a document and behind brackets that break off; both stand for no character of the text. */
const MARKS = ["\u0002", "\u0018"];

/** The comments of a YAML text, each from its `#` to the end of its line; a `#` in quotes or in a block of text is none. */
export function commentsIn(text: string): readonly TextRange[] {
  const comments: TextRange[] = [];
  let at = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && (lexeme === SCALAR || MARKS.includes(lexeme))) {
      isScalar = lexeme === SCALAR;
      continue;
    }
    if (!isScalar && lexeme.startsWith("#")) {
      comments.push({ start: at, end: at + lexeme.trimEnd().length });
    }
    isScalar = false;
    at += lexeme.length;
  }
  return comments;
}
