import type { TextEdit } from "../../core/base/textEdit";

/** One edit that makes the second text of the first, and leaves alone what both begin and end with. Null where they are equal. */
export function changedPart(before: string, after: string): TextEdit | null {
  if (before === after) {
    return null;
  }
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) {
    start++;
  }
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) {
    end++;
  }
  // Whole lines, so that neither a line end nor a letter of two code units is cut in two.
  start = before.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = before.indexOf("\n", before.length - end);
  end = lineEnd === -1 ? 0 : before.length - lineEnd - 1;
  return { range: { start, end: before.length - end }, text: after.slice(start, after.length - end) };
}
