import type { CancelSignal } from "../base/cancel";
import { isCancelled } from "../base/cancel";
import type { Page } from "../tracking/page";

/** How the contents of a list changed by a refresh. */
export interface ListChange<T> {
  /** Items came, went or moved. */
  readonly reordered: boolean;
  /** Items that stayed but carry new data. */
  readonly updated: readonly T[];
  /** Items that are not in it any more, as they were. */
  readonly gone: readonly T[];
}

/**
 * A list that is read page by page and remembers what it read. A failed refresh keeps the last known items and says why
 * they are old, so that a dead server never empties the screen.
 */
export class PagedList<T> {
  private current: readonly T[] = [];
  private next: string | null = null;
  private started = false;
  private failure: unknown = null;
  private busy: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly fetch: (pageToken: string | undefined, signal: CancelSignal) => Promise<Page<T>>,
    private readonly idOf: (item: T) => string,
  ) {}

  get items(): readonly T[] {
    return this.current;
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  get isLoaded(): boolean {
    return this.started;
  }

  /** Why the latest read failed, or null. With items present they are the last known ones. */
  get error(): unknown {
    return this.failure;
  }

  /** Reads the first page unless that was done. A failure is kept in `error`, not thrown; cancelling is thrown. */
  first(signal: CancelSignal): Promise<void> {
    return this.exclusive(async () => {
      if (!this.started || (this.failure !== null && this.current.length === 0)) {
        await this.read(undefined, [], signal);
      }
    });
  }

  /** Reads one more page where there is one. */
  more(signal: CancelSignal): Promise<void> {
    return this.exclusive(async () => {
      if (this.next !== null) {
        await this.read(this.next, this.current, signal);
      }
    });
  }

  /** Adds an item that the pages read so far do not hold, so that it can be shown; does nothing for a known one. */
  include(item: T): void {
    this.current = appendNew(this.current, [item], this.idOf);
  }

  /** Reads again as many items as are known. `same` tells whether an item would look the same. */
  refresh(signal: CancelSignal, same: (before: T, after: T) => boolean): Promise<ListChange<T>> {
    return this.exclusive(async () => {
      const before = this.current;
      const failedBefore = this.failure !== null;
      let token: string | undefined;
      let items: readonly T[] = [];
      try {
        do {
          const page = await this.fetch(token, signal);
          items = appendNew(items, page.items, this.idOf);
          token = page.nextPageToken ?? undefined;
        } while (token !== undefined && items.length < before.length);
        this.current = items;
        this.next = token ?? null;
        this.failure = null;
        this.started = true;
      } catch (error) {
        if (isCancelled(error)) {
          throw error;
        }
        this.failure = error;
        return { reordered: !failedBefore, updated: [], gone: [] };
      }
      return { ...compare(before, items, this.idOf, same), ...(failedBefore ? { reordered: true } : {}) };
    });
  }

  private async read(token: string | undefined, known: readonly T[], signal: CancelSignal): Promise<void> {
    try {
      const page = await this.fetch(token, signal);
      this.current = appendNew(known, page.items, this.idOf);
      this.next = page.nextPageToken;
      this.failure = null;
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      this.failure = error;
    }
    this.started = true;
  }

  /** Runs one read after the other, so that two quick requests never fetch the same page twice. */
  private exclusive<R>(work: () => Promise<R>): Promise<R> {
    const result = this.busy.then(work, work);
    this.busy = result.catch(() => undefined); // The caller of this read sees its failure; the next read must not.
    return result;
  }
}

/** Pages shift while runs are being added, so a page may repeat what an earlier one held. */
function appendNew<T>(known: readonly T[], items: readonly T[], idOf: (item: T) => string): readonly T[] {
  const seen = new Set(known.map(idOf));
  return [...known, ...items.filter((item) => !seen.has(idOf(item)))];
}

function compare<T>(
  before: readonly T[],
  after: readonly T[],
  idOf: (item: T) => string,
  same: (before: T, after: T) => boolean,
): ListChange<T> {
  const reordered = before.length !== after.length || before.some((item, i) => idOf(item) !== idOf(after[i] as T));
  const old = new Map(before.map((item) => [idOf(item), item]));
  const updated = after.filter((item) => {
    const previous = old.get(idOf(item));
    return previous !== undefined && !same(previous, item);
  });
  const now = new Set(after.map(idOf));
  return { reordered, updated, gone: before.filter((item) => !now.has(idOf(item))) };
}
