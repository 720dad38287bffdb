const INTERVAL_MS = 100;

/** Tells how many bytes are read, at most ten times a second. */
export class ByteProgress {
  #done = 0;
  #toldAt = 0;

  constructor(
    private readonly tell: ((done: number, total: number) => void) | undefined,
    private total: number,
  ) {}

  add(bytes: number): void {
    this.#done = Math.min(this.#done + bytes, this.total);
    const now = performance.now();
    if (this.tell !== undefined && now - this.#toldAt >= INTERVAL_MS) {
      this.#toldAt = now;
      this.tell(this.#done, this.total);
    }
  }

  /** So much must be read once more. */
  extend(bytes: number): void {
    this.total += bytes;
  }
}
