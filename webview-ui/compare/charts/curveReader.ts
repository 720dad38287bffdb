import type { CompareCurve, CompareView } from "../../../src/protocol/compare";
import type { ChartsHost } from "./chartsHost";

/** As many as a server answers at once without making the first ones late. */
const MAX_PARALLEL = 3;
/** Points of all runs of a chart together: more than a chart has pixels, and still drawn in a moment. */
const MAX_POINTS = 40_000;
/** Points a run. In few levels, so that one more run seldom means to read all the others again. */
const LEVELS = [1000, 600, 400, 250, 150, 80];

export interface ReadCurves {
  readonly curves: readonly CompareCurve[];
  readonly problems: readonly string[];
}

interface KnownCurves {
  readonly maxPoints: number;
  /** By run; null for a run without the metric. */
  readonly byRun: Map<string, CompareCurve | null>;
}

/** Reads the curves of a metric, a few metrics at a time, and keeps each run's curve until that run changes. */
export class CurveReader {
  private readonly known = new Map<string, KnownCurves>();
  private readonly reading = new Map<string, Promise<ReadCurves>>();
  private readonly waiting: (() => void)[] = [];
  private readonly listeners = new Set<() => void>();
  private running = 0;
  private view: CompareView | undefined;
  private runs: readonly string[] = [];

  constructor(private readonly host: ChartsHost) {}

  /** The view as it is now. */
  setView(view: CompareView): void {
    const runs = view.runs.map((run) => JSON.stringify([run.storeId, run.runId]));
    const changed = runs.length !== this.runs.length || runs.some((run, index) => run !== this.runs[index]);
    this.view = view;
    this.runs = runs;
    if (changed) {
      this.tell();
    }
  }

  /** Runs, by their index, logged new points: only theirs are read again. */
  invalidate(runs: readonly number[]): void {
    for (const { byRun } of this.known.values()) {
      for (const run of runs) {
        byRun.delete(this.runs[run] ?? "");
      }
    }
    this.tell();
  }

  onDidInvalidate(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  curves(key: string): Promise<ReadCurves> {
    const before = this.reading.get(key);
    // What was asked before the runs changed is asked again after it, and reads no more than what is missing.
    const reading = (before === undefined ? Promise.resolve() : before.then(noop, noop)).then(() => this.load(key));
    this.reading.set(key, reading);
    const done = (): void => {
      if (this.reading.get(key) === reading) {
        this.reading.delete(key);
      }
    };
    reading.then(done, done);
    return reading;
  }

  private async load(key: string): Promise<ReadCurves> {
    const known = this.knownOf(key);
    if (this.missing(known).length === 0) {
      return { curves: this.inOrder(known), problems: [] };
    }
    if (this.running >= MAX_PARALLEL) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.running++;
    try {
      return await this.ask(key);
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  private async ask(key: string): Promise<ReadCurves> {
    for (;;) {
      const known = this.knownOf(key);
      const missing = this.missing(known);
      const { runs } = this;
      const revision = this.view?.revision ?? 0;
      try {
        const some = missing.length < runs.length ? { runs: missing } : {};
        const { curves, problems } = await this.host.call("curves", { revision, key, maxPoints: known.maxPoints, ...some });
        const found = new Map(curves.map((curve) => [curve.run, curve]));
        for (const index of missing) {
          const curve = found.get(index) ?? null;
          // Where a store failed, no curve does not mean that there is none.
          if (curve !== null || problems.length === 0) {
            known.byRun.set(runs[index] ?? "", curve);
          }
        }
        return { curves: this.inOrder(known), problems };
      } catch (error) {
        // The host refuses a view that is no more; the new one is asked about.
        if (this.view?.revision === revision) {
          throw error;
        }
      }
    }
  }

  private knownOf(key: string): KnownCurves {
    const share = Math.floor(MAX_POINTS / Math.max(1, this.runs.length));
    const maxPoints = LEVELS.find((level) => level <= share) ?? LEVELS.at(-1) ?? share;
    const before = this.known.get(key);
    if (before?.maxPoints === maxPoints) {
      return before;
    }
    const known = { maxPoints, byRun: new Map<string, CompareCurve | null>() };
    this.known.set(key, known);
    return known;
  }

  private missing({ byRun }: KnownCurves): readonly number[] {
    return this.runs.flatMap((run, index) => (byRun.has(run) ? [] : [index]));
  }

  /** With the places that the runs have now. */
  private inOrder({ byRun }: KnownCurves): readonly CompareCurve[] {
    return this.runs.flatMap((id, run) => {
      const curve = byRun.get(id);
      return curve === undefined || curve === null ? [] : [curve.run === run ? curve : { ...curve, run }];
    });
  }

  private tell(): void {
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}

function noop(): void {
  // Whoever asked before learns of the failure.
}
