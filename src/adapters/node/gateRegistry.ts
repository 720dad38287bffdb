import type { CancelSignal } from "../../core/base/cancel";
import { AppError, isAppError } from "../../core/base/appError";
import type { Disposable } from "../../core/base/disposable";
import { SharedWork } from "../../core/base/sharedWork";
import type { Product } from "../../core/config/product";
import type { GateRegistry, StoredVersion } from "../../core/deployment/gate/gateWorld";
import type { OnHashed } from "../../core/deployment/hashProgress";
import { indexed } from "../../core/lint/indexed";
import { folderOf } from "../../core/lint/workspace/workspacePath";
import type { ModelVersion } from "../../core/tracking/registeredModel";
import type { Run } from "../../core/tracking/run";
import type { Store, StoreOpener } from "../../core/tracking/store";
import { parseStoreUri, storeIdOf, type StoreLocation } from "../../core/tracking/storeLocation";
import { join, resolve } from "node:path";

import { nearestStore } from "./nearestStore";
import { versionDigest } from "./versionDigest";

/** As lint asks for them, so that one answer serves both. */
const PAGE = 1000;

/** Registries of the products of a workspace, through the stores that their files name. @param root absolute path of the workspace. */
export function openGateRegistry(root: string, opener: StoreOpener): GateRegistry & Disposable {
  return new StoreGateRegistry(root, opener);
}

class StoreGateRegistry implements GateRegistry, Disposable {
  private readonly stores = new SharedWork<string, Store>();
  private readonly open = new Set<Store>();
  private isDisposed = false;

  constructor(
    private readonly root: string,
    private readonly opener: StoreOpener,
  ) {}

  async version(config: string, product: Product, version: string, signal: CancelSignal): Promise<StoredVersion> {
    const { store } = await this.storeOf(config, product, signal);
    const name = product.model?.name ?? "";
    try {
      const [found, { aliases }] = await Promise.all([findVersion(store, name, version, signal), store.getRegisteredModel(name, signal)]);
      return { version: found, aliases, run: found?.runId == null ? null : await runOf(store, found.runId, signal) };
    } catch (error) {
      if (isAppError(error, "model/not-found")) {
        return { version: null, aliases: new Map(), run: null };
      }
      throw error;
    }
  }

  async digest(config: string, product: Product, version: ModelVersion, signal: CancelSignal, onRead?: OnHashed): Promise<string> {
    const { store, location } = await this.storeOf(config, product, signal);
    return versionDigest(store, location, version, signal, onRead);
  }

  dispose(): void {
    this.isDisposed = true;
    this.stores.forgetAll();
    for (const store of this.open) {
      store.dispose();
    }
    this.open.clear();
  }

  private async storeOf(
    config: string,
    product: Product,
    signal: CancelSignal,
  ): Promise<{ readonly store: Store; readonly location: StoreLocation }> {
    const uri = indexed(product.tracking).find(([, one]) => one.uri !== undefined)?.[1].uri;
    const folder = join(this.root, folderOf(config));
    const location = uri === undefined ? nearestStore(this.root, folderOf(config)) : parseStoreUri(uri, (path) => resolve(folder, path));
    if (location === null) {
      throw new AppError("store/not-found", "There is no registry here, and none is named in tracking.uri.", {
        remedy: "Name one, such as sqlite:///mlflow.db.",
      });
    }
    const store = await this.stores.get(storeIdOf(location), signal, async (shared) => {
      const opened = await this.opener.open(location, shared);
      if (this.isDisposed) {
        opened.dispose();
      }
      this.open.add(opened);
      return opened;
    });
    return { store, location };
  }
}

/** Newest first, so that the version of a release is found on the first page. */
async function findVersion(store: Store, name: string, version: string, signal: CancelSignal): Promise<ModelVersion | null> {
  let pageToken: string | undefined;
  do {
    const page = await store.searchModelVersions(name, { pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) }, signal);
    const found = page.items.find((one) => one.version === version);
    if (found !== undefined) {
      return found;
    }
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return null;
}

/** A run may have been deleted for good; the version stays. */
async function runOf(store: Store, runId: string, signal: CancelSignal): Promise<Run | null> {
  try {
    return await store.getRun(runId, signal);
  } catch (error) {
    if (isAppError(error, "run/not-found")) {
      return null;
    }
    throw error;
  }
}
