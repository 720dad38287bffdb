import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { isAppError } from "../../src/core/base/appError";
import { addFields } from "../../src/core/compare/runFields";
import { toCostedRun } from "../../src/core/cost/toCostedRun";
import { costFactsOf } from "../../src/core/tracking/costFacts";
import { readInputExample } from "../../src/core/deployment/inputExample";
import type { Run } from "../../src/core/tracking/run";
import { toRunSections } from "../../src/core/tracking/runPageView";
import type { Store } from "../../src/core/tracking/store";

const NOW = 1_796_040_000_000;
const MOST = 5;
const PAGE = { pageSize: 20 };

/** Asks a store for all that a person sees of it, and shows the runs as the pages do. A refusal of one thing does not keep the others from being asked for. */
export async function exploreStore(store: Store): Promise<void> {
  const signal = NEVER_CANCELLED;
  await store.describe(signal);
  const experiments = (await refusable(store.searchExperiments({ ...PAGE, lifecycle: "all" }, signal)))?.items ?? [];
  const experimentIds = experiments.slice(0, MOST).map(({ experimentId }) => experimentId);
  const pages = [
    await refusable(store.searchRuns({ ...PAGE, experimentIds, lifecycle: "all", nesting: { kind: "roots" } }, signal)),
    await refusable(
      store.searchRuns({ ...PAGE, experimentIds, lifecycle: "active", filter: "metrics.acc > 0.1", orderBy: ["metrics.acc DESC"] }, signal),
    ),
  ];
  for (const run of pages.flatMap((page) => page?.items.slice(0, MOST) ?? [])) {
    show(run);
    await exploreRun(store, run);
  }
  const models = (await refusable(store.searchRegisteredModels(PAGE, signal)))?.items ?? [];
  for (const { name } of models.slice(0, MOST)) {
    await refusable(store.getRegisteredModel(name, signal));
    const versions = (await refusable(store.searchModelVersions(name, PAGE, signal)))?.items ?? [];
    for (const { version } of versions.slice(0, 2)) {
      await refusable(readInputExample(store, name, version, signal));
    }
  }
  await refusable(store.checkForChanges(signal));
}

async function exploreRun(store: Store, run: Run): Promise<void> {
  const signal = NEVER_CANCELLED;
  const owner = { kind: "run", runId: run.runId } as const;
  const again = await refusable(store.getRun(run.runId, signal));
  if (again !== null) {
    show(again);
  }
  for (const key of [...run.metrics.keys()].slice(0, 2)) {
    await refusable(store.getMetricHistories([run.runId], key, { maxPoints: 100 }, signal));
  }
  const files = (await refusable(store.listArtifacts(owner, "", signal))) ?? [];
  for (const { path, isDirectory } of files.slice(0, MOST)) {
    await refusable<unknown>(
      isDirectory ? store.listArtifacts(owner, path, signal) : store.readArtifact(owner, path, { maxBytes: 100_000 }, signal),
    );
  }
  await refusable(store.versionsOfRun(run.runId, signal));
}

function show(run: Run): void {
  JSON.stringify(toRunSections(run, NOW));
  addFields({ run, storeId: "s", store: "s", experiment: "e", versions: [], environment: null, problem: null }, NOW, () => undefined);
  toCostedRun(costFactsOf(run), { storeId: "s", experiment: "e", model: null });
}

async function refusable<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error)) {
      return null;
    }
    throw error;
  }
}
