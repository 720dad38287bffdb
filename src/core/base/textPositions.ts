/** A place as editors and LSP count: lines and UTF-16 code units, both from 0. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Turns offsets into positions as editors count them: a line ends with CRLF, LF or a CR alone, and a byte order mark is no part of the
 * first line. Offsets outside of the text count as its nearest end.
 */
export function textPositions(text: string): (offset: number) => TextPosition {
  const starts = [text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0];
  for (const { 0: lineEnd, index } of text.matchAll(/\r\n|\n|\r/g)) {
    starts.push(index + lineEnd.length);
  }
  return (offset) => {
    const inside = Math.min(offset, text.length);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? Infinity) <= inside) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return { line: low, character: Math.max(0, inside - (starts[low] ?? 0)) };
  };
}
