import { isCancelled } from "../../core/base/cancel";
import { CURVE_POINTS, toMetricSummary, type MetricSummary } from "../../core/table/metricSummary";
import type { RunTable } from "../../core/table/runTable";
import type { MissingHistory } from "../../core/table/tableLines";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";

const RUNS_A_CALL = 50;
const CALLS_AT_ONCE = 2;
const NO_HISTORY: MetricSummary = { min: null, max: null, curve: null };

interface Batch {
  readonly storeId: StoreId;
  readonly metric: string;
  readonly rows: readonly number[];
}

/**
 * Reads metric histories when a view first needs them. What is on the screen goes first: a new request replaces what an
 * older one still waits for.
 */
export class MetricHistoryReader {
  private waiting: Batch[] = [];
  private readonly underWay = new Set<string>();
  private calls = 0;

  constructor(
    private readonly catalog: StoreCatalog,
    private readonly table: RunTable,
    private readonly signal: AbortSignal,
    private readonly onRead: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Asks for the histories that the visible lines lack. Answers nothing: `onRead` tells when some arrived. */
  request(missing: readonly MissingHistory[]): void {
    this.waiting = this.toBatches(missing.filter(({ metric, row }) => !this.underWay.has(workKey(metric, row))));
    this.pump();
  }

  /** Reads a metric of many runs, for sorting and for export. */
  async readAll(
    metric: string,
    rows: Iterable<number>,
    signal: AbortSignal,
    onProgress: (done: number, total: number) => void,
  ): Promise<void> {
    const missing = [...rows].filter((row) => this.table.summary(metric, row) === undefined).map((row) => ({ metric, row }));
    let done = 0;
    for (const batch of this.toBatches(missing)) {
      await this.read(batch, signal);
      done += batch.rows.length;
      onProgress(done, missing.length);
    }
  }

  private toBatches(missing: readonly MissingHistory[]): Batch[] {
    const groups = new Map<string, { storeId: StoreId; metric: string; rows: number[] }>();
    for (const { metric, row } of missing) {
      const storeId = this.table.at(row)?.storeId;
      if (storeId === undefined) {
        continue;
      }
      const key = `${metric}\n${storeId}`;
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, { storeId, metric, rows: [row] });
      } else {
        group.rows.push(row);
      }
    }
    return [...groups.values()].flatMap(({ storeId, metric, rows }) =>
      Array.from({ length: Math.ceil(rows.length / RUNS_A_CALL) }, (_, index) => ({
        storeId,
        metric,
        rows: rows.slice(index * RUNS_A_CALL, (index + 1) * RUNS_A_CALL),
      })),
    );
  }

  private pump(): void {
    while (this.calls < CALLS_AT_ONCE && !this.signal.aborted) {
      const batch = this.waiting.shift();
      if (batch === undefined) {
        return;
      }
      // A store that failed is asked again when it is back, not once a scroll.
      if (this.catalog.entry(batch.storeId)?.health.kind === "failed") {
        continue;
      }
      const keys = batch.rows.map((row) => workKey(batch.metric, row));
      keys.forEach((key) => this.underWay.add(key));
      this.calls++;
      this.read(batch, this.signal)
        .then(this.onRead, (error: unknown) => {
          if (!isCancelled(error)) {
            this.onError(error);
          }
        })
        .finally(() => {
          keys.forEach((key) => this.underWay.delete(key));
          this.calls--;
          this.pump();
        });
    }
  }

  private async read({ storeId, metric, rows }: Batch, signal: AbortSignal): Promise<void> {
    const runIds = rows.flatMap((row) => this.table.at(row)?.run.runId ?? []);
    const histories = await this.catalog.use(storeId, signal, (store) =>
      store.getMetricHistories(runIds, metric, { maxPoints: CURVE_POINTS }, signal),
    );
    signal.throwIfAborted();
    for (const row of rows) {
      const runId = this.table.at(row)?.run.runId;
      const history = runId === undefined ? undefined : histories.get(runId);
      this.table.setSummary(metric, row, history === undefined ? NO_HISTORY : toMetricSummary(history));
    }
  }
}

function workKey(metric: string, row: number): string {
  return `${row} ${metric}`;
}
