import type { CancelSignal } from "../base/cancel";
import { allExperiments } from "../tracking/listExperiments";
import { costFactsOf, type CostFacts } from "../tracking/costFacts";
import type { Store } from "../tracking/store";
import type { CostedRun, GpuUse } from "./costedRun";
import { readGpuUse } from "./readGpuUse";
import { sharedTexts, toCostedRun } from "./toCostedRun";
import { withParents } from "./withParents";

const PAGE = 1000;
/** Curves of more runs take longer to read than somebody waits. */
const MOST_MEASURED_RUNS = 2000;

export interface ReadCosts {
  /** The newest first. */
  readonly runs: readonly CostedRun[];
  /** What was left out, a sentence each. */
  readonly problems: readonly string[];
}

export interface ReadCostsOptions {
  readonly storeId: string;
  /** Use in percent below which a GPU is idle. */
  readonly gpuBelow: number;
  /** Use of the GPUs of runs that are over, by run id, from an earlier reading with the same limit; it is added to. */
  readonly measured: Map<string, GpuUse>;
}

/**
 * Reads all that a store knows of the cost of its runs, page by page, deleted ones included. Only runs that logged the use of their GPUs cost a look at
 * curves, and of those only the newest that are there still.
 * @throws AppError where the store cannot be read.
 */
export async function readCostedRuns(store: Store, options: ReadCostsOptions, signal: CancelSignal): Promise<ReadCosts> {
  const { storeId, gpuBelow, measured } = options;
  const [experiments, models] = await Promise.all([allExperiments(store, signal), modelsByRun(store, signal)]);
  const names = new Map(experiments.map(({ experimentId, name }) => [experimentId, name]));
  const deleted = new Set(experiments.flatMap(({ experimentId, lifecycleStage }) => (lifecycleStage === "deleted" ? [experimentId] : [])));
  const isDeleted = (run: CostFacts): boolean => run.isDeleted || deleted.has(run.experimentId);
  const runs: CostedRun[] = [];
  const once = sharedTexts();
  let [looked, unmeasured] = [0, 0];
  const experimentIds = [...names.keys()];
  if (experiments.length > 0) {
    for await (const page of store.costFacts?.(experimentIds, signal) ?? factsInPages(store, experimentIds, signal)) {
      signal.throwIfAborted();
      const withGpus = page.filter((run) => !measured.has(run.runId) && run.gpuMetrics.length > 0 && !isDeleted(run));
      const read = withGpus.slice(0, Math.max(0, MOST_MEASURED_RUNS - looked));
      looked += read.length;
      unmeasured += withGpus.length - read.length;
      const gpus = read.length === 0 ? new Map<string, GpuUse>() : await readGpuUse(store, read, gpuBelow, signal);
      for (const run of page) {
        const use = isDeleted(run) ? null : (measured.get(run.runId) ?? gpus.get(run.runId) ?? null);
        if (use !== null && isOver(run)) {
          measured.set(run.runId, use);
        }
        const experiment = names.get(run.experimentId) ?? run.experimentId;
        const costed = toCostedRun(run, { storeId, experiment, model: models.get(run.runId) ?? null }, once);
        runs.push({ ...costed, isDeleted: isDeleted(run), gpus: use });
      }
    }
  }
  return {
    runs: withParents(runs),
    problems:
      unmeasured === 0
        ? []
        : [`Use of GPUs was read for the newest ${MOST_MEASURED_RUNS} runs that logged it, not for ${unmeasured} older ones.`],
  };
}

async function* factsInPages(store: Store, experimentIds: readonly string[], signal: CancelSignal): AsyncGenerator<readonly CostFacts[]> {
  let pageToken: string | undefined;
  do {
    const page = await store.searchRuns(
      { experimentIds, lifecycle: "all", pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) },
      signal,
    );
    yield page.items.map(costFactsOf);
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
}

function isOver({ endTime, status }: CostFacts): boolean {
  return endTime !== null && status !== "RUNNING" && status !== "SCHEDULED";
}

/** The registered model that a version of was made from a run. Where there are several, the first by name. */
async function modelsByRun(store: Store, signal: CancelSignal): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let pageToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await store.searchRegisteredModels({ pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) }, signal);
    for (const { name, versionCount } of page.items) {
      for (const runId of versionCount === 0 ? [] : await runsOfModel(store, name, signal)) {
        found.set(runId, found.get(runId) ?? name);
      }
    }
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return found;
}

async function runsOfModel(store: Store, name: string, signal: CancelSignal): Promise<readonly string[]> {
  const runIds: string[] = [];
  let pageToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await store.searchModelVersions(name, { pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) }, signal);
    runIds.push(...page.items.flatMap(({ runId }) => (runId === null ? [] : [runId])));
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return runIds;
}
