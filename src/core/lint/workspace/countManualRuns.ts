import type { CancelSignal } from "../../base/cancel";
import { startedByHand } from "../../tracking/startedByHand";
import type { TrackingStore } from "../../tracking/trackingStore";

const PAGE = 1000;
/** More trainings are no longer told apart by anybody. */
const MOST_PAGES = 10;

/**
 * How many runs of an experiment people started by hand since then: from a notebook, or as a script under a person's account. A run's
 * children are part of it.
 * @returns null where no run tells how it was started.
 */
export async function countManualRuns(
  store: TrackingStore,
  experiment: string,
  since: number,
  signal: CancelSignal,
): Promise<number | null> {
  const experimentId = await findExperiment(store, experiment, signal);
  if (experimentId === null) {
    return null;
  }
  const origins: (boolean | null)[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    signal.throwIfAborted();
    const found = await store.searchRuns(
      {
        experimentIds: [experimentId],
        lifecycle: "active",
        filter: `attributes.start_time >= ${since}`,
        pageSize: PAGE,
        ...(pageToken === undefined ? {} : { pageToken }),
      },
      signal,
    );
    origins.push(...found.items.filter(({ parentRunId }) => parentRunId === null).map(startedByHand));
    if (found.nextPageToken === null) {
      break;
    }
    pageToken = found.nextPageToken;
  }
  return origins.length > 0 && origins.every((origin) => origin === null) ? null : origins.filter((origin) => origin === true).length;
}

async function findExperiment(store: TrackingStore, name: string, signal: CancelSignal): Promise<string | null> {
  let pageToken: string | undefined;
  for (;;) {
    signal.throwIfAborted();
    const page = await store.searchExperiments(
      { lifecycle: "active", pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) },
      signal,
    );
    const found = page.items.find((one) => one.name === name);
    if (found !== undefined || page.nextPageToken === null) {
      return found?.experimentId ?? null;
    }
    pageToken = page.nextPageToken;
  }
}
