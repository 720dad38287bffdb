import type { Run } from "../src/core/tracking/run";
import type { Store } from "../src/core/tracking/store";
import type { RunQuery } from "../src/core/tracking/trackingStore";
import { type ClientReading, median } from "./figures";
import { digestRuns, type RunFacts } from "./runsDigest";

export const NEVER = new AbortController().signal;
const PAGE = 1000;

/** Times our own store; opening it counts, unless it is already open. */
export async function readOwnStore(open: () => Promise<Store>, amount: "first" | "all", repeats: number): Promise<ClientReading> {
  const seconds: number[] = [];
  let runs: readonly Run[] = [];
  for (let round = 0; round < repeats; round++) {
    const start = performance.now();
    const store = await open();
    runs = await searchAll(store, await experimentIdsOf(store), amount);
    seconds.push((performance.now() - start) / 1000);
    store.dispose();
  }
  return { seconds: median(seconds), count: runs.length, digest: digestRuns(runs.map(toFacts)) };
}

export async function experimentIdsOf(store: Store): Promise<readonly string[]> {
  const page = await store.searchExperiments({ lifecycle: "active", pageSize: PAGE }, NEVER);
  return page.items.map(({ experimentId }) => experimentId);
}

export async function searchAll(store: Store, experimentIds: readonly string[], amount: "first" | "all"): Promise<readonly Run[]> {
  const runs: Run[] = [];
  let pageToken: string | undefined;
  do {
    const query: RunQuery = {
      experimentIds,
      lifecycle: "active",
      pageSize: amount === "first" ? 100 : PAGE,
      ...(pageToken === undefined ? {} : { pageToken }),
    };
    const page = await store.searchRuns(query, NEVER);
    runs.push(...page.items);
    pageToken = amount === "first" ? undefined : (page.nextPageToken ?? undefined);
  } while (pageToken !== undefined);
  return runs;
}

export function toFacts(run: Run): RunFacts {
  return { runId: run.runId, metrics: [...run.metrics].map(([key, { value }]) => [key, value]), params: [...run.params] };
}
