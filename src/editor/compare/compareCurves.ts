import { isAppError, toUserText } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import { toWireNumber } from "../../core/tracking/metricGroups";
import type { MetricHistory } from "../../core/tracking/run";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { CompareCurve } from "../../protocol/compare";
import type { RunRef } from "../platform/runRef";
import { refKey } from "./compareTarget";

/** Twice as many points as the widest chart has pixels: no more can be seen. */
const MAX_POINTS = 2000;

/** Reads curves of one metric for all runs, in one call a store, and keeps them until a run changes. */
export class CompareCurves {
  /** By metric and number of points, then by run; null for a run without the metric. */
  private readonly known = new Map<string, Map<string, MetricHistory | null>>();

  constructor(private readonly catalog: StoreCatalog) {}

  /**
   * A store that fails leaves the curves of the others, and a sentence.
   * @param runs indexes into `refs` of those wanted; all without it.
   */
  async read(
    refs: readonly RunRef[],
    key: string,
    maxPoints: number,
    signal: CancelSignal,
    runs: readonly number[] = [...refs.keys()],
  ): Promise<{ readonly curves: readonly CompareCurve[]; readonly problems: readonly string[] }> {
    const points = Math.min(maxPoints, MAX_POINTS);
    const name = `${points} ${key}`;
    const known = this.known.get(name) ?? new Map<string, MetricHistory | null>();
    this.known.set(name, known);
    const missing = new Map<StoreId, string[]>();
    const wanted = [...new Set(runs)].flatMap((run) => {
      const ref = refs[run];
      return ref === undefined ? [] : [{ run, ref }];
    });
    for (const { ref } of wanted) {
      if (!known.has(refKey(ref))) {
        missing.set(ref.storeId, [...(missing.get(ref.storeId) ?? []), ref.runId]);
      }
    }
    const problems: string[] = [];
    await Promise.all(
      [...missing].map(async ([storeId, runIds]) => {
        try {
          const read = await this.catalog.use(storeId, signal, (store) =>
            store.getMetricHistories(runIds, key, { maxPoints: points }, signal),
          );
          for (const runId of runIds) {
            known.set(refKey({ storeId, runId }), read.get(runId) ?? null);
          }
        } catch (error) {
          if (isCancelled(error)) {
            throw error;
          }
          const label = this.catalog.entry(storeId)?.label ?? storeId;
          problems.push(isAppError(error) ? `${label}: ${toUserText(error)}` : toUserText(error));
        }
      }),
    );
    return { curves: wanted.flatMap(({ run, ref }) => toCurve(run, known.get(refKey(ref)) ?? null)), problems };
  }

  forget(refs: readonly RunRef[]): void {
    for (const known of this.known.values()) {
      for (const ref of refs) {
        known.delete(refKey(ref));
      }
    }
  }
}

function toCurve(run: number, history: MetricHistory | null): CompareCurve[] {
  if (history === null || history.points.length === 0) {
    return [];
  }
  const { points, total, min, max, exact } = history;
  return [
    {
      run,
      steps: points.map(({ step }) => step),
      times: points.map(({ timestamp }) => timestamp),
      values: points.map(({ value }) => toWireNumber(value)),
      total,
      min,
      max,
      exact,
    },
  ];
}
