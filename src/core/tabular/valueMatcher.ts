import { parseDecimal } from "./parseDecimal";
import { encodeUtf8 } from "./utf8";

/** "007" is a code and not the number 7. */
const CODE = /^[+-]?0\d/;

/**
 * Whether values are the one that a filter names as text. Numbers are compared by value, so that "7" finds 7.0, and the words for true and false whatever
 * their case; a text with leading zeros is a code and compared as it stands.
 */
export class ValueMatcher {
  readonly #bytes: Uint8Array;
  readonly #number: number;
  readonly #boolean: boolean | null;

  constructor(readonly text: string) {
    this.#bytes = encodeUtf8(text);
    this.#number = numberOf(text);
    this.#boolean = /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : null;
  }

  matchesBytes(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (length === this.#bytes.length && this.#bytes.every((byte, index) => byte === bytes[start + index])) {
      return true;
    }
    if (this.#number === this.#number) {
      return parseDecimal(bytes, start, end) === this.#number && !(bytes[start] === 0x30 && CODE.test(asciiOf(bytes, start, end)));
    }
    return this.#boolean !== null && length <= 5 && this.matchesText(asciiOf(bytes, start, end));
  }

  matchesText(text: string): boolean {
    return (
      text === this.text ||
      (this.#boolean !== null && text.toLowerCase() === this.text.toLowerCase()) ||
      (this.#number === this.#number && numberOf(text) === this.#number)
    );
  }

  matchesNumber(value: number): boolean {
    return value === this.#number;
  }
}

function numberOf(text: string): number {
  const bytes = encodeUtf8(text);
  return CODE.test(text) ? NaN : parseDecimal(bytes, 0, bytes.length);
}

function asciiOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 100)));
}
