import { attempt } from "../base/attempt";
import type { CancelSignal } from "../base/cancel";
import type { Disposable } from "../base/disposable";
import type { Store } from "../tracking/store";
import { storeIdOf, type StoreLocation } from "../tracking/storeLocation";
import { attributeRuns } from "./attributeRuns";
import type { CostedRun, GpuUse } from "./costedRun";
import type { CostQuestion, CostReader } from "./costReader";
import { costReport, type CostReport } from "./costReport";
import { readCostedRuns, type ReadCosts } from "./readCostedRuns";
import { MOST_REFRESHED_RUNS, refreshCostedRuns } from "./refreshCostedRuns";

/** What is kept of a store between two questions. */
interface Shelf {
  store: Store | undefined;
  gpuBelow: number;
  costs: ReadCosts | undefined;
  measured: Map<string, GpuUse>;
  /** Who asks next waits for the reading under way, and then most likely needs none. */
  turn: Promise<unknown>;
}

/** Reads stores for their money and keeps what it read until they change. Lives where stores are read: in the worker, or in a command line. */
export class CostDesk implements CostReader, Disposable {
  private readonly shelves = new Map<string, Shelf>();

  constructor(private readonly open: (location: StoreLocation, signal: CancelSignal) => Promise<Store>) {}

  async report(question: CostQuestion, signal: CancelSignal): Promise<CostReport> {
    const runs: CostedRun[] = [];
    const problems = [...question.problems];
    for (const location of question.stores) {
      const read = await attempt(this.runs(location, question.gpuBelow, signal), (why) => ({ runs: [], problems: [why] }), signal);
      runs.push(...read.runs);
      problems.push(...read.problems);
    }
    signal.throwIfAborted();
    const { prices, others, products, jobs, now, timeZone, month, mostRuns } = question;
    const attributed = attributeRuns([...runs, ...others], products, jobs);
    return costReport(
      attributed,
      { prices },
      {
        ...{ now, timeZone, products, problems },
        ...(month === undefined ? {} : { month }),
        ...(mostRuns === undefined ? {} : { mostRuns }),
      },
    );
  }

  runs(location: StoreLocation, gpuBelow: number, signal: CancelSignal): Promise<ReadCosts> {
    const id = storeIdOf(location);
    const shelf = this.shelves.get(id) ?? { store: undefined, gpuBelow, costs: undefined, measured: new Map(), turn: Promise.resolve() };
    this.shelves.set(id, shelf);
    const mine = shelf.turn.then(() => this.read(shelf, location, gpuBelow, signal));
    shelf.turn = mine.catch(() => undefined);
    return mine;
  }

  dispose(): void {
    this.shelves.forEach(({ store }) => store?.dispose());
    this.shelves.clear();
  }

  private async read(shelf: Shelf, location: StoreLocation, gpuBelow: number, signal: CancelSignal): Promise<ReadCosts> {
    signal.throwIfAborted();
    try {
      shelf.store ??= await this.open(location, signal);
      // Asked before reading, so that what changes meanwhile is read at the next question.
      const { runs, models, experiments } = await shelf.store.checkForChanges(signal);
      if (shelf.gpuBelow !== gpuBelow) {
        Object.assign(shelf, { gpuBelow, costs: undefined, measured: new Map() });
      }
      const before = shelf.costs;
      const options = { storeId: storeIdOf(location), gpuBelow, measured: shelf.measured };
      if (before !== undefined && [runs, models, experiments].every((change) => change.length === 0)) {
        return before;
      }
      // What stays undefined where reading fails is read whole the next time: the change is told only once.
      shelf.costs = undefined;
      if (before !== undefined && runs !== "all" && runs.length <= MOST_REFRESHED_RUNS && models.length === 0 && experiments.length === 0) {
        shelf.costs = await refreshCostedRuns(shelf.store, before, runs, options, signal);
      } else {
        shelf.measured.clear();
        shelf.costs = await readCostedRuns(shelf.store, options, signal);
      }
      return shelf.costs;
    } catch (error) {
      if (!signal.aborted) {
        // A store that is away may come back as another one.
        shelf.store?.dispose();
        Object.assign(shelf, { store: undefined, costs: undefined });
      }
      throw error;
    }
  }
}
