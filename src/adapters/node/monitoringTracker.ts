import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import { oneLine } from "../../core/base/oneLine";
import { SharedWork } from "../../core/base/sharedWork";
import type { DataSource } from "../../core/monitoring/dataSource";
import type { MonitoringTracker, TrackedData, TrackedRun, TrackerWish } from "../../core/monitoring/monitoringTracker";
import { artifactOf, loggedDataset, trackedRuns } from "../../core/monitoring/trackedRuns";
import type { ArtifactOwner } from "../../core/tracking/artifact";
import type { Store, StoreOpener } from "../../core/tracking/store";
import { parseStoreUri, storeIdOf } from "../../core/tracking/storeLocation";
import { isInside } from "./isInside";
import { nearestStore } from "./nearestStore";

export interface NodeMonitoringTracker extends MonitoringTracker, Disposable {}

/** A table that is fetched whole must fit into memory on the way. */
const LARGEST_FETCHED = 1024 * 1024 * 1024;
const MOST_FILES = 1000;

/**
 * What stores of runs hold for a check. What is fetched lies in a folder of its own until this is disposed of.
 * @param root absolute path of the workspace.
 */
export function openMonitoringTracker(root: string, opener: StoreOpener): NodeMonitoringTracker {
  return new StoreTracker(root, opener);
}

class StoreTracker implements NodeMonitoringTracker {
  private readonly stores = new SharedWork<string, Store>();
  private readonly open = new Set<Store>();
  private readonly fetched = new SharedWork<string, TrackedData>();
  private readonly folders = new Set<string>();
  private isDisposed = false;

  constructor(
    private readonly root: string,
    private readonly opener: StoreOpener,
  ) {}

  async runs(wish: TrackerWish, limit: number, signal: CancelSignal): Promise<readonly TrackedRun[]> {
    return trackedRuns(await this.storeOf(wish, signal), wish, limit, signal);
  }

  fetch(wish: TrackerWish, source: Exclude<DataSource, { readonly kind: "path" }>, signal: CancelSignal): Promise<TrackedData> {
    return this.fetched.get(JSON.stringify([wish, source]), signal, async (shared) => {
      const store = await this.storeOf(wish, shared);
      if (source.kind === "dataset") {
        const { place, run, digest } = await loggedDataset(store, wish, source, shared);
        const path = await this.localPlace(place, source.name, wish.folder);
        return { paths: [path], names: {}, notes: [`Data set "${source.name}" (${digest}) as the run "${run}" read it.`] };
      }
      const { owner, path } = await artifactOf(store, source, shared);
      return this.copy(store, owner, path, shared);
    });
  }

  dispose(): void {
    this.isDisposed = true;
    this.stores.forgetAll();
    this.fetched.forgetAll();
    for (const store of this.open) {
      store.dispose();
    }
    this.open.clear();
    for (const folder of this.folders) {
      rm(folder, { recursive: true, force: true }).catch(ignoreLeftover);
    }
    this.folders.clear();
  }

  private storeOf({ folder, uri }: TrackerWish, signal: CancelSignal): Promise<Store> {
    const location = uri === null ? nearestStore(this.root, folder) : parseStoreUri(uri, (path) => resolve(this.root, folder, path));
    if (location === null) {
      throw new AppError("store/not-found", "There is no store of runs here, and none is named in tracking.uri.", {
        remedy: "Name one, such as sqlite:///mlflow.db.",
      });
    }
    return this.stores.get(storeIdOf(location), signal, async (shared) => {
      const store = await this.opener.open(location, shared);
      if (this.isDisposed) {
        store.dispose();
      }
      this.open.add(store);
      return store;
    });
  }

  /** A store's word is not trusted to name any file of the machine: files of the workspace are read and no others. */
  private async localPlace(place: string, name: string, folder: string): Promise<string> {
    const path = place.startsWith("file:") ? place.replace(/^file:(?:\/\/(?:localhost)?(?=\/))?/, "") : place;
    const shown = `The data set "${oneLine(name)}" lies at ${oneLine(place)}`;
    const remedy = { remedy: "Name a copy of it in the workspace." };
    if (/^[A-Za-z][\w+.-]+:/.test(path)) {
      throw new AppError("file/unreadable", `${shown}, which is not read here.`, remedy);
    }
    const real = await realpath(resolve(this.root, folder, path)).catch(() => null);
    if (real === null) {
      throw new AppError("file/unreadable", `${shown}, and there is no such file.`, remedy);
    }
    if (!isInside(await realpath(this.root), real)) {
      throw new AppError("file/unreadable", `${shown}, outside of the workspace.`, remedy);
    }
    return real;
  }

  private async copy(store: Store, owner: ArtifactOwner, path: string, signal: CancelSignal): Promise<TrackedData> {
    const files = await filesBelow(store, owner, path, signal);
    const folder = await mkdtemp(join(tmpdir(), "mlops-data-"));
    this.folders.add(folder);
    const names: Record<string, string> = {};
    for (const [index, file] of files.entries()) {
      signal.throwIfAborted();
      const bytes = await store.readArtifact(owner, file, { maxBytes: LARGEST_FETCHED }, signal);
      // The name tells the format, and the number the order; a path of the store names no place here.
      const place = join(folder, String(index).padStart(4, "0"), file.slice(file.lastIndexOf("/") + 1).replace(/[^\w.-]/g, "_"));
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, bytes);
      names[place] = `${sayOwner(owner)}/${file}`;
    }
    return { paths: Object.keys(names), names, notes: [] };
  }
}

/** The file, or all files of the folder. Only its parent tells which of both it is: not every store lists a file. */
async function filesBelow(store: Store, owner: ArtifactOwner, path: string, signal: CancelSignal): Promise<readonly string[]> {
  const plain = path.split("/").filter((part) => part !== "" && part !== ".");
  const parent = await store.listArtifacts(owner, plain.slice(0, -1).join("/"), signal);
  const found = parent.find((entry) => entry.path === plain.join("/"));
  if (found?.isDirectory !== true) {
    return [plain.join("/")];
  }
  const files: string[] = [];
  const folders = [found.path];
  for (const folder of folders) {
    const entries = await store.listArtifacts(owner, folder, signal);
    files.push(...entries.filter(({ isDirectory }) => !isDirectory).map((entry) => entry.path));
    folders.push(...entries.filter(({ isDirectory }) => isDirectory).map((entry) => entry.path));
    if (files.length > MOST_FILES || folders.length > MOST_FILES) {
      throw new AppError("artifact/too-large", `${sayOwner(owner)}/${oneLine(path)} holds more than ${MOST_FILES} files.`);
    }
  }
  return files;
}

function sayOwner(owner: ArtifactOwner): string {
  switch (owner.kind) {
    case "run":
      return `runs:/${owner.runId}`;
    case "modelVersion":
      return `models:/${owner.modelName}/${owner.version}`;
    case "loggedModel":
      return `models:/${owner.modelId}`;
  }
}

function ignoreLeftover(): void {
  // The system empties its folder of temporary files.
}
