import { isCancelled, NEVER_CANCELLED, type CancelSignal } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import { Rereading, type TakeOver } from "../../core/base/rereading";
import type { MonitoringResult } from "../../core/monitoring/monitoringResult";
import { resultFolder } from "../../core/monitoring/monitoredProduct";
import { ResultStore, type LatestResult, type ResultFiles } from "../../core/monitoring/resultStore";
import { configPath, findWatched, plainPath, type ProductFolder, type WatchedProduct } from "./watchedProduct";

/** A folder of the workspace with what checks have written there. */
export interface MonitoredFolder extends ProductFolder {
  readonly results: ResultFiles;
}

/** A product with what is known of it. */
export interface Watched {
  readonly watched: WatchedProduct;
  /** The newest one; null before the first check. */
  readonly latest: MonitoringResult | null;
  /** Why the result is shown here only, a sentence; null where it lies on disk. */
  readonly notKept: string | null;
  /** Results that cannot be read, a sentence each. */
  readonly problems: readonly string[];
}

/** A product whose newest result is another one than before. */
export interface NewResult {
  readonly watched: WatchedProduct;
  readonly result: MonitoringResult;
  /** Newest first, without the new one. */
  readonly earlier: readonly MonitoringResult[];
}

/** So many earlier results tell whether something became worse. */
const EARLIER = 30;

/** All monitored products of the window with their newest results, which is all that is read. */
export class MonitoringBoard implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  private readonly resultCame = this.disposables.add(new Emitter<readonly NewResult[]>());
  readonly onDidChange = this.changed.event;
  /** Checks have ended, here or elsewhere. Not told of what was there when the window opened. */
  readonly onDidGetResults = this.resultCame.event;
  private readonly known = new Map<string, Watched>();
  private readonly reading = new Rereading(() => this.read(NEVER_CANCELLED));

  constructor(
    private readonly folders: () => readonly MonitoredFolder[],
    private readonly logError: (error: unknown) => void,
  ) {}

  /** In the order of their files; empty until somebody has asked for them. */
  get all(): readonly Watched[] {
    return [...this.known.values()];
  }

  /** Reads what is not read yet. */
  async ready(): Promise<readonly Watched[]> {
    await this.reading.ready();
    return this.all;
  }

  /** The product of an mlops.yaml. @param config absolute path. */
  find(config: string): Watched | undefined {
    return this.known.get(plainPath(config));
  }

  /** A file with the result of a check came or went. @param path absolute. */
  async resultChanged(path: string): Promise<void> {
    const place = plainPath(path);
    const found = this.all.find(({ watched }) => place.startsWith(`${configPath({ ...watched, config: resultFolder(watched) })}/`));
    if (found !== undefined) {
      await this.refreshOne(found.watched);
    }
  }

  /** Reads the newest result of one product. */
  async refreshOne(watched: WatchedProduct): Promise<void> {
    const latest = await this.storeOf(watched)?.latest(watched, NEVER_CANCELLED);
    const read = latest === undefined ? null : this.toWatched(watched, latest);
    if (read !== null) {
      const news = await this.newResults([read], NEVER_CANCELLED);
      this.known.set(configPath(watched), read);
      this.changed.fire();
      if (news.length > 0) {
        this.resultCame.fire(news);
      }
    }
  }

  /** Reads everything anew; what changes meanwhile is read afterwards, once. */
  refresh(): Promise<void> {
    return this.reading.refresh();
  }

  /** A check in this window has ended with a result that is not kept on disk. */
  show(watched: WatchedProduct, result: MonitoringResult, notKept: string): void {
    const key = configPath(watched);
    const before = this.known.get(key)?.latest ?? null;
    this.known.set(key, { watched, latest: result, notKept, problems: [] });
    this.changed.fire();
    this.resultCame.fire([{ watched, result, earlier: before === null ? [] : [before] }]);
  }

  /** The newest result as it is on disk now: another window may have checked. */
  async latestOf(watched: WatchedProduct, signal: CancelSignal): Promise<MonitoringResult | null> {
    return (await this.storeOf(watched)?.latest(watched, signal))?.latest?.result ?? null;
  }

  /** The store of a product's results; undefined for a folder that is no longer open. */
  storeOf({ root }: WatchedProduct): ResultStore | undefined {
    const folder = this.folders().find((one) => one.root === root);
    return folder === undefined ? undefined : new ResultStore(folder.results);
  }

  /** Time goes on: what is shown says how long ago it was. */
  redraw(): void {
    if (this.known.size > 0) {
      this.changed.fire();
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async read(signal: CancelSignal): Promise<TakeOver> {
    const read: Watched[] = [];
    for (const folder of this.folders()) {
      try {
        const products = await findWatched(folder, signal);
        const store = new ResultStore(folder.results);
        const overview = await store.overview(products, signal);
        read.push(...overview.map((one, index) => this.toWatched(products[index], one)).filter((one) => one !== null));
      } catch (error) {
        if (!isCancelled(error)) {
          this.logError(error);
        }
      }
    }
    const news = this.reading.isRead ? await this.newResults(read, signal) : [];
    return () => {
      this.known.clear();
      for (const one of read) {
        this.known.set(configPath(one.watched), one);
      }
      this.changed.fire();
      if (news.length > 0) {
        this.resultCame.fire(news);
      }
    };
  }

  /** A result that was not kept stays shown until one that was kept is newer. */
  private toWatched(watched: WatchedProduct | undefined, { latest, problems }: LatestResult): Watched | null {
    if (watched === undefined) {
      return null;
    }
    const before = this.known.get(configPath(watched));
    const result = latest?.result ?? null;
    return before !== undefined && before.notKept !== null && (before.latest?.checked_at ?? 0) > (result?.checked_at ?? 0)
      ? { ...before, watched, problems }
      : { watched, latest: result, notKept: null, problems };
  }

  private async newResults(read: readonly Watched[], signal: CancelSignal): Promise<readonly NewResult[]> {
    const news: NewResult[] = [];
    for (const { watched, latest, notKept } of read) {
      const before = this.known.get(configPath(watched));
      if (latest !== null && notKept === null && before !== undefined && (before.latest?.checked_at ?? -Infinity) < latest.checked_at) {
        const history = await this.storeOf(watched)?.history(watched, EARLIER, signal);
        news.push({ watched, result: latest, earlier: (history?.results ?? []).slice(1).map(({ result }) => result) });
      }
    }
    return news;
  }
}
