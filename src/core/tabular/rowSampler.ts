/**
 * Decides which of the rows that match are kept, one after the other: all of them up to `maxRows`, above that a random sample of `sampleRows`, each row with
 * the same chance (reservoir sampling, Vitter's algorithm R). The same seed and the same number of rows give the same rows, whatever the file's format.
 */
export class RowSampler {
  /** Rows so far that matched. */
  matching = 0;
  readonly #size: number;
  readonly #random: () => number;
  /** The row in each slot, counted among those that match; null while all are kept. */
  #rows: Float64Array | null = null;

  constructor(
    readonly maxRows: number,
    sampleRows: number,
    seed: number,
  ) {
    this.#size = Math.max(1, Math.min(sampleRows, maxRows));
    this.#random = randomOf(seed);
  }

  get isSample(): boolean {
    return this.#rows !== null;
  }

  /** Rows that are kept so far. */
  get kept(): number {
    return this.#rows === null ? this.matching : this.#size;
  }

  /** Whether a sample must be begun before so many rows more are offered. */
  isFull(more: number): boolean {
    return this.#rows === null && this.matching + more > this.maxRows;
  }

  /** Begins the sample. @returns the rows to keep of those kept so far, in the order of the slots. */
  begin(): Float64Array {
    const rows = new Float64Array(this.#size);
    const matching = this.matching;
    this.#rows = rows;
    this.matching = 0;
    for (let row = 0; row < matching; row++) {
      this.next();
    }
    return rows.slice(0, Math.min(matching, this.#size));
  }

  /** The slot of the next row that matches; -1 where it is not kept. */
  next(): number {
    const row = this.matching++;
    if (this.#rows === null) {
      return row;
    }
    const slot = row < this.#size ? row : Math.floor(this.#random() * (row + 1));
    if (slot >= this.#size) {
      return -1;
    }
    this.#rows[slot] = row;
    return slot;
  }

  /** The slots in the order of the file; null where they are already. */
  order(): Float64Array | null {
    const rows = this.#rows;
    if (rows === null) {
      return null;
    }
    return Float64Array.from(rows.keys()).sort((a, b) => (rows[a] ?? 0) - (rows[b] ?? 0));
  }

  /** The rows that a sample of so many keeps, ascending. */
  choose(matching: number): Float64Array {
    this.begin();
    for (let row = 0; row < matching; row++) {
      this.next();
    }
    return (this.#rows ?? new Float64Array(0)).sort();
  }
}

/** sfc32: small, fast and good; 53 bits a number. */
function randomOf(seed: number): () => number {
  let a = 0x9e3779b9 | 0;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let d = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 15; warm++) {
    next();
  }
  return () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 2 ** 53;
}
