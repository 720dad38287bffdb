import { toFailure } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import type { StoreCatalog, StoreDataChange } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { TableProblem, TableState } from "../../protocol/runsTable";
import type { RunsTableLoader } from "./runsTableLoader";

export interface RunsTableReadEvents {
  /** Reads began, ended or failed. */
  changed(): void;
  /** A store was read to its end. */
  loaded(): void;
  failed(error: unknown): void;
}

/** The reads of a runs table under way: one a store, the latest wins; what failed is kept as a problem to show. */
export class RunsTableReads implements Disposable {
  private readonly problems = new Map<StoreId, TableProblem>();
  private readonly reads = new Map<StoreId, AbortController>();
  private readonly complete = new Set<StoreId>();
  private readonly disposables = new DisposableStore();
  private stopped = false;

  constructor(
    private readonly catalog: StoreCatalog,
    private readonly loader: RunsTableLoader,
    private readonly events: RunsTableReadEvents,
  ) {
    this.disposables.add(catalog.onDidChangeData((change) => void this.follow(change)));
    this.disposables.add(catalog.onDidChangeStores(() => this.loadNewStores()));
    this.disposables.add(catalog.onDidChangeHealth((storeId) => this.takeHealth(storeId)));
  }

  get state(): TableState["loading"] {
    return this.reads.size > 0 ? "loading" : this.stopped ? "stopped" : "complete";
  }

  /** By store. */
  get failures(): ReadonlyMap<StoreId, TableProblem> {
    return this.problems;
  }

  /** Reads all stores. Failures become problems, so this never throws. */
  loadAll(): void {
    this.stopped = false;
    for (const storeId of this.loader.stores()) {
      void this.load(storeId);
    }
    this.events.changed();
  }

  /** Reads a store again, or all; a failed one is opened anew. */
  retry(storeId: StoreId | null): void {
    this.stopped = false;
    for (const id of this.loader.stores()) {
      if (storeId !== null && id !== storeId) {
        continue;
      }
      if (this.problems.has(id) && this.catalog.entry(id) !== undefined) {
        // Fires a change of everything, upon which the store is read.
        this.catalog.reopen(id);
      } else {
        void this.load(id);
      }
    }
  }

  cancel(): void {
    this.stopped = this.reads.size > 0;
    this.dropReads();
    this.events.changed();
  }

  dispose(): void {
    this.disposables.dispose();
    this.dropReads();
  }

  private dropReads(): void {
    const reads = [...this.reads.values()];
    this.reads.clear();
    reads.forEach((read) => read.abort());
  }

  /** After a reload of the window the table is there before its stores are found. */
  private loadNewStores(): void {
    for (const storeId of this.loader.stores()) {
      if (!this.complete.has(storeId) && !this.reads.has(storeId) && this.catalog.entry(storeId) !== undefined) {
        void this.load(storeId);
      }
    }
  }

  private load(storeId: StoreId): Promise<void> {
    return this.read(storeId, (signal) => this.loader.load(storeId, signal));
  }

  private async follow({ storeId, change }: StoreDataChange): Promise<void> {
    if (!this.loader.stores().includes(storeId) || this.stopped) {
      return;
    }
    // Pages that were read before the change may lack it, so that a read under way begins again.
    const again = this.reads.has(storeId) || this.problems.has(storeId);
    await (again ? this.load(storeId) : this.read(storeId, (signal) => this.loader.follow(storeId, change, signal)));
  }

  private async read(storeId: StoreId, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.reads.get(storeId)?.abort();
    const controller = new AbortController();
    this.reads.set(storeId, controller);
    try {
      await work(controller.signal);
      this.problems.delete(storeId);
      this.complete.add(storeId);
      this.events.loaded();
    } catch (error) {
      if (!isCancelled(error) && !controller.signal.aborted) {
        this.events.failed(error);
        this.addProblem(storeId, error);
      }
    } finally {
      if (this.reads.get(storeId) === controller) {
        this.reads.delete(storeId);
        this.events.changed();
      }
    }
  }

  private addProblem(storeId: StoreId, error: unknown): void {
    this.problems.set(storeId, {
      storeId,
      storeLabel: this.catalog.entry(storeId)?.label ?? storeId,
      ...toFailure(error),
      hasRows: this.loader.hasRows(storeId),
    });
  }

  /** A store that failed somebody else's read is old for this table too. */
  private takeHealth(storeId: StoreId): void {
    const health = this.catalog.entry(storeId)?.health;
    if (!this.loader.stores().includes(storeId) || this.reads.has(storeId)) {
      return;
    }
    if (health?.kind === "failed") {
      this.addProblem(storeId, health.error);
      this.events.changed();
    } else if (health?.kind === "ok" && this.problems.has(storeId)) {
      void this.load(storeId);
    }
  }
}
