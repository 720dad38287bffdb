import type { ColumnId } from "../../protocol/runsTable";
import { isStale, runDuration } from "../browse/runFacts";
import { MLFLOW_TAG, type Metric, type Run } from "../tracking/run";
import type { StoreId } from "../tracking/storeLocation";
import { ATTRIBUTE, parseColumnId } from "./columnId";
import type { MetricSummary } from "./metricSummary";
import { NumberColumn } from "./numberColumn";
import { TextColumn } from "./textColumn";

export type TableColumnData = NumberColumn | TextColumn;

/** Names for people. Two experiments never get the same one, else grouping would merge them. */
export interface TableLabels {
  experiment(storeId: StoreId, experimentId: string): string;
  store(storeId: StoreId): string;
}

interface Row {
  readonly storeId: StoreId;
  /** Without params, metrics and tags: those are in the columns, where 100,000 runs × 60 values need megabytes, not gigabytes. */
  readonly run: Run;
}

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();
const INITIAL_ROWS = 256;
/** In place of RUNNING for a run that nothing was heard of for a day, whose process most likely died. */
export const SILENT = "SILENT";

/**
 * Runs of several stores, stored by column. A run keeps its row number for life; a removed run leaves its number unused.
 * Nothing here knows an order: see `computeTableView`.
 */
export class RunTable {
  private readonly rows: (Row | undefined)[] = [];
  private readonly rowOf = new Map<string, number>();
  private readonly columns = new Map<ColumnId, TableColumnData>();
  private readonly summaries = new Map<string, Map<number, MetricSummary>>();
  /** Grows with every change, so that results computed from an older content can be told. */
  revision = 0;

  constructor(
    private readonly labels: TableLabels,
    private readonly now: () => number,
  ) {
    for (const id of Object.values(ATTRIBUTE)) {
      const isNumber = id === ATTRIBUTE.start || id === ATTRIBUTE.end || id === ATTRIBUTE.duration;
      this.columns.set(id, isNumber ? new NumberColumn(INITIAL_ROWS) : new TextColumn(INITIAL_ROWS));
    }
  }

  /** How many runs there are. */
  get size(): number {
    return this.rowOf.size;
  }

  /** One more than the largest row number. */
  get rowCount(): number {
    return this.rows.length;
  }

  columnIds(): readonly ColumnId[] {
    return [...this.columns.keys()];
  }

  column(id: ColumnId): TableColumnData | undefined {
    return this.columns.get(id);
  }

  row(storeId: StoreId, runId: string): number | undefined {
    return this.rowOf.get(rowKey(storeId, runId));
  }

  at(row: number): { readonly storeId: StoreId; readonly run: Run } | undefined {
    return this.rows[row];
  }

  /** The rows that hold a run, ascending. */
  liveRows(): Uint32Array {
    const live = new Uint32Array(this.rowOf.size);
    let at = 0;
    for (let row = 0; row < this.rows.length; row++) {
      if (this.rows[row] !== undefined) {
        live[at++] = row;
      }
    }
    return live;
  }

  /** Adds a run, or brings a known one up to date. Returns whether anything that the table shows changed. */
  upsert(storeId: StoreId, run: Run): boolean {
    const key = rowKey(storeId, run.runId);
    const known = this.rowOf.get(key);
    const row = known ?? this.rows.length;
    this.rowOf.set(key, row);
    this.rows[row] = { storeId, run: { ...run, params: NOTHING, metrics: NOTHING, tags: NOTHING } };
    let changed = this.setAttributes(row, storeId, run) || known === undefined;
    if (known !== undefined) {
      changed = this.clearAbsent(row, run) || changed;
    }
    for (const [name, value] of run.params) {
      changed = this.texts(`param:${name}`).set(row, value) || changed;
    }
    for (const [name, metric] of run.metrics) {
      changed = this.setMetric(row, name, metric) || changed;
    }
    for (const [name, value] of run.tags) {
      changed = this.texts(`tag:${name}`).set(row, value) || changed;
    }
    if (changed) {
      this.revision++;
    }
    return changed;
  }

  remove(storeId: StoreId, runId: string): boolean {
    const key = rowKey(storeId, runId);
    const row = this.rowOf.get(key);
    if (row === undefined) {
      return false;
    }
    this.rowOf.delete(key);
    this.rows[row] = undefined;
    for (const column of this.columns.values()) {
      column.set(row, null);
    }
    for (const byRow of this.summaries.values()) {
      byRow.delete(row);
    }
    this.revision++;
    return true;
  }

  /** The run with those params, metrics and tags that `ids` names: what a filter looks at. */
  runWith(row: number, ids: readonly ColumnId[]): Run | undefined {
    const run = this.rows[row]?.run;
    if (run === undefined) {
      return undefined;
    }
    const params = new Map<string, string>();
    const tags = new Map<string, string>();
    const metrics = new Map<string, Metric>();
    for (const id of ids) {
      const parsed = parseColumnId(id);
      const value = this.columns.get(id)?.get(row) ?? null;
      if (parsed === null || value === null) {
        continue;
      }
      if (parsed.family === "metric" && typeof value === "number") {
        metrics.set(parsed.key, { value, step: 0, timestamp: 0 });
      } else if (typeof value === "string") {
        (parsed.family === "tag" ? tags : params).set(parsed.key, value);
      }
    }
    return { ...run, params, metrics, tags };
  }

  summary(metric: string, row: number): MetricSummary | undefined {
    return this.summaries.get(metric)?.get(row);
  }

  setSummary(metric: string, row: number, summary: MetricSummary): void {
    let byRow = this.summaries.get(metric);
    if (byRow === undefined) {
      byRow = new Map();
      this.summaries.set(metric, byRow);
    }
    byRow.set(row, summary);
    this.revision++;
  }

  private setAttributes(row: number, storeId: StoreId, run: Run): boolean {
    const datasets = run.inputs.map((input) => (input.context === null ? input.name : `${input.name} (${input.context})`));
    const now = this.now();
    const silent = isStale(run, now);
    // The duration of a run that is alive is old as soon as it is shown; that of a silent one ends with its last sign of life.
    const duration = run.endTime !== null || silent ? runDuration(run, now) : null;
    return [
      this.texts(ATTRIBUTE.name).set(row, run.name),
      this.texts(ATTRIBUTE.status).set(row, silent ? SILENT : run.status),
      this.numbers(ATTRIBUTE.start).set(row, run.startTime),
      this.numbers(ATTRIBUTE.end).set(row, run.endTime),
      this.numbers(ATTRIBUTE.duration).set(row, duration),
      this.texts(ATTRIBUTE.experiment).set(row, this.labels.experiment(storeId, run.experimentId)),
      this.texts(ATTRIBUTE.store).set(row, this.labels.store(storeId)),
      this.texts(ATTRIBUTE.user).set(row, run.userId === "" ? null : run.userId),
      this.texts(ATTRIBUTE.source).set(row, run.tags.get(MLFLOW_TAG.sourceName) ?? null),
      this.texts(ATTRIBUTE.commit).set(row, run.tags.get(MLFLOW_TAG.gitCommit) ?? null),
      this.texts(ATTRIBUTE.dataset).set(row, datasets.length === 0 ? null : datasets.join(", ")),
      this.texts(ATTRIBUTE.runId).set(row, run.runId),
    ].includes(true);
  }

  private setMetric(row: number, name: string, metric: Metric): boolean {
    const changed = this.numbers(`metric:${name}`).set(row, metric.value);
    // A run that still runs logs equal values too: its curve grew although its last value stands still.
    if (changed || this.rows[row]?.run.status === "RUNNING") {
      this.summaries.get(name)?.delete(row);
    }
    return changed;
  }

  private clearAbsent(row: number, run: Run): boolean {
    let changed = false;
    for (const [id, column] of this.columns) {
      const parsed = parseColumnId(id);
      const kept =
        parsed === null ||
        parsed.family === "attribute" ||
        (parsed.family === "param" ? run.params : parsed.family === "metric" ? run.metrics : run.tags).has(parsed.key);
      changed = (!kept && column.set(row, null)) || changed;
    }
    return changed;
  }

  private texts(id: ColumnId): TextColumn {
    const column = this.columns.get(id);
    if (column instanceof TextColumn) {
      return column;
    }
    const created = new TextColumn(INITIAL_ROWS);
    this.columns.set(id, created);
    return created;
  }

  private numbers(id: ColumnId): NumberColumn {
    const column = this.columns.get(id);
    if (column instanceof NumberColumn) {
      return column;
    }
    const created = new NumberColumn(INITIAL_ROWS);
    this.columns.set(id, created);
    return created;
  }
}

function rowKey(storeId: StoreId, runId: string): string {
  return `${runId}\n${storeId}`;
}
