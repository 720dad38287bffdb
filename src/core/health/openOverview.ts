import type { CancelSignal } from "../base/cancel";
import { forEachAtOnce } from "../base/forEachAtOnce";
import { SharedWork } from "../base/sharedWork";
import { stopped } from "../base/stopped";
import { MonthClock } from "../cost/monthClock";
import type { Fact } from "../lint/lintFacts";
import { DEFAULT_LINT_SETTINGS } from "../lint/lintSettings";
import { reasonOf } from "../lint/workspace/reasonOf";
import { type JudgedProduct, WorkspaceLint } from "../lint/workspace/workspaceLint";
import { folderOf } from "../lint/workspace/workspacePath";
import { noticedFiles } from "../lint/workspace/noticedFiles";
import { storeIdOf, type StoreLocation } from "../tracking/storeLocation";
import { myAddresses } from "./myAddresses";
import type { Overview, OverviewProgress } from "./overview";
import { OverviewStores } from "./overviewStores";
import type { OverviewWorld } from "./overviewWorld";
import { placeProducts, type PlacedProduct, wantedStores } from "./placedProduct";
import { listedRow } from "./listedRow";
import type { Portfolio, ProductHealth } from "./productHealth";
import { type ProductJournals, readJournals } from "./productJournals";
import { type ReadProduct, toPortfolioRows } from "./portfolioRows";
import { sharedRuns } from "./sharedRuns";
import type { StoreFacts } from "./storeFacts";
import { uniformStack } from "./uniformStack";
import { unownedModels } from "./unownedModel";

type Readings = ReadonlyMap<string, Promise<Fact<StoreFacts>>>;

/** Products that are read at the same time; more would wait for the same disk. */
const AT_ONCE = 12;
const NO_RUNS = { names: new Set<string>(), others: false } as const;
/** Files that lint does not look at. */
const JOURNALS = /(?:^|\/)\.mlops\/(?:jobs|deployments|monitoring)(?:\/|\.jsonl$)/;

/** The overview of one folder, for editor and command line alike. Files and git's answers are kept by the ports, what follows from them here. */
export function openOverview(world: OverviewWorld): Overview {
  return new FolderOverview(world);
}

class FolderOverview implements Overview {
  private readonly stores: OverviewStores;
  private readonly judged = new SharedWork<string, JudgedProduct | null>();
  private readonly journals = new SharedWork<string, ProductJournals>();
  /** Files that the judgement of a product rests on, by its own file. */
  private readonly uses = new Map<string, Set<string>>();
  private readonly known = new SharedWork<"known", readonly StoreLocation[]>();
  private day = "";

  constructor(private readonly world: OverviewWorld) {
    this.stores = new OverviewStores(world);
  }

  async portfolio(
    signal: CancelSignal,
    onProgress: (progress: OverviewProgress) => void = () => undefined,
    onListed?: (rows: readonly ProductHealth[]) => void,
  ): Promise<Portfolio> {
    const [at, today] = [this.world.now(), this.world.today()];
    await this.forgetWhatChanged(today, signal);
    const placed = await placeProducts(this.world, signal);
    onListed?.(placed.map(listedRow));
    const wanted = wantedStores(placed);
    const readings: Readings = new Map([...wanted].map(([id, one]) => [id, this.stores.facts(one.location, one.wanted, signal)]));
    const others = this.readOthers(readings, signal);
    // Whoever waits for them below is told what fails.
    [others, ...readings.values()].forEach((reading) => void reading.catch(() => undefined));
    const read = await this.readProducts(placed, { readings, today, onProgress }, signal);
    const facts = new Map(await Promise.all([...readings].map(async ([id, reading]) => [id, await reading] as const)));
    const clock = new MonthClock(this.world.timeZone);
    const { rows, problems } = await toPortfolioRows(read, facts, { at, today, clock, pacer: this.world.pacer }, signal);
    const unowned = unownedModels(placed, new Map([...facts, ...(await others)]));
    const products = [...rows, ...unowned.rows];
    return { schema: 1, at, products, stack: uniformStack(products), problems: [...new Set([...problems, ...unowned.problems])] };
  }

  myAddresses(portfolio: Portfolio, signal: CancelSignal): Promise<readonly string[]> {
    return myAddresses(portfolio, this.world, signal);
  }

  forget(path?: string): void {
    this.world.forget(path);
    if (path === undefined) {
      this.known.forgetAll();
      this.judged.forgetAll();
      this.journals.forgetAll();
      return;
    }
    // The path may be that of a folder, which came or went with all that is in it.
    const beside = /^(?:(.*)\/)?\.mlops(?:\/|$)/.exec(path);
    this.journals.forgetIf((config) => config.startsWith(`${path}/`) || (beside !== null && folderOf(config) === (beside[1] ?? "")));
    if (!JOURNALS.test(path)) {
      this.judged.forgetIf((config) => this.restsOn(config, path));
    }
  }

  forgetFacts(): void {
    this.world.forgetFacts();
    this.known.forgetAll();
    this.stores.forget();
    this.judged.forgetAll();
  }

  dispose(): void {
    this.stores.dispose();
    this.world.dispose();
  }

  /** A file counts as well where it may come or go beside a product, above it or below it. */
  private restsOn(config: string, path: string): boolean {
    const [own, other] = [folderOf(config), folderOf(path)];
    const isBelow = (inner: string, outer: string): boolean => outer === "" || inner === outer || inner.startsWith(`${outer}/`);
    return (this.uses.get(config)?.has(path) ?? true) || isBelow(other, own) || isBelow(own, other);
  }

  private async forgetWhatChanged(today: string, signal: CancelSignal): Promise<void> {
    if (today !== this.day) {
      this.day = today;
      this.judged.forgetAll();
    }
    if ((await this.stores.changed(signal)).size > 0) {
      this.world.forgetFacts();
      this.judged.forgetAll();
    }
  }

  /** Stores that no product names, for their models only. */
  private async readOthers(readings: Readings, signal: CancelSignal): Promise<readonly (readonly [string, Fact<StoreFacts>])[]> {
    const found = await this.known.get("known", signal, (shared) => this.world.knownStores(shared));
    const known = new Map(found.map((location) => [storeIdOf(location), location]));
    const others = [...known].filter(([id]) => !readings.has(id));
    return Promise.all(others.map(async ([id, location]) => [id, await this.stores.facts(location, NO_RUNS, signal)] as const));
  }

  private async readProducts(
    placed: readonly PlacedProduct[],
    work: { readonly readings: Readings; readonly today: string; readonly onProgress: (progress: OverviewProgress) => void },
    signal: CancelSignal,
  ): Promise<readonly ReadProduct[]> {
    const { readings, today, onProgress } = work;
    const found = new Map<string, ReadProduct>();
    const tell = (): void => onProgress({ done: found.size, total: placed.length });
    tell();
    await forEachAtOnce(placed, AT_ONCE, async (one) => {
      const { name, config } = one;
      const [judged, journals] = await Promise.all([
        this.judge(config, today, readings, signal),
        this.journals.get(config, signal, (shared) => readJournals({ name, config }, this.world, shared)),
      ]);
      found.set(config, { ...one, judged, journals });
      await this.world.pacer();
      tell();
    });
    return placed.flatMap(({ config }) => found.get(config) ?? []);
  }

  /** A sentence where the product's file cannot be judged at all. */
  private async judge(config: string, today: string, readings: Readings, signal: CancelSignal): Promise<JudgedProduct | string> {
    try {
      const judged = await this.judged.get(config, signal, (shared) => {
        const used = new Set<string>();
        this.uses.set(config, used);
        const { files, repositories, registry, calendar } = this.world;
        const ports = {
          files: noticedFiles(files, (path) => used.add(path)),
          repositories,
          registry: sharedRuns(registry, this.world, readings),
        };
        return new WorkspaceLint(ports, calendar).judge(config, { settings: DEFAULT_LINT_SETTINGS, today }, shared);
      });
      return judged ?? "Its file is not there any more.";
    } catch (error) {
      signal.throwIfAborted();
      return stopped(`Its file cannot be read: ${reasonOf(error)}`);
    }
  }
}
