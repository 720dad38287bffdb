import { isAppError } from "../../core/base/appError";
import type { RunTable } from "../../core/table/runTable";
import type { Experiment } from "../../core/tracking/experiment";
import type { Page } from "../../core/tracking/page";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { ExperimentQuery, RunPage, RunQuery, StoreChange } from "../../core/tracking/trackingStore";
import type { ExperimentLabels } from "./experimentLabels";
import type { RunsTableTarget } from "./runsTableTarget";

const RUNS_A_PAGE = 200;
const EXPERIMENTS_A_PAGE = 500;
/** Beyond this many changed runs, reading the list again is cheaper than asking for each. */
const MAX_SINGLE_READS = 50;

/** Reads the runs of the target's experiments into a table, store by store and page by page, and keeps them up to date. */
export class RunsTableLoader {
  /** Per store, the experiments that belong to the table, once they were read. */
  private readonly experiments = new Map<StoreId, readonly string[]>();

  constructor(
    private readonly catalog: StoreCatalog,
    private readonly target: RunsTableTarget,
    private readonly table: RunTable,
    private readonly labels: ExperimentLabels,
    private readonly onProgress: () => void,
  ) {}

  /** The stores that hold the target's experiments. */
  stores(): readonly StoreId[] {
    if (this.target.experiments.length === 0) {
      return this.catalog.entries().map((entry) => entry.id);
    }
    return [...new Set(this.target.experiments.map((ref) => ref.storeId))];
  }

  hasRows(storeId: StoreId): boolean {
    return this.table.liveRows().some((row) => this.table.at(row)?.storeId === storeId);
  }

  /** How many experiments the table holds, as far as is known. */
  experimentCount(): number {
    return this.target.experiments.length || [...this.experiments.values()].reduce((sum, ids) => sum + ids.length, 0);
  }

  /** Reads all runs of one store. Runs that are gone leave the table when the last page is there, not before. */
  async load(storeId: StoreId, signal: AbortSignal): Promise<void> {
    const experimentIds = await this.readExperiments(storeId, signal);
    const seen = new Set<string>();
    let pageToken: string | null = null;
    do {
      if (experimentIds.length === 0) {
        break;
      }
      const query: RunQuery = { experimentIds, lifecycle: "active", pageSize: RUNS_A_PAGE, ...(pageToken === null ? {} : { pageToken }) };
      const page: RunPage = await this.catalog.use(storeId, signal, (store) => store.searchRuns(query, signal));
      signal.throwIfAborted();
      for (const run of page.items) {
        seen.add(run.runId);
        this.table.upsert(storeId, run);
      }
      this.onProgress();
      pageToken = page.nextPageToken;
    } while (pageToken !== null);
    for (const row of this.table.liveRows()) {
      const entry = this.table.at(row);
      if (entry?.storeId === storeId && !seen.has(entry.run.runId)) {
        this.table.remove(storeId, entry.run.runId);
      }
    }
    this.onProgress();
  }

  /** Brings the table up to date with what a store says has changed. */
  async follow(storeId: StoreId, change: StoreChange, signal: AbortSignal): Promise<void> {
    const newExperiments = this.target.experiments.length === 0 && change.experiments.length > 0;
    if (newExperiments || change.runs === "all" || change.runs.length > MAX_SINGLE_READS) {
      await this.load(storeId, signal);
      return;
    }
    const ours = new Set(this.experiments.get(storeId) ?? []);
    for (const runId of change.runs) {
      try {
        const run = await this.catalog.use(storeId, signal, (store) => store.getRun(runId, signal));
        signal.throwIfAborted();
        if (run.lifecycleStage === "active" && ours.has(run.experimentId)) {
          this.table.upsert(storeId, run);
        } else {
          this.table.remove(storeId, runId);
        }
      } catch (error) {
        if (!isAppError(error, "run/not-found")) {
          throw error;
        }
        this.table.remove(storeId, runId);
      }
    }
    this.onProgress();
  }

  /** Learns the experiments' names, and which there are when the target names none. */
  private async readExperiments(storeId: StoreId, signal: AbortSignal): Promise<readonly string[]> {
    const wanted = this.target.experiments.filter((ref) => ref.storeId === storeId).map((ref) => ref.experimentId);
    const missing = new Set(wanted);
    const found: string[] = [];
    let pageToken: string | null = null;
    do {
      const query: ExperimentQuery = {
        lifecycle: wanted.length === 0 ? "active" : "all",
        pageSize: EXPERIMENTS_A_PAGE,
        ...(pageToken === null ? {} : { pageToken }),
      };
      const page: Page<Experiment> = await this.catalog.use(storeId, signal, (store) => store.searchExperiments(query, signal));
      for (const experiment of page.items) {
        if (wanted.length === 0 || missing.delete(experiment.experimentId)) {
          found.push(experiment.experimentId);
          this.labels.add(storeId, experiment.experimentId, experiment.name);
        }
      }
      pageToken = page.nextPageToken;
    } while (pageToken !== null && (wanted.length === 0 || missing.size > 0));
    const ids = wanted.length === 0 ? found : wanted;
    this.experiments.set(storeId, ids);
    return ids;
  }
}
