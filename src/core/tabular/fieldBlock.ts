import { unquote } from "./recordScanner";

/** Some rows of delimited text, as RecordScanner finds them. */
export interface FieldBlock {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Fields a row in `starts` and `ends`. */
  readonly width: number;
  readonly rows: number;
  /** Where each row goes in the columns; -1 for a row that is not kept. */
  readonly slots: Int32Array;
  /** One more than the highest slot so far. */
  readonly slotEnd: number;
}

let scratch = new Uint8Array(256);

/** The field's bytes with quotes undone, in a buffer that the next call overwrites. */
export function unquotedBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  if (end >= 0) {
    return bytes.subarray(start, end);
  }
  const last = ~end;
  if (scratch.length < last - start) {
    scratch = new Uint8Array(2 * (last - start));
  }
  return scratch.subarray(0, unquote(bytes, start, last, scratch));
}
