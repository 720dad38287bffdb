import { decodeUtf8 } from "./utf8";

const FIRST_CAPACITY = 64;
const FIRST_SLOTS = 64;
/** Different texts beyond it are no categories, and would take the memory that everything else needs. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Texts by row as codes, growing. Each distinct text is kept once, as bytes: a string is made only at the end, and a text that was seen before costs
 * one look into a hash table. Rows that nobody set are missing (-1).
 */
export class LabelStore {
  #codes: Int32Array<ArrayBuffer>;
  /** The bytes of all labels, one after the other, and where each ends. */
  #pool = new Uint8Array(FIRST_CAPACITY);
  #ends = new Int32Array(FIRST_SLOTS);
  #hashes = new Int32Array(FIRST_SLOTS);
  #size = 0;
  /** Open addressing: code + 1, or 0 for none. */
  #slots = new Int32Array(FIRST_SLOTS * 2);

  #isFull = false;

  /**
   * @param expected rows that will probably come, so that it need not grow.
   * @param mostBytes of all labels together.
   */
  constructor(
    expected: number,
    private readonly mostBytes = MOST_BYTES,
  ) {
    this.#codes = new Int32Array(Math.max(expected, FIRST_CAPACITY)).fill(-1);
  }

  /** The codes, with room for so many rows; to be asked for again after a call with more. */
  reserve(rows: number): Int32Array<ArrayBuffer> {
    if (rows > this.#codes.length) {
      const grown = new Int32Array(Math.max(rows, Math.ceil(this.#codes.length * 1.5)));
      grown.set(this.#codes);
      this.#codes = grown.fill(-1, this.#codes.length);
    }
    return this.#codes;
  }

  /** There were more different texts than it takes; what is in it is not whole. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** The code of a text in UTF-8; -1 where there is no room for it. */
  code(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) {
      hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    }
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = (this.#slots[slot] ?? 0) - 1;
      if (code < 0) {
        return this.#insert(bytes, start, end, hash, slot);
      }
      if (this.#hashes[code] === hash && this.#equals(code, bytes, start, end)) {
        return code;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Keeps the rows of these numbers, in this order. */
  pick(rows: Float64Array): void {
    const old = this.#codes;
    const picked = new Int32Array(rows.length);
    for (let index = 0; index < picked.length; index++) {
      picked[index] = old[rows[index] ?? 0] ?? -1;
    }
    this.#codes = picked;
  }

  /** Codes and labels of so many rows; labels in the order of first appearance, none that no row has. */
  take(rows: number): { readonly codes: Int32Array<ArrayBuffer>; readonly labels: string[] } {
    const codes = this.reserve(rows).slice(0, rows);
    const renamed = new Int32Array(this.#size).fill(-1);
    const labels: string[] = [];
    for (let row = 0; row < rows; row++) {
      const code = codes[row] ?? -1;
      if (code >= 0) {
        let label = renamed[code] ?? -1;
        if (label < 0) {
          label = labels.length;
          renamed[code] = label;
          labels.push(decodeUtf8(this.#pool, this.#start(code), this.#ends[code] ?? 0));
        }
        codes[row] = label;
      }
    }
    return { codes, labels };
  }

  #start(code: number): number {
    return code === 0 ? 0 : (this.#ends[code - 1] ?? 0);
  }

  #equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#start(code);
    const length = end - start;
    if ((this.#ends[code] ?? 0) - from !== length) {
      return false;
    }
    const pool = this.#pool;
    for (let at = 0; at < length; at++) {
      if (pool[from + at] !== bytes[start + at]) {
        return false;
      }
    }
    return true;
  }

  #insert(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const code = this.#size;
    const from = this.#start(code);
    const to = from + end - start;
    if (to > this.mostBytes) {
      this.#isFull = true;
      return -1;
    }
    this.#size++;
    if (to > this.#pool.length) {
      this.#pool = grow(this.#pool, new Uint8Array(Math.max(to, this.#pool.length * 2)));
    }
    if (code >= this.#ends.length) {
      this.#ends = grow(this.#ends, new Int32Array(this.#ends.length * 2));
      this.#hashes = grow(this.#hashes, new Int32Array(this.#hashes.length * 2));
    }
    this.#pool.set(bytes.subarray(start, end), from);
    this.#ends[code] = to;
    this.#hashes[code] = hash;
    this.#slots[slot] = code + 1;
    if (this.#size * 2 > this.#slots.length) {
      this.#rehash();
    }
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#size; code++) {
      let slot = (this.#hashes[code] ?? 0) & mask;
      while (slots[slot] !== 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

function grow<T extends Uint8Array | Int32Array>(old: T, grown: T): T {
  grown.set(old);
  return grown;
}
