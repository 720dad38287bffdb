import { AppError, isAppError } from "../base/appError";
import { isCancelled, NEVER_CANCELLED, unlessCancelled, type CancelSignal } from "../base/cancel";
import type { Disposable } from "../base/disposable";
import { Emitter } from "../base/emitter";
import type { Store, StoreOpener } from "./store";
import { storeIdOf, type StoreId, type StoreLocation } from "./storeLocation";
import type { StoreChange, StoreDescription } from "./trackingStore";

/** A store that was found or configured, before anybody opened it. */
export interface FoundStore {
  readonly location: StoreLocation;
  /** Short name for people, e.g. "churn/mlflow.db" or "localhost:5000". */
  readonly label: string;
  /** Why it is listed: "folder", "setting mlops.stores", "MLFLOW_TRACKING_URI", "churn/mlops.yaml". */
  readonly origin: string;
}

/** How the last contact with a store went. */
export type StoreHealth =
  | { readonly kind: "unknown" }
  | { readonly kind: "ok"; readonly at: number }
  | { readonly kind: "failed"; readonly error: unknown; readonly at: number; readonly lastOk: number | null };

export interface StoreEntry extends FoundStore {
  readonly id: StoreId;
  readonly health: StoreHealth;
  /** Known once the store was opened. */
  readonly description: StoreDescription | null;
}

export interface StoreDataChange {
  readonly storeId: StoreId;
  readonly change: StoreChange;
}

interface Slot {
  entry: StoreEntry;
  opening: Promise<Store> | undefined;
}

/** All stores of the window: lists them, opens each once and lazily, watches their health, says what changed. */
export class StoreCatalog implements Disposable {
  private readonly slots = new Map<StoreId, Slot>();
  private readonly storesChanged = new Emitter<void>();
  private readonly dataChanged = new Emitter<StoreDataChange>();
  private readonly healthChanged = new Emitter<StoreId>();
  /** Stores were added or removed. */
  readonly onDidChangeStores = this.storesChanged.event;
  /** A store's content changed. */
  readonly onDidChangeData = this.dataChanged.event;
  /** A store failed or came back, or has something new to say about itself. */
  readonly onDidChangeHealth = this.healthChanged.event;

  constructor(
    private readonly opener: StoreOpener,
    private readonly now: () => number,
  ) {}

  entries(): readonly StoreEntry[] {
    return [...this.slots.values()].map((slot) => slot.entry);
  }

  entry(id: StoreId): StoreEntry | undefined {
    return this.slots.get(id)?.entry;
  }

  /** Replaces the list of known stores. Stores that stay known stay open. */
  setFound(found: readonly FoundStore[]): void {
    const wanted = new Map(found.map((store) => [storeIdOf(store.location), store]));
    let changed = false;
    for (const [id, slot] of [...this.slots]) {
      if (!wanted.has(id)) {
        this.slots.delete(id);
        closeQuietly(slot);
        changed = true;
      }
    }
    for (const [id, store] of wanted) {
      const slot = this.slots.get(id);
      if (slot === undefined) {
        this.slots.set(id, { entry: { ...store, id, health: { kind: "unknown" }, description: null }, opening: undefined });
        changed = true;
      } else if (slot.entry.label !== store.label || slot.entry.origin !== store.origin) {
        slot.entry = { ...slot.entry, ...store };
        changed = true;
      }
    }
    if (changed) {
      this.storesChanged.fire();
    }
  }

  /**
   * Runs `work` on the store, which is opened first where necessary, and records whether that went well.
   * @throws what `work` throws, or `AppError` `store/not-found` for an id that is not listed any more.
   */
  async use<T>(id: StoreId, signal: CancelSignal, work: (store: Store) => Promise<T>): Promise<T> {
    const slot = this.slots.get(id);
    if (slot === undefined) {
      throw unknownStore(id);
    }
    try {
      const store = await unlessCancelled(this.opened(slot), signal);
      const result = await work(store);
      this.report(slot, { kind: "ok", at: this.now() });
      return result;
    } catch (error) {
      if (isStoreFailure(error)) {
        const { health } = slot.entry;
        const lastOk = health.kind === "ok" ? health.at : health.kind === "failed" ? health.lastOk : null;
        this.report(slot, { kind: "failed", error, at: this.now(), lastOk });
      }
      throw error;
    }
  }

  /** Asks each opened store whether it changed, and each failed one whether it is back. Never throws for one bad store. */
  async poll(signal: CancelSignal): Promise<void> {
    const due = [...this.slots].filter(([, slot]) => slot.opening !== undefined || slot.entry.health.kind === "failed");
    await Promise.all(due.map(([id]) => this.pollOne(id, signal)));
  }

  async pollOne(id: StoreId, signal: CancelSignal): Promise<void> {
    const slot = this.slots.get(id);
    if (slot === undefined) {
      return;
    }
    const wasFailed = slot.entry.health.kind === "failed";
    try {
      const change = await this.use(id, signal, (store) => store.checkForChanges(signal));
      const everything: StoreChange = { experiments: "all", runs: "all", models: "all" };
      if (wasFailed) {
        this.dataChanged.fire({ storeId: id, change: everything });
      } else if (change.experiments.length > 0 || change.runs.length > 0 || change.models.length > 0) {
        this.dataChanged.fire({ storeId: id, change });
        const store = await slot.opening;
        if (store !== undefined) {
          await this.describe(slot, store);
        }
      }
    } catch {
      // `use` recorded the failure as the store's health, which the views show.
    }
  }

  /** Forgets the open connection, so that the next use opens the store anew: after a changed secret, or on Retry. */
  reopen(id: StoreId): void {
    const slot = this.slots.get(id);
    if (slot !== undefined) {
      closeQuietly(slot);
      slot.opening = undefined;
      this.dataChanged.fire({ storeId: id, change: { experiments: "all", runs: "all", models: "all" } });
    }
  }

  dispose(): void {
    for (const slot of this.slots.values()) {
      closeQuietly(slot);
    }
    this.slots.clear();
    this.storesChanged.dispose();
    this.dataChanged.dispose();
    this.healthChanged.dispose();
  }

  /** The opening is shared by all who wait for it, so one caller's cancelling must not end it for the others. */
  private opened(slot: Slot): Promise<Store> {
    if (slot.opening === undefined) {
      const opening = this.openAndDescribe(slot);
      slot.opening = opening;
      opening.catch(() => {
        if (slot.opening === opening) {
          slot.opening = undefined;
        }
      });
    }
    return slot.opening;
  }

  private async openAndDescribe(slot: Slot): Promise<Store> {
    const store = await this.opener.open(slot.entry.location, NEVER_CANCELLED);
    // The first look sets the mark from which changes are counted; it must lie before the first list is read.
    await store.checkForChanges(NEVER_CANCELLED);
    const described = this.describe(slot, store);
    if (slot.entry.location.kind === "rest") {
      await described; // One request, whose answer has the address of the server's own pages.
    }
    return store;
  }

  /** A large folder has to be looked through before it can say which of its files are broken; nobody should wait for that. */
  private describe(slot: Slot, store: Store): Promise<void> {
    return store.describe(NEVER_CANCELLED).then(
      (description) => {
        const before = slot.entry.description;
        slot.entry = { ...slot.entry, description };
        if (before?.label !== description.label || before.notes.join("\n") !== description.notes.join("\n")) {
          this.healthChanged.fire(slot.entry.id);
        }
      },
      () => undefined, // A store that cannot answer shows as failed at its next use.
    );
  }

  private report(slot: Slot, health: StoreHealth): void {
    const { id, health: before } = slot.entry;
    slot.entry = { ...slot.entry, health };
    // Each success moves the age of the data, which the status bar reads on its own beat; only a turn is news.
    if (this.slots.get(id) === slot && before.kind !== health.kind) {
      this.healthChanged.fire(id);
    }
  }
}

function closeQuietly(slot: Slot): void {
  slot.opening?.then(
    (store) => store.dispose(),
    () => undefined, // It never opened, so there is nothing to close.
  );
}

/** A wrong filter or an unknown run says nothing about the store's health; nor does a cancelled call. */
function isStoreFailure(error: unknown): boolean {
  if (isCancelled(error)) {
    return false;
  }
  return !isAppError(error) || error.code.startsWith("store/");
}

function unknownStore(id: StoreId): AppError {
  return new AppError("store/not-found", `The store ${id} is not open in this window.`, {
    remedy: "Add its folder to the workspace, or its address to the setting mlops.stores.",
  });
}
