const FIRST_CAPACITY = 64;

/** Numbers by row, growing. Rows that nobody set are missing (NaN). */
export class NumberStore {
  #values: Float64Array<ArrayBuffer>;

  /** @param expected rows that will probably come, so that it need not grow. */
  constructor(expected: number) {
    this.#values = new Float64Array(Math.max(expected, FIRST_CAPACITY)).fill(NaN);
  }

  /** The numbers, with room for so many rows; to be asked for again after a call with more. */
  reserve(rows: number): Float64Array<ArrayBuffer> {
    if (rows > this.#values.length) {
      const grown = new Float64Array(Math.max(rows, Math.ceil(this.#values.length * 1.5)));
      grown.set(this.#values);
      this.#values = grown.fill(NaN, this.#values.length);
    }
    return this.#values;
  }

  /** Keeps the rows of these numbers, in this order. */
  pick(rows: Float64Array): void {
    const old = this.#values;
    const picked = new Float64Array(rows.length);
    for (let index = 0; index < picked.length; index++) {
      picked[index] = old[rows[index] ?? 0] ?? NaN;
    }
    this.#values = picked;
  }

  take(rows: number): Float64Array<ArrayBuffer> {
    const values = this.reserve(rows);
    return values.length === rows ? values : values.slice(0, rows);
  }
}
