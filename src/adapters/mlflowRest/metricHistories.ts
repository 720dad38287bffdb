import { isAppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { MetricHistory, MetricPoint } from "../../core/tracking/run";
import { toMetricHistory } from "../../core/tracking/thinSeries";
import type { MlflowApi } from "./mlflowApi";
import { bulkHistoryReply, historyReply } from "./records";
import { isRunId, toRunError } from "./runErrors";
import type { ServerRefusal } from "./serverRefusal";

/** Up to so many runs are read one by one, which gives every point. */
const MAX_SINGLE_RUNS = 4;
/** Limits of MLflow's bulk call. */
const MAX_RUNS_PER_REQUEST = 100;
const MAX_POINTS_PER_RUN = 2500;
/** A curve in a table has a few hundred pixels: 100 runs with so many points each are about 10 MB. */
const USUAL_POINTS_PER_RUN = 1000;
const POINTS_PER_PAGE = 25_000;
/** A million points are 80 MB of JSON; what lies beyond is not read and the history says so. */
const MAX_PAGES = 40;
/** The bulk call counts steps with 32 bits and, unless told otherwise, from 0: earlier steps need a call of their own. */
const NEGATIVE_STEPS = { start_step: -2_147_483_648, end_step: -1 };

interface Curve {
  readonly points: readonly MetricPoint[];
  /** False where the server may have left points out. */
  readonly isComplete: boolean;
}

/** One metric's curves for many runs: exact for a few runs; for many, what the server's bulk call gives. */
export async function fetchMetricHistories(
  api: MlflowApi,
  runIds: readonly string[],
  key: string,
  maxPoints: number,
  signal: CancelSignal,
): Promise<ReadonlyMap<string, MetricHistory>> {
  const unique = [...new Set(runIds)].filter(isRunId);
  const curves =
    unique.length <= MAX_SINGLE_RUNS ? await fetchSingly(api, unique, key, signal) : await fetchInBulk(api, unique, key, maxPoints, signal);
  const histories = new Map<string, MetricHistory>();
  for (const [runId, curve] of curves) {
    if (curve.points.length > 0) {
      const history = toMetricHistory(sortedWithoutRepeats(curve.points), maxPoints);
      histories.set(runId, curve.isComplete ? history : { ...history, exact: false });
    }
  }
  return histories;
}

async function fetchSingly(api: MlflowApi, runIds: readonly string[], key: string, signal: CancelSignal): Promise<Map<string, Curve>> {
  const curves = new Map<string, Curve>();
  for (const runId of runIds) {
    const points: MetricPoint[] = [];
    let token = "";
    let pages = 0;
    do {
      const query = { run_id: runId, metric_key: key, max_results: POINTS_PER_PAGE, page_token: token === "" ? undefined : token };
      const reply = await api
        .get("/api/2.0/mlflow/metrics/get-history", query, historyReply, signal, (refusal) => toMissing(refusal, runId))
        .catch((error: unknown) => ignoreMissing(error));
      for (const point of reply?.metrics ?? []) {
        points.push(point);
      }
      token = reply === undefined || reply.next_page_token === token ? "" : reply.next_page_token;
      pages++;
    } while (token !== "" && pages < MAX_PAGES);
    curves.set(runId, { points, isComplete: token === "" });
  }
  return curves;
}

async function fetchInBulk(
  api: MlflowApi,
  runIds: readonly string[],
  key: string,
  maxPoints: number,
  signal: CancelSignal,
): Promise<Map<string, Curve>> {
  const limit = Math.min(MAX_POINTS_PER_RUN, Math.max(maxPoints, USUAL_POINTS_PER_RUN));
  const curves = new Map<string, Curve>();
  for (let start = 0; start < runIds.length; start += MAX_RUNS_PER_REQUEST) {
    const some = runIds.slice(start, start + MAX_RUNS_PER_REQUEST);
    const usual = await fetchBulkPart(api, some, key, limit, {}, signal);
    const parts = usual === undefined ? undefined : [usual, await fetchBulkPart(api, some, key, limit, NEGATIVE_STEPS, signal)];
    if (parts === undefined) {
      // The bulk call fails as a whole when one run is gone or when an older server does not have it.
      for (const [runId, curve] of await fetchSingly(api, some, key, signal)) {
        curves.set(runId, curve);
      }
      continue;
    }
    for (const part of parts) {
      for (const [runId, curve] of part ?? []) {
        const earlier = curves.get(runId);
        curves.set(runId, {
          points: [...(earlier?.points ?? []), ...curve.points],
          isComplete: (earlier?.isComplete ?? true) && curve.isComplete,
        });
      }
    }
  }
  return curves;
}

async function fetchBulkPart(
  api: MlflowApi,
  runIds: readonly string[],
  key: string,
  limit: number,
  range: Readonly<Record<string, number>>,
  signal: CancelSignal,
): Promise<Map<string, Curve> | undefined> {
  const query = { run_ids: runIds, metric_key: key, max_results: limit, ...range };
  const reply = await api
    .get("/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval", query, bulkHistoryReply, signal, (refusal) =>
      refusal.status === 404 || refusal.status === 400 || refusal.status === 405
        ? toRunError({ ...refusal, status: 404 }, runIds[0] ?? "")
        : undefined,
    )
    .catch((error: unknown) => ignoreMissing(error));
  if (reply === undefined) {
    return undefined;
  }
  const points = new Map<string, MetricPoint[]>();
  const steps = new Set<number>();
  for (const { runId, point } of reply.metrics) {
    steps.add(point.step);
    const list = points.get(runId);
    if (list === undefined) {
      points.set(runId, [point]);
    } else {
      list.push(point);
    }
  }
  // MLflow 2 samples the steps of all runs together, MLflow 3 each run's points: below both limits nothing was left out.
  const isWhole = steps.size < limit;
  return new Map([...points].map(([runId, list]) => [runId, { points: list, isComplete: isWhole && list.length < limit }]));
}

/** A key that MLflow would not let anyone write is as unknown as any other; no run has it. */
function toMissing(refusal: ServerRefusal, runId: string): Error | undefined {
  return toRunError(/invalid .*metric|invalid value .*name/i.test(refusal.message) ? { ...refusal, status: 404 } : refusal, runId);
}

function ignoreMissing(error: unknown): undefined {
  if (isAppError(error, "run/not-found")) {
    return undefined;
  }
  throw error;
}

/** Logging a model in MLflow 3 repeats a line of the file store, and the two bulk calls may overlap. */
function sortedWithoutRepeats(points: readonly MetricPoint[]): MetricPoint[] {
  const sorted = [...points].sort((a, b) => a.step - b.step || a.timestamp - b.timestamp || compareValues(a.value, b.value));
  return sorted.filter((point, index) => {
    const previous = sorted[index - 1];
    return previous?.step !== point.step || previous.timestamp !== point.timestamp || !Object.is(previous.value, point.value);
  });
}

/** NaN after every number, so that the order does not depend on where it stood before. */
function compareValues(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
