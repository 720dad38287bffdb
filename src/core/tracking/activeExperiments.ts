import type { CancelSignal } from "../base/cancel";
import type { Experiment } from "./experiment";
import type { TrackingStore } from "./trackingStore";

const PAGE = 1000;

/** All experiments of a store that nobody deleted. */
export async function activeExperiments(
  store: Pick<TrackingStore, "searchExperiments">,
  signal: CancelSignal,
): Promise<readonly Experiment[]> {
  const found: Experiment[] = [];
  let pageToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await store.searchExperiments(
      { lifecycle: "active", pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) },
      signal,
    );
    found.push(...page.items);
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return found;
}
