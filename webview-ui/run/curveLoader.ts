import type { CurveView, MetricRow, WireNumber } from "../../src/protocol/runPage";
import type { ChartPoint } from "../shared/charts/chartSeries";

/** A metric's curve as the page holds it, with numbers that JSON could not carry restored. */
export interface Curve {
  readonly points: readonly ChartPoint[];
  readonly total: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly exact: boolean;
}

export type CurveState =
  | { readonly kind: "waiting" }
  | { readonly kind: "ready"; readonly curve: Curve | null }
  | { readonly kind: "failed"; readonly error: unknown };

const WAITING: CurveState = { kind: "waiting" };
/** As many as a server answers at once without making the first ones late. */
const MAX_PARALLEL = 4;

/**
 * Reads curves when they are looked at, a few at a time, the last wanted first: who scrolls past a hundred curves waits only
 * for those on screen.
 */
export class CurveLoader {
  private readonly states = new Map<string, CurveState>();
  /** Curves whose metric grew since they were read; they stay on screen until the new one is here. */
  private readonly outdated = new Set<string>();
  /** By key, who shows it on screen: the table's row and the chart want the same curve, each for as long as it is seen. */
  private readonly wanted = new Map<string, Set<object>>();
  private readonly loading = new Set<string>();
  private readonly listeners = new Set<(key: string) => void>();

  constructor(private readonly fetch: (key: string) => Promise<CurveView | null>) {}

  state(key: string): CurveState {
    return this.states.get(key) ?? WAITING;
  }

  /** `viewer` shows the curve on screen. */
  want(key: string, viewer: object): void {
    const viewers = this.wanted.get(key) ?? new Set();
    viewers.add(viewer);
    this.wanted.delete(key);
    this.wanted.set(key, viewers);
    this.startNext();
  }

  /** The curve left the viewer's screen: when nobody else looks and it was not asked for yet, it need not be. */
  unwant(key: string, viewer: object): void {
    const viewers = this.wanted.get(key);
    viewers?.delete(viewer);
    if (viewers?.size === 0) {
      this.wanted.delete(key);
    }
  }

  retry(key: string): void {
    this.states.delete(key);
    this.outdated.delete(key);
    this.emit(key);
    this.startNext();
  }

  /** The metrics have new values: reads those on screen again, the others when they come back. */
  invalidate(keys: readonly string[]): void {
    for (const key of keys) {
      if (this.states.has(key) || this.loading.has(key)) {
        this.outdated.add(key);
      }
    }
    this.startNext();
  }

  onDidChange(listener: (key: string) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private startNext(): void {
    for (const key of [...this.wanted.keys()].reverse()) {
      if (this.loading.size >= MAX_PARALLEL) {
        return;
      }
      if (!this.loading.has(key) && (!this.states.has(key) || this.outdated.has(key))) {
        void this.load(key);
      }
    }
  }

  private async load(key: string): Promise<void> {
    this.loading.add(key);
    this.outdated.delete(key);
    try {
      const curve = await this.fetch(key);
      this.states.set(key, { kind: "ready", curve: curve === null ? null : toCurve(curve) });
    } catch (error) {
      // An old curve is better than none.
      if (this.states.get(key)?.kind !== "ready") {
        this.states.set(key, { kind: "failed", error });
      }
    } finally {
      this.loading.delete(key);
      this.emit(key);
      this.startNext();
    }
  }

  private emit(key: string): void {
    for (const listener of [...this.listeners]) {
      listener(key);
    }
  }
}

/**
 * Whether a metric is one value rather than a curve. Before its curve is here, a metric at step 0 is taken for a value: most
 * are, and nothing jumps when it is true.
 */
export function isSingleValue(metric: MetricRow, state: CurveState): boolean {
  return state.kind === "ready" ? (state.curve?.total ?? 0) <= 1 : metric.step === 0;
}

export function fromWireNumber(value: WireNumber): number {
  return typeof value === "number" ? value : Number(value);
}

function toCurve(curve: CurveView): Curve {
  return { ...curve, points: curve.points.map((point) => ({ ...point, value: fromWireNumber(point.value) })) };
}
