import type { CancelSignal } from "../base/cancel";
import { groupBy } from "../base/groupBy";
import type { CostedRun } from "../cost/costedRun";
import { sharedTexts, toCostedRun } from "../cost/toCostedRun";
import { withParents } from "../cost/withParents";
import { activeExperiments } from "../tracking/listExperiments";
import { costFactsOf } from "../tracking/costFacts";
import type { RegisteredModel } from "../tracking/registeredModel";
import type { Run } from "../tracking/run";
import { startedByHand } from "../tracking/startedByHand";
import type { Store } from "../tracking/store";

/** A run as an overview needs it. */
export interface RunFact {
  readonly run: CostedRun;
  /** Whether the tracker says that a person started it, as lint counts; null where it does not tell. */
  readonly byHand: boolean | null;
  /** Finite values, without those of the machine. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** What one store holds, read once for all products that share it. */
export interface StoreFacts {
  readonly models: readonly RegisteredModel[];
  /** Of the experiments that were asked for, the newest first. */
  readonly runs: readonly RunFact[];
  /** Runs of the same experiments that were deleted: what they cost was paid, and nothing else counts of them. */
  readonly deleted: readonly CostedRun[];
  /** `runs` by the name of their experiment. */
  readonly byExperiment: ReadonlyMap<string, readonly RunFact[]>;
  /** Names of all experiments. */
  readonly experiments: ReadonlySet<string>;
  /** Runs that started before may be missing, because there are very many (milliseconds since 1970); null where none is. */
  readonly since: number | null;
}

/** Small enough that a page holds up nobody when it comes over from another thread. */
const RUNS_A_PAGE = 500;
const MODELS_A_PAGE = 500;
/** 20,000 runs; who has more asks the runs table. */
const MOST_PAGES = 40;

/**
 * Reads experiments, models and the runs of some experiments.
 * @param wanted which of the experiments have runs that count, by name. @throws what the store throws.
 */
export async function readStoreFacts(
  store: Store,
  storeId: string,
  wanted: (name: string) => boolean,
  signal: CancelSignal,
): Promise<StoreFacts> {
  const [listed, models] = await Promise.all([activeExperiments(store, signal), allModels(store, signal)]);
  const names = new Map(listed.filter(({ name }) => wanted(name)).map(({ name, experimentId }) => [experimentId, name]));
  const { runs, since } = await newestRuns(store, storeId, names, signal);
  const related = withParents(runs.map(({ run }) => run));
  const facts = runs.flatMap((fact, index): readonly RunFact[] =>
    fact.run.isDeleted ? [] : [{ ...fact, run: related[index] ?? fact.run }],
  );
  return {
    ...{ models, since, runs: facts, deleted: related.filter(({ isDeleted }) => isDeleted) },
    byExperiment: groupBy(facts, ({ run }) => run.experiment),
    experiments: new Set(listed.map(({ name }) => name)),
  };
}

/** Deleted ones included. What is needed of each page is taken from it before the next one is asked for, so that the thread is never held up for all of them. */
async function newestRuns(
  store: Store,
  storeId: string,
  names: ReadonlyMap<string, string>,
  signal: CancelSignal,
): Promise<{ readonly runs: readonly RunFact[]; readonly since: number | null }> {
  const runs: RunFact[] = [];
  const once = sharedTexts();
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES && names.size > 0; page++) {
    signal.throwIfAborted();
    const query = { experimentIds: [...names.keys()], lifecycle: "all", pageSize: RUNS_A_PAGE } as const;
    const found = await store.searchRuns({ ...query, ...(pageToken === undefined ? {} : { pageToken }) }, signal);
    for (const run of found.items) {
      const surroundings = { storeId, experiment: names.get(run.experimentId) ?? run.experimentId, model: null };
      runs.push({ run: toCostedRun(costFactsOf(run), surroundings, once), byHand: startedByHand(run), metrics: metricsOf(run) });
    }
    if (found.nextPageToken === null) {
      return { runs, since: null };
    }
    pageToken = found.nextPageToken;
  }
  return { runs, since: names.size === 0 ? null : (runs.at(-1)?.run.startedAt ?? Number.POSITIVE_INFINITY) };
}

async function allModels(store: Store, signal: CancelSignal): Promise<readonly RegisteredModel[]> {
  const models: RegisteredModel[] = [];
  let pageToken: string | undefined;
  do {
    signal.throwIfAborted();
    const query = { pageSize: MODELS_A_PAGE, ...(pageToken === undefined ? {} : { pageToken }) };
    const page = await store.searchRegisteredModels(query, signal);
    models.push(...page.items);
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return models;
}

/** Metrics of the machine are many and no KPI. */
function metricsOf({ metrics }: Run): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...metrics].flatMap(([key, { value }]) => (Number.isFinite(value) && !key.startsWith("system/") ? [[key, value]] : [])),
  );
}
