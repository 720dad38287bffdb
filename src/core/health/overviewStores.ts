import { toUserText } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { Disposable } from "../base/disposable";
import { SharedWork } from "../base/sharedWork";
import type { Fact } from "../lint/lintFacts";
import type { Store } from "../tracking/store";
import { storeIdOf, type StoreLocation } from "../tracking/storeLocation";
import type { OverviewWorld } from "./overviewWorld";
import { readStoreFacts, type StoreFacts } from "./storeFacts";

/** Which runs of a store count: those of experiments of these names, or of all but MLflow's own "Default" beside them. */
export interface WantedRuns {
  readonly names: ReadonlySet<string>;
  readonly others: boolean;
}

/** A server that is away is not waited for longer than this; files may be many. */
const SERVER_MS = 15_000;
const FILES_MS = 120_000;
/** What could not be read is tried again after this, so that a server that is away does not hold up each look. */
const RETRY_MS = 60_000;

interface Failure {
  readonly why: string;
  readonly at: number;
}

/** The stores of an overview: each is opened once, read once for all its products, and read again when it says that it has changed. */
export class OverviewStores implements Disposable {
  private readonly opened = new SharedWork<string, Store>();
  private readonly open = new Map<string, Store>();
  private readonly read = new SharedWork<string, StoreFacts>();
  private readonly failures = new Map<string, Failure>();
  private isDisposed = false;

  constructor(private readonly world: Pick<OverviewWorld, "stores" | "within" | "now" | "storeLabel">) {}

  /** Unknown, with a sentence, where it cannot be read. */
  async facts(location: StoreLocation, wanted: WantedRuns, signal: CancelSignal): Promise<Fact<StoreFacts>> {
    const id = storeIdOf(location);
    const failed = this.failures.get(id);
    if (failed !== undefined && this.world.now() - failed.at < RETRY_MS) {
      return { known: false, why: failed.why };
    }
    const isWanted = (name: string): boolean => wanted.names.has(name) || (wanted.others && name !== "Default");
    try {
      const value = await this.read.get(keyOf(id, wanted), signal, async (shared) =>
        this.limited(location, shared, async (limited) => readStoreFacts(await this.storeAt(location, limited), id, isWanted, limited)),
      );
      this.failures.delete(id);
      return { known: true, value };
    } catch (error) {
      signal.throwIfAborted();
      const why = toUserText(error).replaceAll("\n", " ");
      this.failures.set(id, { why, at: this.world.now() });
      return { known: false, why };
    }
  }

  /** Asks the stores that were read whether they have changed since. @returns ids of those that have; what was read of them is forgotten. */
  async changed(signal: CancelSignal): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    await Promise.all(
      [...this.open].map(async ([id, store]) => {
        try {
          const location: StoreLocation = /^https?:/.test(id) ? { kind: "rest", url: id } : { kind: "file", path: id };
          const { experiments, runs, models } = await this.limited(location, signal, (limited) => store.checkForChanges(limited));
          if ([experiments, runs, models].some((part) => part === "all" || part.length > 0)) {
            found.add(id);
          }
        } catch {
          signal.throwIfAborted();
          found.add(id); // Reading it again says what is wrong with it.
        }
      }),
    );
    this.read.forgetIf((key) => found.has(key.split("\n")[0] ?? ""));
    return found;
  }

  /** Reads everything anew, also what failed a moment ago. */
  forget(): void {
    this.read.forgetAll();
    this.failures.clear();
  }

  dispose(): void {
    this.isDisposed = true;
    this.open.forEach((store) => store.dispose());
    this.open.clear();
  }

  private limited<T>(location: StoreLocation, signal: CancelSignal, work: (limited: CancelSignal) => Promise<T>): Promise<T> {
    const ms = location.kind === "rest" ? SERVER_MS : FILES_MS;
    return this.world.within(ms, `Reading ${this.world.storeLabel(location)}`, signal, work);
  }

  private storeAt(location: StoreLocation, signal: CancelSignal): Promise<Store> {
    const id = storeIdOf(location);
    return this.opened.get(id, signal, async (shared) => {
      const store = await this.world.stores.open(location, shared);
      if (this.isDisposed) {
        store.dispose();
      }
      this.open.set(id, store);
      // From now on it says what has changed.
      await store.checkForChanges(shared);
      return store;
    });
  }
}

function keyOf(id: string, wanted: WantedRuns): string {
  return [id, wanted.others ? "*" : "", ...[...wanted.names].sort()].join("\n");
}
