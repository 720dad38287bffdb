import type { CancelSignal } from "../../base/cancel";
import { MLFLOW_TAG, type Run } from "../../tracking/run";
import type { TrackingStore } from "../../tracking/trackingStore";

const PAGE = 1000;
/** More trainings are no longer told apart by anybody. */
const MOST_PAGES = 10;
/** Accounts of machines that train on a schedule or after a push. */
const MACHINE = /^(?:root|runner|airflow|jenkins|gitlab-runner|buildkite-agent|circleci|github-actions|vsts|ray|prefect|dagster|\d+)$/i;

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
    origins.push(...found.items.filter(({ parentRunId }) => parentRunId === null).map(isByHand));
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

/** Null where the run does not tell. */
function isByHand({ tags, userId }: Run): boolean | null {
  switch (tags.get(MLFLOW_TAG.sourceType)) {
    case "NOTEBOOK":
      return true;
    case "JOB":
      return false;
    case "LOCAL":
    case "PROJECT": {
      const user = tags.get(MLFLOW_TAG.user) ?? userId;
      return user === "" || MACHINE.test(user) ? null : true;
    }
    default:
      return null;
  }
}
