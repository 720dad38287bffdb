import type { TextEdit, TextRange } from "../../base/textEdit";

/**
 * Takes an entry of a block or of `{…}` out of a text, with its line or its comma.
 * @param entry from the first character of the key to the last of the value.
 */
export function removeEntry(text: string, entry: TextRange, flow: boolean): TextEdit {
  const start = entry.start;
  const end = entry.start + text.slice(entry.start, entry.end).trimEnd().length;
  if (flow) {
    const after = /^[ \t]*,[ \t]*/.exec(text.slice(end, end + 1000));
    if (after !== null) {
      return { range: { start, end: end + after[0].length }, text: "" };
    }
    const before = /[ \t]*,[ \t]*$/.exec(text.slice(Math.max(0, start - 1000), start));
    return { range: { start: start - (before?.[0].length ?? 0), end }, text: "" };
  }
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  const restOfLine = text.slice(end, lineEnd === -1 ? text.length : lineEnd);
  if (!/^[ \t\r]*(?:#.*)?$/.test(restOfLine)) {
    return { range: { start, end }, text: "" };
  }
  if (/^\uFEFF?[ \t]*$/.test(text.slice(lineStart, start))) {
    const from = text[lineStart] === "\uFEFF" ? lineStart + 1 : lineStart;
    return { range: { start: from, end: lineEnd === -1 ? text.length : lineEnd + 1 }, text: "" };
  }
  // The first key of an item: the next key moves up behind the dash, if there is one at the same column.
  const next = lineEnd === -1 ? null : /^ */.exec(text.slice(lineEnd + 1, lineEnd + 1 + 1000));
  const sibling = next !== null && next[0].length === start - lineStart;
  return { range: { start, end: sibling ? lineEnd + 1 + next[0].length : end }, text: "" };
}
