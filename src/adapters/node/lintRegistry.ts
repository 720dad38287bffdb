import { resolve } from "node:path";

import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import { SharedWork } from "../../core/base/sharedWork";
import type { Fact, GpuUseFact, RegisteredVersionFact } from "../../core/lint/lintFacts";
import { countManualRuns } from "../../core/lint/workspace/countManualRuns";
import type { RegistryReader } from "../../core/lint/workspace/lintPorts";
import { readGpuFact } from "../../core/lint/workspace/readGpuFact";
import { reasonOf } from "../../core/lint/workspace/reasonOf";
import { readVersions, runOfVersion } from "../../core/lint/workspace/readVersions";
import { MLFLOW_TAG } from "../../core/tracking/run";
import type { Store, StoreOpener } from "../../core/tracking/store";
import { parseStoreUri, storeIdOf, type StoreLocation } from "../../core/tracking/storeLocation";
import { nearestStore } from "./nearestStore";

export interface LintRegistry extends RegistryReader, Disposable {
  /** A store may have changed. Stores stay open. */
  forget(): void;
}

/**
 * What the databases and folders of a workspace know of models and runs. Servers are not asked, and neither `.env` nor the environment is
 * read, so that everybody gets the same answer, also offline.
 * @param asksServers true for a gate, which must not pass what nobody looked up.
 */
export function openLintRegistry(root: string, opener: StoreOpener, asksServers = false): LintRegistry {
  return new StoreRegistry(root, opener, asksServers);
}

const NO_SERVERS = "servers are not asked, so that the answer is the same offline";

class StoreRegistry implements LintRegistry {
  private readonly stores = new SharedWork<string, Store>();
  private readonly open = new Set<Store>();
  /** A store that cannot be read is known as such until it is asked to be forgotten. */
  private readonly versionFacts = new SharedWork<string, Fact<readonly RegisteredVersionFact[]>>();
  private readonly commitFacts = new SharedWork<string, Fact<string | null>>();
  private readonly runFacts = new SharedWork<string, Fact<number | null>>();
  private readonly gpuFacts = new SharedWork<string, Fact<GpuUseFact | null>>();
  private isDisposed = false;

  constructor(
    private readonly root: string,
    private readonly opener: StoreOpener,
    private readonly asksServers: boolean,
  ) {}

  versions(folder: string, uri: string | null, model: string, signal: CancelSignal): Promise<Fact<readonly RegisteredVersionFact[]>> {
    return this.versionFacts.get([folder, uri ?? "", model].join("\0"), signal, (shared) =>
      this.ask(folder, uri, shared, (store) => readVersions(store, model, shared)),
    );
  }

  manualRuns(folder: string, uri: string | null, experiment: string, since: number, signal: CancelSignal): Promise<Fact<number | null>> {
    return this.runFacts.get([folder, uri ?? "", experiment, since].join("\0"), signal, (shared) =>
      this.ask(folder, uri, shared, (store) => countManualRuns(store, experiment, since, shared)),
    );
  }

  gpuUse(folder: string, uri: string | null, experiment: string, below: number, signal: CancelSignal): Promise<Fact<GpuUseFact | null>> {
    return this.gpuFacts.get([folder, uri ?? "", experiment, below].join("\0"), signal, (shared) =>
      this.ask(folder, uri, shared, (store) => readGpuFact(store, experiment, below, shared)),
    );
  }

  commitOf(folder: string, uri: string | null, model: string, version: string, signal: CancelSignal): Promise<Fact<string | null>> {
    return this.commitFacts.get([folder, uri ?? "", model, version].join("\0"), signal, (shared) =>
      this.ask(folder, uri, shared, async (store) => {
        const runId = await runOfVersion(store, model, version, shared);
        return runId === null ? null : ((await store.getRun(runId, shared)).tags.get(MLFLOW_TAG.gitCommit) ?? null);
      }),
    );
  }

  forget(): void {
    this.commitFacts.forgetAll();
    this.versionFacts.forgetAll();
    this.runFacts.forgetAll();
    this.gpuFacts.forgetAll();
  }

  dispose(): void {
    this.isDisposed = true;
    this.forget();
    this.stores.forgetAll();
    for (const store of this.open) {
      store.dispose();
    }
    this.open.clear();
  }

  private async ask<T>(folder: string, uri: string | null, signal: CancelSignal, question: (store: Store) => Promise<T>): Promise<Fact<T>> {
    try {
      const location = uri === null ? nearestStore(this.root, folder) : parseStoreUri(uri, (path) => this.localPath(folder, path));
      if (location === null) {
        return { known: false, why: "there is no store of runs here, and none is named in tracking.uri" };
      }
      if (location.kind === "rest" && !this.asksServers) {
        return { known: false, why: NO_SERVERS };
      }
      return {
        known: true,
        value: await question(await this.stores.get(storeIdOf(location), signal, (shared) => this.opening(location, shared))),
      };
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      return { known: false, why: reasonOf(error) };
    }
  }

  private localPath(folder: string, path: string): string {
    // A path such as \\host\share leads to another machine as well.
    if (/^(?:\\\\|\/\/)/.test(path)) {
      throw new Error(NO_SERVERS);
    }
    return resolve(this.root, folder, path);
  }

  private async opening(location: StoreLocation, signal: CancelSignal): Promise<Store> {
    const store = await this.opener.open(location, signal);
    if (this.isDisposed) {
      store.dispose();
    }
    this.open.add(store);
    return store;
  }
}
