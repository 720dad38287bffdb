import type { CancelSignal } from "../base/cancel";
import type { CostFacts } from "../tracking/costFacts";
import type { MetricHistory, MetricPoint } from "../tracking/run";
import type { Store } from "../tracking/store";
import type { GpuUse } from "./costedRun";
import { type GpuMetric, gpuMetricOf, gpuUse } from "./gpuUse";

/** A point each ten seconds for eleven days; a longer curve is thinned, which widens the usual distance with it. */
const MOST_POINTS = 100_000;
/** So many runs a server gives with all their points. */
const EXACT_RUNS = 4;

type Curves = Map<string, { use: readonly MetricPoint[]; memory: readonly MetricPoint[] }>;

/**
 * Measured use of the GPUs of runs, by run id; a run that logged none is absent.
 * @param below use in percent below which a GPU is idle.
 */
export async function readGpuUse(
  store: Pick<Store, "getMetricHistories">,
  runs: readonly Pick<CostFacts, "runId" | "gpuMetrics">[],
  below: number,
  signal: CancelSignal,
): Promise<ReadonlyMap<string, GpuUse>> {
  const curves = new Map<string, Curves>();
  const wanted = new Map<string, { metric: GpuMetric; runIds: string[] }>();
  for (const run of runs) {
    const gpus: Curves = new Map();
    for (const key of run.gpuMetrics) {
      const metric = gpuMetricOf(key);
      if (metric === null) {
        continue;
      }
      gpus.set(metric.gpu, { use: [], memory: [] });
      if (metric.kind !== "held") {
        const known = wanted.get(key) ?? { metric, runIds: [] };
        wanted.set(key, known);
        known.runIds.push(run.runId);
      }
    }
    curves.set(run.runId, gpus);
  }
  for (const [key, { metric, runIds }] of wanted) {
    for (const [runId, { points }] of await historiesOf(store, runIds, key, signal)) {
      const series = curves.get(runId)?.get(metric.gpu);
      if (series !== undefined && metric.kind !== "held") {
        series[metric.kind] = points;
      }
    }
  }
  return new Map(
    [...curves].flatMap(([runId, gpus]) => {
      const use = gpuUse(gpus.values(), below);
      return use === null ? [] : [[runId, use] as const];
    }),
  );
}

async function historiesOf(
  store: Pick<Store, "getMetricHistories">,
  runIds: readonly string[],
  key: string,
  signal: CancelSignal,
): Promise<ReadonlyMap<string, MetricHistory>> {
  const found = new Map(await store.getMetricHistories(runIds, key, { maxPoints: MOST_POINTS }, signal));
  const sampled = [...found].flatMap(([runId, { exact }]) => (exact ? [] : [runId]));
  for (let start = 0; start < sampled.length && runIds.length > EXACT_RUNS; start += EXACT_RUNS) {
    const some = sampled.slice(start, start + EXACT_RUNS);
    for (const [runId, history] of await store.getMetricHistories(some, key, { maxPoints: MOST_POINTS }, signal)) {
      found.set(runId, history);
    }
  }
  return found;
}
