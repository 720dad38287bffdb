import type { CompareCurve, CompareView } from "../../../src/protocol/compare";
import type { ChartsHost } from "./chartsHost";

/** As many as a server answers at once without making the first ones late. */
const MAX_PARALLEL = 3;
/** Points of all runs of a chart together: more than a chart has pixels, and still drawn in a moment. */
const MAX_POINTS = 40_000;

export interface ReadCurves {
  readonly curves: readonly CompareCurve[];
  readonly problems: readonly string[];
}

/** Reads the curves of a metric for all runs, a few metrics at a time, and keeps them while the runs stay the same. */
export class CurveReader {
  private readonly read = new Map<string, Promise<ReadCurves>>();
  private readonly waiting: (() => void)[] = [];
  private readonly listeners = new Set<() => void>();
  private running = 0;
  private runs = "";
  private view: CompareView | undefined;

  constructor(private readonly host: ChartsHost) {}

  /** The view as it is now. Other runs make all curves other ones. */
  setView(view: CompareView): void {
    const runs = JSON.stringify(view.runs.map((run) => [run.storeId, run.runId]));
    this.view = view;
    if (runs !== this.runs) {
      this.runs = runs;
      this.invalidate();
    }
  }

  /** Runs logged new points. */
  invalidate(): void {
    this.read.clear();
    for (const listener of [...this.listeners]) {
      listener();
    }
  }

  onDidInvalidate(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  curves(key: string): Promise<ReadCurves> {
    const known = this.read.get(key);
    if (known !== undefined) {
      return known;
    }
    const reading = this.load(key);
    this.read.set(key, reading);
    // A failure is not kept, so that the next look tries again.
    reading.catch(() => {
      if (this.read.get(key) === reading) {
        this.read.delete(key);
      }
    });
    return reading;
  }

  private async load(key: string): Promise<ReadCurves> {
    if (this.running >= MAX_PARALLEL) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.running++;
    try {
      const runs = Math.max(1, this.view?.runs.length ?? 1);
      const maxPoints = Math.max(50, Math.min(1000, Math.floor(MAX_POINTS / runs)));
      return await this.host.call("curves", { revision: this.view?.revision ?? 0, key, maxPoints });
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }
}
