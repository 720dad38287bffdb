import type { TextEdit, TextRange } from "../../base/textEdit";
import { commentsIn } from "./commentsIn";

/**
 * Takes an entry of a block or of `{…}` out of a text, with its line or its comma. Comments in it and behind it stay.
 * @param entry from the first character of the key to the last of the value.
 */
export function removeEntry(text: string, entry: TextRange, flow: boolean): TextEdit {
  const start = entry.start;
  const end = entry.start + text.slice(entry.start, entry.end).trimEnd().length;
  return flow ? fromBrackets(text, start, end) : fromBlock(text, start, end);
}

function fromBrackets(text: string, start: number, end: number): TextEdit {
  // A comment ends with its line and needs a space before it.
  const comments = commentsOf(text.slice(start, end)).map((comment) => ` ${comment}${eolOf(text)}`);
  const after = /^[ \t]*,[ \t]*/.exec(text.slice(end, end + 1000));
  if (after !== null) {
    return { range: { start, end: end + after[0].length }, text: comments.join("") };
  }
  const before = /[ \t]*,[ \t]*$/.exec(text.slice(Math.max(0, start - 1000), start));
  return { range: { start: start - (before?.[0].length ?? 0), end }, text: comments.join("") };
}

function fromBlock(text: string, start: number, valueEnd: number): TextEdit {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const end = withOrphans(text, start - lineStart, valueEnd);
  const lineBreak = text.indexOf("\n", end);
  const lineEnd = lineBreak === -1 ? text.length : lineBreak;
  // A dot stops at a carriage return, which ends each line in a file of Windows.
  if (!/^[ \t\r]*(?:#[^\n]*)?$/.test(text.slice(end, lineEnd))) {
    return { range: { start, end }, text: "" };
  }
  // A byte order mark stands before the first column, but in the midst of a file it may be part of the key.
  const from = text[lineStart] === "\uFEFF" && lineStart < start ? lineStart + 1 : lineStart;
  const column = " ".repeat(start - from);
  const comments = commentsOf(text.slice(start, lineEnd));
  if (/^[ \t]*$/.test(text.slice(from, start))) {
    const isLast = lineBreak === -1;
    const lines = comments.map((comment) => `${column}${comment}`).join(eolOf(text));
    return { range: { start: from, end: isLast ? lineEnd : lineEnd + 1 }, text: lines === "" || isLast ? lines : `${lines}${eolOf(text)}` };
  }
  // The first key of an item: the next key moves up behind the dash, if there is one at the same column.
  const next = lineBreak === -1 ? null : /^ */.exec(text.slice(lineEnd + 1, lineEnd + 1 + 1000));
  return next !== null && next[0].length === column.length
    ? {
        range: { start, end: lineEnd + 1 + next[0].length },
        text: comments.map((comment) => `${comment}${eolOf(text)}${column}`).join(""),
      }
    : { range: { start, end }, text: "" };
}

/** Where the text is broken, lines may stand below an entry that are no part of its value; left alone they would belong to the entry before. */
function withOrphans(text: string, column: number, valueEnd: number): number {
  let end = valueEnd;
  for (let line = text.indexOf("\n", valueEnd) + 1; line > 0; line = text.indexOf("\n", line) + 1) {
    const [indent = ""] = /^[ \t]*/.exec(text.slice(line, line + 1000)) ?? [];
    const first = text[line + indent.length];
    const isEmpty = first === undefined || first === "\n" || first === "\r" || first === "#";
    if (!isEmpty && indent.length <= column) {
      break;
    }
    if (!isEmpty) {
      const lineBreak = text.indexOf("\n", line);
      end = line + text.slice(line, lineBreak === -1 ? text.length : lineBreak).trimEnd().length;
    }
  }
  return end;
}

function commentsOf(part: string): readonly string[] {
  return part.includes("#") ? commentsIn(part).map(({ start, end }) => part.slice(start, end)) : [];
}

function eolOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
