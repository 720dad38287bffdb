import { toFailure } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import { toOverviewCosts } from "../../core/health/page/toOverviewCosts";
import { toOverviewRow } from "../../core/health/page/toOverviewRow";
import type { NextAction, Portfolio, ProductHealth, WaitItem } from "../../core/health/productHealth";
import { uniformStack } from "../../core/health/uniformStack";
import { waitsFor } from "../../core/health/waitsFor";
import { type KnownReviews, withReviews } from "../../core/health/withReviews";
import type {
  OverviewCosts,
  OverviewPageData,
  OverviewPlace,
  OverviewProgress,
  OverviewRow,
  OverviewView,
  OverviewWork,
} from "../../protocol/overview";
import { nameOf } from "./nameOf";
import type { CostedFolder } from "./overviewServices";

export interface OverviewBoardParts {
  readonly folders: () => readonly CostedFolder[];
  /** Whether somebody looks at the page: costs go over all runs, and only there they are shown. */
  readonly isLookedAt: () => boolean;
  /** Null where nobody has asked for them yet. */
  readonly reviews: () => KnownReviews | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly logError: (error: unknown) => void;
}

/** A product with its folder of the workspace. */
export interface KnownProduct {
  readonly root: string;
  readonly product: ProductHealth;
  readonly row: OverviewRow;
}

interface Gathered {
  readonly root: string;
  readonly portfolio: Portfolio;
  readonly isMine: (wait: WaitItem) => boolean;
}

/** People see no more steps than these, in milliseconds. */
const STEP_MS = 100;
const IDLE: OverviewWork = { progress: null, isWorkingOutCosts: false, wasCancelled: false, failure: null };

/** All products of the window, gathered when somebody asks. The latest asking counts; what was shown stays until the next is there. */
export class OverviewBoard implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly viewChanged = this.disposables.add(new Emitter<OverviewView>());
  readonly onDidChangeView = this.viewChanged.event;
  private readonly workChanged = this.disposables.add(new Emitter<OverviewWork>());
  /** What is shown stayed the same. */
  readonly onDidChangeWork = this.workChanged.event;
  private work = new AbortController();
  private products = new Map<string, KnownProduct>();
  private shown: OverviewView = { work: IDLE, page: null };
  private running: Promise<void> | undefined;
  private gathered: readonly Gathered[] = [];

  constructor(private readonly parts: OverviewBoardParts) {
    this.disposables.add({ dispose: () => this.work.abort() });
  }

  get view(): OverviewView {
    return this.shown;
  }

  get all(): readonly KnownProduct[] {
    return [...this.products.values()];
  }

  /** Milliseconds since 1970; null before the first gathering. */
  get gatheredAt(): number | null {
    return this.isGathered ? (this.shown.page?.at ?? null) : null;
  }

  /** Gathers where nobody has; a gathering that goes on will do. */
  async ready(): Promise<void> {
    await (this.running ?? (this.isGathered ? undefined : this.load()));
  }

  /** Gathers everything anew. */
  load(): Promise<void> {
    this.work.abort();
    const work = new AbortController();
    this.work = work;
    const running = this.gather(work.signal).finally(() => {
      if (this.running === running) {
        this.running = undefined;
      }
    });
    this.running = running;
    return running;
  }

  /** Adds up the costs of what was gathered while nobody looked. */
  async addUpCosts(): Promise<void> {
    if (this.running === undefined && this.isGathered && this.shown.page?.costs === null && !this.shown.work.isWorkingOutCosts) {
      await this.workOutCosts(this.parts.folders(), this.work.signal);
    }
  }

  /** Reviews were asked for, or one was given: what was gathered is shown with them. */
  takeReviews(): void {
    const { page } = this.shown;
    if (page?.isPartial === false) {
      this.products = this.toProducts(this.gathered);
      this.show({ ...page, rows: this.all.map(({ row }) => row) }, {});
    }
  }

  cancel(): void {
    this.work.abort();
    this.end({ progress: null, isWorkingOutCosts: false, wasCancelled: true });
  }

  find(id: string): KnownProduct | undefined {
    return this.products.get(id);
  }

  /** What a click on one of the page's buttons means; null for one that the page does not show. */
  actionAt(id: string, place: OverviewPlace): NextAction | null {
    const product = this.find(id)?.product;
    return place.kind === "wait"
      ? (product?.waits[place.index]?.action ?? null)
      : (product?.challenges.find(({ challenge }) => challenge === place.challenge)?.action ?? null);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private get isGathered(): boolean {
    return this.shown.page?.isPartial === false;
  }

  private async gather(signal: AbortSignal): Promise<void> {
    const folders = this.parts.folders();
    try {
      this.showWork({ progress: { done: 0, total: 0 }, wasCancelled: false });
      let toldAt = this.parts.now();
      const counts = folders.map((): OverviewProgress => ({ done: 0, total: 0 }));
      const listed = new Map<CostedFolder, Portfolio>();
      const gathered = await Promise.all(
        folders.map((folder, at) =>
          gatherFolder(
            folder,
            signal,
            (progress) => {
              counts[at] = progress;
              if (!signal.aborted && this.parts.now() - toldAt >= STEP_MS) {
                toldAt = this.parts.now();
                this.showWork({ progress: sumOf(counts) });
              }
            },
            (products) => {
              listed.set(folder, { schema: 1, at: this.parts.now(), products, stack: [], problems: [] });
              if (!signal.aborted && !this.isGathered && listed.size === folders.length) {
                this.showListed(listed);
              }
            },
          ),
        ),
      );
      signal.throwIfAborted();
      this.takeOver(gathered);
    } catch (error) {
      if (!isCancelled(error) && !signal.aborted) {
        this.parts.logError(error);
        this.end({ progress: null, failure: toFailure(error) });
      }
      return;
    }
    if (this.parts.isLookedAt()) {
      await this.workOutCosts(folders, signal);
    }
  }

  /** Costs go over all runs of all stores; nobody waits for them to see how the products are. */
  private async workOutCosts(folders: readonly CostedFolder[], signal: AbortSignal): Promise<void> {
    const { page } = this.shown;
    if (page === null) {
      return;
    }
    try {
      signal.throwIfAborted();
      this.showWork({ isWorkingOutCosts: true });
      const found: OverviewCosts[] = [];
      for (const folder of folders) {
        const costs = await folder.costs(signal);
        found.push(...(costs === null ? [] : [toOverviewCosts(costs, folders.length === 1 ? null : nameOf(folder.root))]));
      }
      signal.throwIfAborted();
      this.show({ ...page, costs: found }, { isWorkingOutCosts: false });
    } catch (error) {
      if (!isCancelled(error) && !signal.aborted) {
        this.parts.logError(error);
        const { message, remedy } = toFailure(error);
        const problem = remedy === null ? message : `${message} ${remedy}`;
        this.show({ ...page, problems: [...page.problems, problem] }, { isWorkingOutCosts: false });
      }
    }
  }

  /** Rows without their lights, so that the first gathering shows something before all is read. */
  private showListed(listed: ReadonlyMap<CostedFolder, Portfolio>): void {
    if ([...listed.values()].every(({ products }) => products.length === 0)) {
      return; // Models that no file owns may come yet.
    }
    this.products = this.toProducts([...listed].map(([{ root }, portfolio]) => ({ root, portfolio, isMine: () => false })));
    const at = this.parts.now();
    this.show({ isPartial: true, at, rows: this.all.map(({ row }) => row), stack: [], costs: null, problems: [] }, {});
  }

  /** Rows without lights say nothing once nobody works on them any more. */
  private end(change: Partial<OverviewWork>): void {
    if (this.shown.page?.isPartial === true) {
      this.products = new Map();
      this.shown = { page: null, work: { ...this.shown.work, ...change } };
      this.viewChanged.fire(this.shown);
    } else {
      this.showWork(change);
    }
  }

  private takeOver(gathered: readonly Gathered[]): void {
    this.gathered = gathered;
    this.products = this.toProducts(gathered);
    const page: OverviewPageData = {
      isPartial: false,
      at: Math.min(...gathered.map(({ portfolio }) => portfolio.at)),
      rows: this.all.map(({ row }) => row),
      stack: uniformStack(gathered.flatMap(({ portfolio }) => portfolio.products)),
      costs: this.shown.page?.costs ?? null,
      problems: [...new Set(gathered.flatMap(({ portfolio }) => portfolio.problems))],
    };
    this.show(page, { progress: null, failure: null });
  }

  private toProducts(gathered: readonly Gathered[]): Map<string, KnownProduct> {
    const isAlone = gathered.length === 1;
    const reviews = this.parts.reviews();
    return new Map(
      gathered.flatMap(({ root, portfolio, isMine }) => {
        const own = reviews === null ? null : { ...reviews, waiting: reviews.waiting.filter((one) => one.root === root) };
        return portfolio.products.map((gatheredProduct) => {
          const { product, mine, isKnown } = withReviews(gatheredProduct, own);
          const id = [root, product.config ?? "", product.storeId ?? "", product.name].join("\n");
          const row = toOverviewRow(product, {
            ...{ id, folder: isAlone ? null : nameOf(root), areReviewsKnown: isKnown },
            isMine: (wait) => isMine(wait) || mine.includes(wait),
          });
          return [id, { root, product, row }] as const;
        });
      }),
    );
  }

  private show(page: OverviewPageData, change: Partial<OverviewWork>): void {
    this.shown = { page, work: { ...this.shown.work, ...change } };
    this.viewChanged.fire(this.shown);
  }

  private showWork(change: Partial<OverviewWork>): void {
    this.shown = { ...this.shown, work: { ...this.shown.work, ...change } };
    this.workChanged.fire(this.shown.work);
  }
}

/** The total is known once each folder knows its own. */
function sumOf(counts: readonly OverviewProgress[]): OverviewProgress {
  const sum = (key: "done" | "total"): number => counts.reduce((all, one) => all + one[key], 0);
  return { done: sum("done"), total: counts.every(({ total }) => total > 0) ? sum("total") : 0 };
}

async function gatherFolder(
  folder: CostedFolder,
  signal: CancelSignal,
  onProgress: (progress: OverviewProgress) => void,
  onListed: (rows: readonly ProductHealth[]) => void,
): Promise<Gathered> {
  const portfolio = await folder.portfolio(signal, onProgress, onListed);
  const addresses = await folder.myAddresses(portfolio, signal);
  const mine = new Set(waitsFor(portfolio, addresses).map(({ item }) => item));
  return { root: folder.root, portfolio, isMine: (wait) => mine.has(wait) };
}
