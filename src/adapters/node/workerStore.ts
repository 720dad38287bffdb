import type { Worker } from "node:worker_threads";

import { AppError, fromErrorRecord, toErrorRecord } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { CostQuestion, CostReader } from "../../core/cost/costReader";
import type { CostReport } from "../../core/cost/costReport";
import type { ReadCosts } from "../../core/cost/readCostedRuns";
import type { Store, StoreOpener } from "../../core/tracking/store";
import type { StoreLocation } from "../../core/tracking/storeLocation";
import { RpcPeer } from "../../protocol/rpc";
import type { CostWorkerMethods, StoreHandle, StoreWorkerMethods } from "./storeProtocol";
import { workerChannel } from "./workerChannel";

type Peer = RpcPeer<object, StoreWorkerMethods & CostWorkerMethods>;

/**
 * Opens stores inside a worker thread, so that a slow disk or a large database never blocks the caller's event loop.
 * A worker that dies fails the calls under way with a sentence; the next call starts a new one and opens the store again.
 */
export class WorkerStoreOpener implements StoreOpener, CostReader {
  private live: { worker: Worker; peer: Peer } | undefined;
  private disposed = false;

  constructor(private readonly startWorker: () => Worker) {}

  async open(location: StoreLocation, signal: CancelSignal): Promise<Store> {
    const connect = async (): Promise<{ peer: Peer; store: StoreHandle }> => {
      const peer = this.peer();
      return { peer, store: await peer.call("open", { location }, { signal }) };
    };
    return workerStore(await connect(), connect, () => this.live?.peer);
  }

  async report(question: CostQuestion, signal: CancelSignal): Promise<CostReport> {
    return this.peer().call("costReport", { question }, { signal });
  }

  async runs(location: StoreLocation, gpuBelow: number, signal: CancelSignal): Promise<ReadCosts> {
    return this.peer().call("costedRuns", { location, gpuBelow }, { signal });
  }

  dispose(): void {
    this.disposed = true;
    this.live?.peer.close(new AppError("store/unreadable", "The reader was closed."));
    void this.live?.worker.terminate();
    this.live = undefined;
  }

  private peer(): Peer {
    if (this.disposed) {
      throw new AppError("store/unreadable", "The reader was closed.");
    }
    if (this.live === undefined) {
      const worker = this.startWorker();
      const peer: Peer = new RpcPeer(workerChannel(worker), {}, { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 });
      const end = (reason: string): void => {
        peer.close(new AppError("store/unreadable", `The reader stopped: ${reason}.`, { remedy: "Try again; it starts anew." }));
        if (this.live?.worker === worker) {
          this.live = undefined;
        }
      };
      worker.on("error", (error) => end(error.message));
      worker.on("exit", (code) => end(`exit code ${code}`));
      this.live = { worker, peer };
    }
    return this.live.peer;
  }
}

interface Connection {
  readonly peer: Peer;
  readonly store: StoreHandle;
}

function workerStore(first: Connection, connect: () => Promise<Connection>, livePeer: () => Peer | undefined): Store {
  let current: Promise<Connection> = Promise.resolve(first);

  const call = async <K extends keyof StoreWorkerMethods>(
    method: K,
    params: Omit<Parameters<StoreWorkerMethods[K]>[0], "store" | "location">,
    signal: CancelSignal,
  ): Promise<ReturnType<StoreWorkerMethods[K]>> => {
    let { peer, store } = await current;
    if (peer !== livePeer()) {
      current = connect();
      current.catch(() => (current = Promise.resolve({ peer, store })));
      ({ peer, store } = await current);
    }
    // The cast joins the handle to a parameter object whose other fields the signature above has checked.
    return (await peer.call(method, { ...params, store } as never, { signal })) as ReturnType<StoreWorkerMethods[K]>;
  };

  return {
    describe: (signal) => call("describe", {}, signal),
    searchExperiments: (query, signal) => call("searchExperiments", { query }, signal),
    searchRuns: (query, signal) => call("searchRuns", { query }, signal),
    getRun: (runId, signal) => call("getRun", { runId }, signal),
    getMetricHistories: (runIds, key, { maxPoints }, signal) => call("getMetricHistories", { runIds, key, maxPoints }, signal),
    listArtifacts: (owner, path, signal) => call("listArtifacts", { owner, path }, signal),
    readArtifact: (owner, path, { maxBytes }, signal) => call("readArtifact", { owner, path, maxBytes }, signal),
    checkForChanges: (signal) => call("checkForChanges", {}, signal),
    searchRegisteredModels: (query, signal) => call("searchRegisteredModels", { query }, signal),
    getRegisteredModel: (name, signal) => call("getRegisteredModel", { name }, signal),
    searchModelVersions: (name, query, signal) => call("searchModelVersions", { name, query }, signal),
    versionsOfRun: (runId, signal) => call("versionsOfRun", { runId }, signal),
    dispose: () => {
      void current.then(({ peer, store }) => {
        if (peer === livePeer()) {
          peer.notify("close", { store });
        }
      });
    },
  };
}
