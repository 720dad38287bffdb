import type { TextRange } from "../../core/base/textEdit";
import { type TextPosition, textPositions } from "../../core/base/textPositions";

export interface PositionRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** Turns ranges of a text into lines and columns as editors count them. */
export function rangesIn(text: string): (range: TextRange) => PositionRange {
  const at = textPositions(text);
  return ({ start, end }) => ({ start: at(start), end: at(end) });
}
