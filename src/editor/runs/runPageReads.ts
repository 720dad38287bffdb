import { isAppError, toUserText } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import { headlineMetrics } from "../../core/browse/headlineMetrics";
import type { RunPricer } from "../../core/cost/priceRun";
import { readGpuUse } from "../../core/cost/readGpuUse";
import { costFactsOf } from "../../core/tracking/costFacts";
import type { Experiment } from "../../core/tracking/experiment";
import { toWireNumber } from "../../core/tracking/metricGroups";
import type { Page } from "../../core/tracking/page";
import type { Run } from "../../core/tracking/run";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { ArtifactOwnerRef, ArtifactRow, ChildrenView, CurveView, RelatedView } from "../../protocol/runPage";
import type { RunRef } from "../platform/runRef";

/** Twice as many points as a chart has pixels: no more can be seen. */
const MAX_CURVE_POINTS = 1000;
const CHILDREN_A_PAGE = 50;
const EXPERIMENTS_A_PAGE = 1000;
const MAX_ARTIFACT_ROWS = 5000;
const MAX_PREVIEW_BYTES = 2_000_000;
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  bmp: "image/bmp",
  svg: "image/svg+xml",
};

/** Reads what the page shows beside the run itself. Nothing is kept: the page asks when somebody looks. */
export class RunPageReads {
  constructor(
    private readonly catalog: StoreCatalog,
    private readonly ref: RunRef,
    private readonly prices: () => Promise<RunPricer>,
  ) {}

  run(signal: CancelSignal): Promise<Run> {
    return this.catalog.use(this.ref.storeId, signal, (store) => store.getRun(this.ref.runId, signal));
  }

  async curve(key: string, signal: CancelSignal): Promise<CurveView | null> {
    const { storeId, runId } = this.ref;
    const histories = await this.catalog.use(storeId, signal, (store) =>
      store.getMetricHistories([runId], key, { maxPoints: MAX_CURVE_POINTS }, signal),
    );
    const history = histories.get(runId);
    return history === undefined || history.points.length === 0
      ? null
      : { ...history, points: history.points.map((point) => ({ ...point, value: toWireNumber(point.value) })) };
  }

  async children(run: Run, pageToken: string | null, metrics: readonly string[], signal: CancelSignal): Promise<ChildrenView> {
    const page = await this.catalog.use(this.ref.storeId, signal, (store) =>
      store.searchRuns(
        {
          experimentIds: [run.experimentId],
          lifecycle: run.lifecycleStage === "deleted" ? "all" : "active",
          nesting: { kind: "childrenOf", runId: run.runId },
          pageSize: CHILDREN_A_PAGE,
          ...(pageToken === null ? {} : { pageToken }),
        },
        signal,
      ),
    );
    const rows = page.items.map((child) => ({
      runId: child.runId,
      name: child.name,
      status: child.status,
      startTime: child.startTime,
      endTime: child.endTime,
      metrics: headlineMetrics(child, metrics, 3).map(({ key, value }) => ({ key, value: toWireNumber(value) })),
    }));
    return { rows, nextPageToken: page.nextPageToken };
  }

  async artifacts(owner: ArtifactOwnerRef, path: string, signal: CancelSignal): Promise<readonly ArtifactRow[]> {
    const entries = await this.catalog.use(this.ref.storeId, signal, (store) => store.listArtifacts(owner, path, signal));
    return entries.slice(0, MAX_ARTIFACT_ROWS).map((entry) => ({ path: entry.path, isDirectory: entry.isDirectory, size: entry.size }));
  }

  /** An image as a data URI, which cannot run scripts; null where it is too large for a preview or no image. */
  async preview(owner: ArtifactOwnerRef, path: string, signal: CancelSignal): Promise<string | null> {
    const mediaType = MEDIA_TYPES[path.slice(path.lastIndexOf(".") + 1).toLowerCase()];
    if (mediaType === undefined) {
      return null;
    }
    try {
      const bytes = await this.catalog.use(this.ref.storeId, signal, (store) =>
        store.readArtifact(owner, path, { maxBytes: MAX_PREVIEW_BYTES }, signal),
      );
      return `data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}`;
    } catch (error) {
      if (isAppError(error, "artifact/too-large")) {
        return null;
      }
      throw error;
    }
  }

  /** What surrounds the run. A part that fails leaves the others, and says why it is missing. */
  async related(run: Run, signal: CancelSignal): Promise<RelatedView> {
    const problems: unknown[] = [];
    const attempt = async <T>(fallback: T, work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        if (isCancelled(error)) {
          throw error;
        }
        problems.push(error);
        return fallback;
      }
    };
    const [experimentName, parent, versions, cost] = await Promise.all([
      attempt(null, () => this.experimentName(run.experimentId, signal)),
      attempt(null, () => this.parent(run.parentRunId, signal)),
      attempt([], () => this.catalog.use(this.ref.storeId, signal, (store) => store.versionsOfRun(run.runId, signal))),
      attempt(null, () => this.cost(run, signal)),
    ]);
    return {
      experimentName,
      parent,
      cost,
      versions: versions.map(({ modelName, version, aliases, stage, status }) => ({ modelName, version, aliases, stage, status })),
      problem: problems.length === 0 ? null : toUserText(problems[0]),
    };
  }

  private async cost(run: Run, signal: CancelSignal): Promise<RelatedView["cost"]> {
    const experiment = (await this.experimentName(run.experimentId, signal)) ?? run.experimentId;
    const priced = await (await this.prices()).price(run, { storeId: this.ref.storeId, experiment }, signal);
    const { cost, note, instance, gpuBelow } = priced;
    const uses = await this.catalog.use(this.ref.storeId, signal, (store) => readGpuUse(store, [costFactsOf(run)], gpuBelow, signal));
    const use = uses.get(run.runId);
    const hours = (ms: number): number => ms / 3_600_000;
    return {
      ...{ price: cost, note, instance: instance?.name ?? null },
      gpus:
        use === undefined || use.coveredMs === 0
          ? null
          : { count: use.count, hours: hours(use.coveredMs), idleHours: hours(use.idleMs), parkedHours: hours(use.parkedMs) },
    };
  }

  private async parent(runId: string | null, signal: CancelSignal): Promise<RelatedView["parent"]> {
    if (runId === null) {
      return null;
    }
    try {
      const { name, status } = await this.catalog.use(this.ref.storeId, signal, (store) => store.getRun(runId, signal));
      return { runId, name, status };
    } catch (error) {
      // A parent that was deleted for good leaves its children; the page then shows the id.
      if (isAppError(error, "run/not-found")) {
        return null;
      }
      throw error;
    }
  }

  private async experimentName(experimentId: string, signal: CancelSignal): Promise<string | null> {
    let pageToken: string | null = null;
    do {
      const query = { lifecycle: "all", pageSize: EXPERIMENTS_A_PAGE, ...(pageToken === null ? {} : { pageToken }) } as const;
      const page: Page<Experiment> = await this.catalog.use(this.ref.storeId, signal, (store) => store.searchExperiments(query, signal));
      const found = page.items.find((experiment) => experiment.experimentId === experimentId);
      if (found !== undefined) {
        return found.name;
      }
      pageToken = page.nextPageToken;
    } while (pageToken !== null);
    return null;
  }
}
