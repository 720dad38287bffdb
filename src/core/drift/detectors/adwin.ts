import type { Detector } from "./detector";

export interface AdwinOptions {
  /** Chance of a false alarm at one test. */
  readonly delta: number;
  /** A test every so many values. */
  readonly clock: number;
  /** Summaries of one size that are kept before the two oldest become one. */
  readonly maxBuckets: number;
  /** Fewest values on either side of a cut. */
  readonly minWindow: number;
  /** No test until more than so many values have arrived. */
  readonly grace: number;
}

const ADWIN_DEFAULTS: AdwinOptions = { delta: 0.002, clock: 32, maxBuckets: 5, minWindow: 5, grace: 10 };

/** What ADWIN has in its window, beside its findings. */
export interface Adwin extends Detector {
  /** Values in the window; after an alarm what is left of it, until the next value. */
  readonly width: number;
  /** Mean of the window; 0 when it is empty. */
  readonly mean: number;
}

/** Summaries of 2^row values each, oldest first. */
interface Row {
  readonly totals: number[];
  /** Sums of squared differences from the mean of the summary. */
  readonly squares: number[];
}

/**
 * Adaptive windowing: keeps a window that grows while the mean is steady. Every `clock` values each cut of the window into an older and a
 * newer part is tested; where the means differ by more than chance allows, the oldest summary is dropped, and that is an alarm. The window starts
 * anew after an alarm.
 * Source: A. Bifet and R. Gavaldà, Learning from time-changing data with adaptive windowing, SDM 2007 (ADWIN2, exponential histogram);
 * bound of the cut and every detail as river 0.26.1 has them.
 */
export function adwin(options: Partial<AdwinOptions> = {}): Adwin {
  const settings = { ...ADWIN_DEFAULTS, ...options };
  let window = new AdaptiveWindow(settings);
  let alarmed = false;
  return {
    id: "adwin",
    get width() {
      return window.width;
    },
    get mean() {
      return window.width === 0 ? 0 : window.total / window.width;
    },
    update(value) {
      if (alarmed) {
        window = new AdaptiveWindow(settings);
      }
      const direction = window.add(value);
      alarmed = direction !== null;
      return direction === null ? null : { level: "drift", direction };
    },
  };
}

class AdaptiveWindow {
  width = 0;
  total = 0;
  /** Sum of squared differences from the mean of the window. */
  private squares = 0;
  private ticks = 0;
  private readonly rows: Row[] = [{ totals: [], squares: [] }];

  constructor(private readonly options: AdwinOptions) {}

  /** Takes a value; says where the mean went if it changed. */
  add(value: number): "up" | "down" | null {
    if (this.width > 0) {
      this.squares += (this.width * (value - this.total / this.width) ** 2) / (this.width + 1);
    }
    this.width++;
    this.total += value;
    this.rows[0]?.totals.push(value);
    this.rows[0]?.squares.push(0);
    this.compress();
    this.ticks++;
    if (this.ticks % this.options.clock !== 0 || this.width <= this.options.grace) {
      return null;
    }
    let direction: "up" | "down" | null = null;
    for (let cut = this.findCut(); cut !== null; cut = this.findCut()) {
      direction = cut;
      this.dropOldest();
    }
    return direction;
  }

  /** Makes one of the two oldest summaries of a row that is too full. */
  private compress(): void {
    for (let i = 0; i < this.rows.length; i++) {
      const row = this.rows[i];
      if (row === undefined || row.totals.length <= this.options.maxBuckets) {
        return;
      }
      const [first = 0, second = 0] = row.totals.splice(0, 2);
      const [squares1 = 0, squares2 = 0] = row.squares.splice(0, 2);
      const size = 2 ** i;
      let next = this.rows[i + 1];
      if (next === undefined) {
        next = { totals: [], squares: [] };
        this.rows.push(next);
      }
      next.totals.push(first + second);
      next.squares.push(squares1 + squares2 + (size * (first / size - second / size) ** 2) / 2);
    }
  }

  /** The first cut, from the oldest on, whose two sides differ too much. */
  private findCut(): "up" | "down" | null {
    const { minWindow } = this.options;
    let older = 0;
    let olderTotal = 0;
    for (let i = this.rows.length - 1; i >= 0; i--) {
      const totals = this.rows[i]?.totals ?? [];
      const size = 2 ** i;
      for (const total of totals) {
        older += size;
        olderTotal += total;
        const newer = this.width - older;
        if (older >= minWindow && newer >= minWindow) {
          const difference = olderTotal / older - (this.total - olderTotal) / newer;
          if (Math.abs(difference) > this.bound(older, newer)) {
            return difference < 0 ? "up" : "down";
          }
        }
      }
    }
    return null;
  }

  /** ε of a cut: √(2m·σ²·δ′) + ⅔·δ′·m with m = 1/(n₀ − min + 1) + 1/(n₁ − min + 1) and δ′ = ln(2·ln(W)/δ). */
  private bound(older: number, newer: number): number {
    const { minWindow, delta } = this.options;
    const spread = Math.log((2 * Math.log(this.width)) / delta);
    const m = 1 / (older - minWindow + 1) + 1 / (newer - minWindow + 1);
    return Math.sqrt(2 * m * (this.squares / this.width) * spread) + (2 / 3) * spread * m;
  }

  private dropOldest(): void {
    const last = this.rows.at(-1);
    const total = last?.totals.shift() ?? 0;
    const squares = last?.squares.shift() ?? 0;
    const size = 2 ** (this.rows.length - 1);
    this.width -= size;
    this.total -= total;
    this.squares -= squares + (size * this.width * (total / size - this.total / this.width) ** 2) / (size + this.width);
    if (last?.totals.length === 0) {
      this.rows.pop();
    }
  }
}
