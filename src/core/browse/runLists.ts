import type { CancelSignal } from "../base/cancel";
import { MLFLOW_TAG, type Run } from "../tracking/run";
import type { StoreCatalog } from "../tracking/storeCatalog";
import type { StoreId } from "../tracking/storeLocation";
import type { NestingFilter } from "../tracking/trackingStore";
import type { BrowseOptions } from "./browseOptions";
import { PagedList } from "./pagedList";

const RUNS_PER_PAGE = 100;

/** A run as a tree lists it: with the number of its children where the store can tell. */
export interface ListedRun {
  readonly run: Run;
  readonly childCount: number | null;
}

export interface RunListScope {
  readonly storeId: StoreId;
  readonly experimentId: string;
  readonly nesting: NestingFilter;
}

/** The runs of an experiment, or of a parent run, as the options want them. With a filter all matches are listed flat. */
export function runList(catalog: StoreCatalog, options: () => BrowseOptions, scope: RunListScope): PagedList<ListedRun> {
  return new PagedList<ListedRun>(
    async (pageToken, signal: CancelSignal) => {
      const { filter, orderBy, showDeleted } = options();
      const page = await catalog.use(scope.storeId, signal, (store) =>
        store.searchRuns(
          {
            experimentIds: [scope.experimentId],
            lifecycle: showDeleted ? "all" : "active",
            pageSize: RUNS_PER_PAGE,
            ...(pageToken === undefined ? {} : { pageToken }),
            ...(filter === null ? { nesting: scope.nesting } : { filter }),
            ...(orderBy.length === 0 ? {} : { orderBy }),
          },
          signal,
        ),
      );
      const { childCounts } = page;
      const items = page.items.map((run) => ({ run, childCount: childCounts === null ? null : (childCounts.get(run.runId) ?? 0) }));
      return { items, nextPageToken: page.nextPageToken };
    },
    ({ run }) => run.runId,
  );
}

/** Whether a run would look the same in the tree: status, times, name, and the values that may stand in its description. */
export function sameRun(a: ListedRun, b: ListedRun): boolean {
  return (
    a.childCount === b.childCount &&
    a.run.status === b.run.status &&
    a.run.name === b.run.name &&
    a.run.endTime === b.run.endTime &&
    a.run.lifecycleStage === b.run.lifecycleStage &&
    a.run.metrics.size === b.run.metrics.size &&
    a.run.params.size === b.run.params.size &&
    a.run.tags.size === b.run.tags.size &&
    a.run.tags.get(MLFLOW_TAG.note) === b.run.tags.get(MLFLOW_TAG.note) &&
    [...a.run.metrics].every(([key, metric]) => {
      const other = b.run.metrics.get(key);
      return other?.timestamp === metric.timestamp && Object.is(other.value, metric.value);
    })
  );
}
