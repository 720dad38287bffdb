import type { TextEdit } from "../../core/base/textEdit";

/**
 * One edit that makes the second text of the first, and leaves alone the lines that both begin and end with, so that cursors and folds stay
 * where they are. Null where the texts are equal.
 */
export function changedPart(before: string, after: string): TextEdit | null {
  if (before === after) {
    return null;
  }
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const most = Math.min(old.length, fresh.length);
  let first = 0;
  while (first < most && old[first] === fresh[first]) {
    first++;
  }
  let last = 0;
  while (last < most - first && old[old.length - 1 - last] === fresh[fresh.length - 1 - last]) {
    last++;
  }
  const start = old.slice(0, first).join("").length;
  const text = fresh.slice(first, fresh.length - last).join("");
  return { range: { start, end: start + old.slice(first, old.length - last).join("").length }, text };
}

/** With their line ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
