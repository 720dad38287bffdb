import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ArtifactEntry, ArtifactOwner } from "../../core/tracking/artifact";
import type { Experiment } from "../../core/tracking/experiment";
import { compareText } from "../../core/tracking/filter/compareText";
import type { Page, PageRequest } from "../../core/tracking/page";
import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import type { MetricHistory, Run } from "../../core/tracking/run";
import type { Store } from "../../core/tracking/store";
import { toMetricHistory } from "../../core/tracking/thinSeries";
import type { ExperimentQuery, RunPage, RunQuery, StoreChange, StoreDescription } from "../../core/tracking/trackingStore";
import { listLocalArtifacts, readLocalArtifact } from "../node/localArtifacts";
import { ChangeScan } from "./changeScan";
import { FileArtifacts } from "./fileArtifacts";
import { ListingPages } from "./listingPages";
import { readMetricPoints } from "./metricFile";
import { ModelIndex } from "./modelIndex";
import type { ModelFolder } from "./modelFolder";
import { Pacer } from "./pacer";
import { newPass } from "./pass";
import { describeProblems } from "./problems";
import type { RunFolder } from "./runFolder";
import { listRuns, type RunListing } from "./searchRuns";
import { StoreIndex } from "./storeIndex";

/**
 * Up to this many runs are compared with the disk file by file. On a larger page the metrics of runs that have ended are
 * compared by their folders only: MLflow changes these files only when somebody logs into an ended run.
 */
const THOROUGH_PAGE = 200;

/** MLflow's file store, read from an `mlruns` folder that may be written at the same time. */
export class FileStore implements Store {
  private readonly index: StoreIndex;
  private readonly models: ModelIndex;
  private readonly artifacts: FileArtifacts;
  private readonly changes: ChangeScan;
  private readonly pages = new ListingPages<RunListing>();

  constructor(root: string) {
    this.index = new StoreIndex(root);
    this.models = new ModelIndex(root);
    this.artifacts = new FileArtifacts(this.index, this.models);
    this.changes = new ChangeScan(this.index, this.models);
  }

  async describe(signal: CancelSignal): Promise<StoreDescription> {
    const notes = await describeProblems(this.index, this.models, newPass(), new Pacer(signal));
    return { label: "MLflow folder", notes, webUrl: null };
  }

  async searchExperiments(query: ExperimentQuery, signal: CancelSignal): Promise<Page<Experiment>> {
    const pass = newPass();
    const pacer = new Pacer(signal);
    const found: Experiment[] = [];
    for (const folder of this.index.experimentFolders(pass).values()) {
      const experiment = folder.read(pass);
      if (experiment !== undefined && (query.lifecycle === "all" || experiment.lifecycleStage === query.lifecycle)) {
        found.push(experiment);
      }
      if (pacer.isDue) {
        await pacer.rest();
      }
    }
    // As MLflow lists them: newest first.
    found.sort((a, b) => (b.creationTime ?? 0) - (a.creationTime ?? 0) || compareText(a.experimentId, b.experimentId));
    return pageAfter(found, query, (experiment) => experiment.experimentId);
  }

  async searchRuns(query: RunQuery, signal: CancelSignal): Promise<RunPage> {
    const pacer = new Pacer(signal);
    const pageSize = wholePageSize(query);
    const question = JSON.stringify({ ...query, pageSize: undefined, pageToken: undefined });
    const { offset, listing: opened } = this.pages.resume(query.pageToken, question);
    const listPass = newPass();
    const listing = opened ?? (await listRuns(this.index, query, listPass, pacer));

    const folders = listing.runs.slice(offset, offset + pageSize);
    const pass = folders.length <= THOROUGH_PAGE ? newPass(true) : listPass;
    const items: Run[] = [];
    const childCounts = new Map<string, number>();
    for (const folder of folders) {
      // A run that was removed since the list was made is no longer there to show.
      const info = folder.info(pass);
      if (info !== undefined) {
        items.push(folder.toRun(info, pass));
        const count = listing.childCounts?.get(folder.runId);
        if (count !== undefined) {
          childCounts.set(folder.runId, count);
        }
      }
      if (pacer.isDue) {
        await pacer.rest();
      }
    }
    const nextPageToken = this.pages.tokenFor(question, listing, offset + pageSize, listing.runs.length);
    return { items, nextPageToken, childCounts: listing.childCounts === null ? null : childCounts };
  }

  async getRun(runId: string, signal: CancelSignal): Promise<Run> {
    signal.throwIfAborted();
    const pass = newPass(true);
    const folder = this.index.findRun(runId, pass);
    const info = folder?.info(pass);
    if (folder === undefined || info === undefined) {
      throw runNotFound(runId);
    }
    return Promise.resolve(folder.toRun(info, pass));
  }

  async getMetricHistories(
    runIds: readonly string[],
    key: string,
    options: { readonly maxPoints: number },
    signal: CancelSignal,
  ): Promise<ReadonlyMap<string, MetricHistory>> {
    const pass = newPass();
    const pacer = new Pacer(signal);
    const histories = new Map<string, MetricHistory>();
    for (const runId of new Set(runIds)) {
      const folder: RunFolder | undefined = this.index.findRun(runId, pass);
      // A run that has gone must not lose the curves of the others.
      const path = folder?.metricPath(key, pass);
      const points = path === undefined ? [] : await readMetricPoints(path, () => pacer.rest());
      if (points.length > 0) {
        histories.set(runId, toMetricHistory(points, options.maxPoints));
      }
      if (pacer.isDue) {
        await pacer.rest();
      }
    }
    return histories;
  }

  async listArtifacts(owner: ArtifactOwner, path: string, signal: CancelSignal): Promise<readonly ArtifactEntry[]> {
    signal.throwIfAborted();
    return listLocalArtifacts(await this.artifacts.folderOf(owner), path, signal);
  }

  async readArtifact(
    owner: ArtifactOwner,
    path: string,
    options: { readonly maxBytes: number },
    signal: CancelSignal,
  ): Promise<Uint8Array> {
    signal.throwIfAborted();
    return readLocalArtifact(await this.artifacts.folderOf(owner), path, options, signal);
  }

  checkForChanges(signal: CancelSignal): Promise<StoreChange> {
    return this.changes.next(signal);
  }

  async searchRegisteredModels(query: PageRequest, signal: CancelSignal): Promise<Page<RegisteredModel>> {
    const pass = newPass();
    const pacer = new Pacer(signal);
    const page = pageAfter(this.models.readable(pass), query, (model) => model.name);
    const items: RegisteredModel[] = [];
    for (const { folder } of page.items) {
      const model = folder.read(pass);
      if (model !== undefined) {
        items.push(model);
      }
      if (pacer.isDue) {
        await pacer.rest();
      }
    }
    return { items, nextPageToken: page.nextPageToken };
  }

  async getRegisteredModel(name: string, signal: CancelSignal): Promise<RegisteredModel> {
    signal.throwIfAborted();
    const pass = newPass();
    const model = this.findModel(name, pass).read(pass);
    if (model === undefined) {
      throw modelNotFound(name);
    }
    return Promise.resolve(model);
  }

  async searchModelVersions(name: string, query: PageRequest, signal: CancelSignal): Promise<Page<ModelVersion>> {
    signal.throwIfAborted();
    const pass = newPass();
    return Promise.resolve(pageAfter(this.findModel(name, pass).readVersions(pass), query, (version) => version.version));
  }

  async versionsOfRun(runId: string, signal: CancelSignal): Promise<readonly ModelVersion[]> {
    const pass = newPass();
    const pacer = new Pacer(signal);
    const found: ModelVersion[] = [];
    for (const { folder } of this.models.readable(pass)) {
      found.push(...folder.readVersions(pass).filter((version) => version.runId === runId));
      if (pacer.isDue) {
        await pacer.rest();
      }
    }
    return found;
  }

  dispose(): void {
    // Nothing is held open.
  }

  private findModel(name: string, pass: ReturnType<typeof newPass>): ModelFolder {
    const folder = this.models.find(name, pass);
    if (folder === undefined) {
      throw modelNotFound(name);
    }
    return folder;
  }
}

/** The page behind the item that the token names, so that items that come or go elsewhere shift nothing. */
function pageAfter<T>(items: readonly T[], query: PageRequest, keyOf: (item: T) => string): Page<T> {
  const { pageToken } = query;
  const pageSize = wholePageSize(query);
  // The token carries the place as well, for the case that the item itself is gone.
  const [, place = "0", key = ""] = /^(\d{1,15}):(.*)$/s.exec(pageToken ?? "") ?? [];
  const index = pageToken === undefined ? -1 : items.findIndex((item) => keyOf(item) === key);
  const start = index === -1 ? Number(place) : index + 1;
  const page = items.slice(start, start + pageSize);
  const last = page.at(-1);
  const isLast = last === undefined || start + pageSize >= items.length;
  return { items: page, nextPageToken: isLast ? null : `${start + pageSize}:${keyOf(last)}` };
}

function wholePageSize({ pageSize }: PageRequest): number {
  return Math.max(1, Math.floor(pageSize));
}

function runNotFound(runId: string): AppError {
  return new AppError("run/not-found", `There is no run "${oneLine(runId)}" in this folder.`, { remedy: "Refresh the list of runs." });
}

function modelNotFound(name: string): AppError {
  return new AppError("model/not-found", `There is no registered model "${oneLine(name)}" in this folder.`, {
    remedy: "Refresh the list of models.",
  });
}
