import type { CutText } from "../../protocol/runPage";

/** Cuts a text for display, never inside a surrogate pair; `length` tells how long the whole is. */
export function cutText(text: string, maxLength: number): CutText {
  if (text.length <= maxLength) {
    return { text, length: text.length };
  }
  const end = /[\ud800-\udbff]/.test(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
  return { text: text.slice(0, end), length: text.length };
}
