import type { YAMLError } from "yaml";

import type { TextEdit, TextRange } from "../../base/textEdit";
import type { ConfigProblem } from "../configFile";
import { quoteYaml } from "./plainWords";

const WRONG_INDENT = "This line is indented differently from the lines it belongs to.";
const AUTHOR_KNOWS = "Only the author can know what was meant here.";

type OpeningOf = (end: number) => number | undefined;

/** As `explainYamlError`, of several errors of one text. */
export function explainYamlErrors(errors: readonly YAMLError[], text: string, openingOf: OpeningOf): readonly ConfigProblem[] {
  // The same for all errors, and as long as the text.
  let untabbed: readonly TextEdit[] | undefined;
  return errors.map((error) => explainYamlError(error, text, openingOf, () => (untabbed ??= untab(text))));
}

/**
 * A syntax error in words for people who do not know YAML's grammar, with a fix where the cause is a common one.
 * @param openingOf where the quote or bracket was opened of which the text breaks off at the offset.
 */
export function explainYamlError(error: YAMLError, text: string, openingOf: OpeningOf, untabbed = () => untab(text)): ConfigProblem {
  const start = Math.max(0, Math.min(error.pos[0], text.length));
  const line = lineAt(text, start);
  const quote = quoteFor(error, line, start);
  const range = quote[0]?.range ?? rangeOf(error, start, line, text, openingOf);
  const problem = (message: string, title?: string, edits: readonly TextEdit[] = [], safe = false): ConfigProblem =>
    title === undefined || edits.length === 0
      ? { range, message, fixes: [], noFix: AUTHOR_KNOWS }
      : { range, message, fixes: [{ title, edits, safe }], noFix: null };
  switch (error.code) {
    case "TAB_AS_INDENT":
      return problem("YAML takes no tabs as indentation; write spaces.", "Write two spaces for each tab", untabbed(), true);
    case "BLOCK_AS_IMPLICIT_KEY":
      return quote.length === 0
        ? problem(WRONG_INDENT)
        : problem('A text that holds ": " must stand in quotes.', "Put the text in quotes", quote, true);
    case "BAD_SCALAR_START":
      return problem("A text that starts with this character must stand in quotes.", "Put the text in quotes", quote, true);
    case "BAD_DQ_ESCAPE":
      return problem('In double quotes a backslash starts a special character. Write "\\\\" for a backslash, or take single quotes.');
    case "BAD_INDENT":
    case "BAD_COLLECTION_TYPE":
      return problem(
        error.message.includes("must be sufficiently indented and end with")
          ? "A bracket that was opened is not closed before this place."
          : WRONG_INDENT,
      );
    case "MULTILINE_IMPLICIT_KEY":
      return problem("This line is neither a key with a colon nor part of the value above.");
    case "MISSING_CHAR":
      return problem(explainMissing(error.message));
    case "BAD_DIRECTIVE":
      return problem("This directive is unknown. An mlops.yaml needs none.");
    case "TAG_RESOLVE_FAILED":
      return problem("This tag (a word with an exclamation mark) is unknown. An mlops.yaml needs none.");
    default:
      return error.message.startsWith("Block scalar header")
        ? problem('A text that starts with ">" or "|" must stand in quotes.', "Put the text in quotes", quote, true)
        : problem(`The text cannot be read as YAML here: ${error.message.split("\n")[0]?.replace(/\.$/, "") ?? "unknown cause"}.`);
  }
}

function quoteFor(error: YAMLError, line: Line, start: number): readonly TextEdit[] {
  switch (error.code) {
    case "BAD_SCALAR_START":
      return quoteFrom(line, start);
    case "BLOCK_AS_IMPLICIT_KEY":
      return quoteValueOf(line).filter(({ text }) => /:(?: |"$)/.test(text));
    default:
      return error.message.startsWith("Block scalar header") ? quoteValueOf(line) : [];
  }
}

/** Where to look: what was opened and never closed, the line that is indented wrongly, else what the library says. */
function rangeOf(error: YAMLError, start: number, line: Line, text: string, openingOf: OpeningOf): TextRange {
  const opening = /closing .*quote|must .*end with a/.test(error.message) ? openingOf(error.pos[0]) : undefined;
  if (opening !== undefined) {
    return { start: opening, end: opening + 1 };
  }
  if (error.code === "BAD_INDENT" || error.code === "BLOCK_AS_IMPLICIT_KEY") {
    const indent = /^\s*/.exec(line.text)?.[0].length ?? 0;
    return { start: line.start + indent, end: line.start + Math.max(indent, line.text.trimEnd().length) };
  }
  return { start, end: Math.max(start, Math.min(error.pos[1], text.length)) };
}

function explainMissing(message: string): string {
  if (/closing .*quote/.test(message)) {
    return "A text in quotes has no closing quote.";
  }
  if (message.includes("must end with a")) {
    return "A bracket that was opened is not closed before this place.";
  }
  if (message.includes("Missing , ")) {
    return "A comma is missing before this place, or a text with special characters has no quotes.";
  }
  return "A colon or a space after one is missing here.";
}

interface Line {
  readonly start: number;
  readonly text: string;
}

function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  return { start, text: text.slice(start, end === -1 ? text.length : end).replace(/\r$/, "") };
}

/** Quotes what stands after the first colon of a line; nothing where that is a bracket, a quote or too long to be meant as one text. */
function quoteValueOf(line: Line): readonly TextEdit[] {
  const found = /^(\s*(?:- +)*[\w$.-]{1,100}:[ \t]+)([^\s"'[{&*!#-].*?)([ \t]+#.*)?$/.exec(line.text.slice(0, 2000));
  if (found === null || line.text.length > 2000) {
    return [];
  }
  const [, head = "", value = ""] = found;
  const start = line.start + head.length;
  return [{ range: { start, end: start + value.trimEnd().length }, text: quoteYaml(value.trimEnd()) }];
}

/** Quotes from a character that no text may start with to the end of the value; between brackets that is the next comma or bracket. */
function quoteFrom(line: Line, offset: number): readonly TextEdit[] {
  const flow = /[[{]/.test(line.text.slice(0, offset - line.start));
  const rest = line.text.slice(offset - line.start, offset - line.start + 2000);
  const value = (flow ? /^[^,\]}]*/ : /^.*?(?=[ \t]+#|$)/).exec(rest)?.[0].trimEnd() ?? "";
  return value === "" ? [] : [{ range: { start: offset, end: offset + value.length }, text: quoteYaml(value) }];
}

function untab(text: string): readonly TextEdit[] {
  return [...text.matchAll(/^[ ]*\t[ \t]*/gm)].map((found) => ({
    range: { start: found.index, end: found.index + found[0].length },
    text: found[0].replaceAll("\t", "  "),
  }));
}
