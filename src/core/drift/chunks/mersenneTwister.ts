const SIZE = 624;
const OFFSET = 397;

/**
 * MT19937 as numpy's `RandomState(seed)` seeds it, with its shuffle, so that splits come out as scikit-learn makes them.
 * Source: M. Matsumoto and T. Nishimura, Mersenne Twister, ACM TOMACS 8 (1998).
 */
export class MersenneTwister {
  private readonly state = new Uint32Array(SIZE);
  private next = SIZE;

  constructor(seed: number) {
    this.state[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const before = this.state[i - 1] ?? 0;
      this.state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  /** The next 32 random bits, as a number from 0. */
  uint32(): number {
    if (this.next === SIZE) {
      this.refill();
    }
    let bits = this.state[this.next++] ?? 0;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    bits ^= bits >>> 18;
    return bits >>> 0;
  }

  /** A number from 0 to `largest`, both possible: bits under the smallest mask, drawn again while they are too large. */
  upTo(largest: number): number {
    if (largest === 0) {
      return 0;
    }
    const mask = 0xffffffff >>> Math.clz32(largest);
    for (;;) {
      const value = (this.uint32() & mask) >>> 0;
      if (value <= largest) {
        return value;
      }
    }
  }

  /** Shuffles in place, from the last place on, as `RandomState.shuffle`. */
  shuffle(values: Uint32Array): Uint32Array {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.upTo(i);
      const kept = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = kept;
    }
    return values;
  }

  private refill(): void {
    const { state } = this;
    for (let i = 0; i < SIZE; i++) {
      const bits = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % SIZE] ?? 0) & 0x7fffffff);
      state[i] = (state[(i + OFFSET) % SIZE] ?? 0) ^ (bits >>> 1) ^ ((bits & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.next = 0;
  }
}
