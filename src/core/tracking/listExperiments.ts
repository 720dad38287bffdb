import type { CancelSignal } from "../base/cancel";
import type { Experiment } from "./experiment";
import type { LifecycleFilter, TrackingStore } from "./trackingStore";

const PAGE = 1000;

/** All experiments of a store that nobody deleted. */
export function activeExperiments(store: Pick<TrackingStore, "searchExperiments">, signal: CancelSignal): Promise<readonly Experiment[]> {
  return experimentsOf(store, "active", signal);
}

/** All experiments of a store, those that somebody deleted included. */
export function allExperiments(store: Pick<TrackingStore, "searchExperiments">, signal: CancelSignal): Promise<readonly Experiment[]> {
  return experimentsOf(store, "all", signal);
}

async function experimentsOf(
  store: Pick<TrackingStore, "searchExperiments">,
  lifecycle: LifecycleFilter,
  signal: CancelSignal,
): Promise<readonly Experiment[]> {
  const found: Experiment[] = [];
  let pageToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await store.searchExperiments({ lifecycle, pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) }, signal);
    found.push(...page.items);
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return found;
}
