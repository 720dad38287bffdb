const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
/** Fields of one block: enough to make the loops over a column long, few enough to stay in the processor's cache. */
const BLOCK_FIELDS = 40_960;
const MOST_ROWS = 4096;
/** Also of a table with a hundred thousand columns, each of which costs a call a block. */
const FEWEST_ROWS = 16;

/**
 * Finds the fields of delimited text (RFC 4180) in its bytes, block by block, without making strings. The text must be an extension of ASCII in which no
 * byte of another character looks like a separator: UTF-8.
 *
 * A field in quotes may hold separators, line ends and doubled quotes. A quote within a field that does not begin with one is an ordinary character, and
 * what follows a closing quote belongs to the field, as in pandas. Lines end with LF, CRLF or CR. Lines that are empty or hold only spaces are passed over.
 */
export class RecordScanner {
  /** Of each field, `width` a row: where its content begins, and the byte after it. The end is its complement (`~end`) where quotes within must be undone. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Rows of the block. */
  rows = 0;
  /** Fields that the last record had. */
  fields = 0;
  /** The line, counted from 1, that is read next. */
  line = 1;
  /** Lines with too few fields, the rest of which is empty, and lines with too many, which are left out: nobody knows which field is which. */
  short = { count: 0, line: 0 };
  long = { count: 0, line: 0 };

  readonly #separator: number;
  readonly #capacity: number;
  /** 1 for a byte that ends a field without quotes. */
  readonly #ends: Uint8Array;
  #extra = 0;
  #newLines = 0;
  #complete = false;

  constructor(
    separator: number,
    readonly width: number,
    rows = MOST_ROWS,
  ) {
    this.#separator = separator;
    this.#capacity = Math.min(rows, Math.max(FEWEST_ROWS, Math.floor(BLOCK_FIELDS / width)));
    this.starts = new Int32Array(this.#capacity * width);
    this.ends = new Int32Array(this.#capacity * width);
    this.#ends = new Uint8Array(256);
    this.#ends[separator] = 1;
    this.#ends[LINE_FEED] = 1;
    this.#ends[CARRIAGE_RETURN] = 1;
  }

  /**
   * Reads records until the block is full or the bytes are used up.
   * @param isLast nothing follows these bytes, so that the last record needs no line end.
   * @param most rows that are wanted, where the block is not to be filled.
   * @returns where the next record begins.
   */
  scan(bytes: Uint8Array, from: number, to: number, isLast: boolean, most = this.#capacity): number {
    this.rows = 0;
    let at = from;
    while (at < to && this.rows < most) {
      const next = this.#record(bytes, at, to, isLast);
      if (!this.#complete) {
        break;
      }
      at = next;
    }
    return at;
  }

  /** Whether the record that was not complete stopped within quotes. */
  isInQuotes = false;

  #record(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const { starts, ends, width } = this;
    const separator = this.#separator;
    const isEnd = this.#ends;
    const base = this.rows * width;
    let field = 0;
    let at = from;
    this.#extra = 0;
    this.#newLines = 0;
    this.#complete = false;
    this.isInQuotes = false;
    for (;;) {
      const start = at;
      if (bytes[at] === QUOTE && at < to) {
        at = this.#quoted(bytes, at, to, isLast, base + field, field < width);
        if (at < 0) {
          return from;
        }
      } else {
        while (at < to && isEnd[bytes[at] ?? 0] === 0) {
          at++;
        }
        if (field < width) {
          starts[base + field] = start;
          ends[base + field] = at;
        } else if (at > start) {
          this.#extra++;
        }
      }
      field++;
      if (at >= to) {
        if (!isLast) {
          return from;
        }
        break;
      }
      if (bytes[at] !== separator) {
        break;
      }
      at++;
    }
    let next = at + 1;
    if (bytes[at] === CARRIAGE_RETURN && at < to) {
      if (next >= to && !isLast) {
        return from;
      }
      if (next < to && bytes[next] === LINE_FEED) {
        next++;
      }
    }
    this.#complete = true;
    this.#finish(bytes, from, at, field, base);
    return Math.min(next, to);
  }

  #finish(bytes: Uint8Array, from: number, end: number, fields: number, base: number): void {
    const { line, width } = this;
    this.line += 1 + this.#newLines;
    if (fields === 1 && isBlank(bytes, from, end)) {
      return;
    }
    this.fields = fields;
    if (fields < width) {
      this.starts.fill(0, base + fields, base + width);
      this.ends.fill(0, base + fields, base + width);
      this.short = { count: this.short.count + 1, line: this.short.line || line };
    } else if (this.#extra > 0) {
      this.long = { count: this.long.count + 1, line: this.long.line || line };
      return;
    }
    this.rows++;
  }

  /** @returns where the field ends, or -1 where the bytes end before. */
  #quoted(bytes: Uint8Array, from: number, to: number, isLast: boolean, index: number, isKept: boolean): number {
    let at = from + 1;
    let isPlain = true;
    for (;;) {
      while (at < to && bytes[at] !== QUOTE) {
        const byte = bytes[at] ?? 0;
        if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) {
          this.#newLines++;
        }
        at++;
      }
      if (at + 1 < to && bytes[at + 1] === QUOTE) {
        isPlain = false;
        at += 2;
        continue;
      }
      break;
    }
    if (at >= to || (at + 1 >= to && !isLast)) {
      this.isInQuotes = at >= to;
      return -1;
    }
    const close = at++;
    while (at < to && this.#ends[bytes[at] ?? 0] === 0) {
      isPlain = false;
      at++;
    }
    if (!isKept) {
      this.#extra += close > from + 1 ? 1 : 0;
    } else if (isPlain) {
      this.starts[index] = from + 1;
      this.ends[index] = close;
    } else {
      this.starts[index] = from;
      this.ends[index] = ~at;
    }
    return at;
  }
}

/**
 * Undoes the quotes of a field whose end is a complement.
 * @returns the length of what was written to `target`.
 */
export function unquote(bytes: Uint8Array, start: number, end: number, target: Uint8Array): number {
  let length = 0;
  let at = start + 1;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE && bytes[++at] !== QUOTE) {
      break;
    }
    target[length++] = byte;
  }
  // What follows the closing quote.
  for (; at < end; at++) {
    target[length++] = bytes[at] ?? 0;
  }
  return length;
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (bytes[at] !== SPACE && bytes[at] !== TAB) {
      return false;
    }
  }
  return true;
}
