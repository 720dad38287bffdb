import { AppError, isAppError, toUserText } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { forEachAtOnce } from "../../core/base/forEachAtOnce";
import type { Cost } from "../../core/cost/price";
import type { RunPricer } from "../../core/cost/priceRun";
import type { ComparedRun } from "../../core/compare/comparedRun";
import { environmentKey } from "../../core/compare/readEnvironment";
import type { Run } from "../../core/tracking/run";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { CompareProblem } from "../../protocol/compare";
import type { RunRef } from "../platform/runRef";
import { CompareReads } from "./compareReads";
import { refKey } from "./compareTarget";

/** Enough to hide a server's delay, and no burden to it. */
const RUNS_AT_ONCE = 8;
const EXTRAS_AT_ONCE = 4;

const RUNS_GONE = "Some runs are not there any more.";

/** A run of the comparison with the last that is known of it. */
interface Slot {
  readonly ref: RunRef;
  /** Picks colour, dash and marker; free again when the run is taken out. */
  readonly style: number;
  run: Run | undefined;
  experiment: string | undefined;
  versions: readonly string[];
  price: Cost | null;
  environment: ReadonlyMap<string, string> | null;
  /** What the environment was read for; undefined before. */
  environmentKey: string | undefined;
  /** Why the last look at it failed; its values from before stay. */
  error: unknown;
}

/** The runs of a comparison in their order, and what was read of them. A run that fails takes nothing from the others. */
export class ComparedRuns {
  private slots: Slot[] = [];
  private progress: { done: number; total: number } | null = null;
  private readonly reads: CompareReads;

  constructor(
    private readonly catalog: StoreCatalog,
    private readonly signal: AbortSignal,
    private readonly logError: (error: unknown) => void,
    /** Something new can be shown. */
    private readonly onRead: () => void,
    /** Null where nobody knows prices. */
    private readonly prices: () => Promise<RunPricer | null>,
  ) {
    this.reads = new CompareReads(catalog, signal);
  }

  get refs(): readonly RunRef[] {
    return this.slots.map(({ ref }) => ref);
  }

  get reading(): { readonly done: number; readonly total: number } | null {
    return this.progress === null ? null : { ...this.progress };
  }

  /** Adds the runs that are not there yet, and answers which these are. */
  add(refs: readonly RunRef[]): readonly RunRef[] {
    const known = new Set(this.slots.map(({ ref }) => refKey(ref)));
    const added = refs.filter((ref) => !known.has(refKey(ref)));
    const used = new Set(this.slots.map(({ style }) => style));
    let style = 0;
    for (const ref of added) {
      while (used.has(style)) {
        style++;
      }
      used.add(style);
      this.slots.push({
        ...{ ref, style, run: undefined, experiment: undefined, versions: [], price: null, error: undefined },
        ...{ environment: null, environmentKey: undefined },
      });
    }
    return added;
  }

  remove(ref: RunRef): void {
    this.slots = this.slots.filter((slot) => refKey(slot.ref) !== refKey(ref));
  }

  removeMissing(): void {
    this.slots = this.slots.filter((slot) => slot.run !== undefined || slot.error === undefined);
  }

  move(ref: RunRef, before: RunRef | null): void {
    const moved = this.slots.find((slot) => refKey(slot.ref) === refKey(ref));
    const others = this.slots.filter((slot) => slot !== moved);
    const at = before === null ? -1 : others.findIndex((slot) => refKey(slot.ref) === refKey(before));
    if (moved !== undefined) {
      others.splice(at < 0 ? others.length : at, 0, moved);
      this.slots = others;
    }
  }

  /** Runs that have been read once, with their styles. */
  known(): readonly { readonly ref: RunRef; readonly style: number; readonly compared: ComparedRun }[] {
    return this.slots.flatMap(({ ref, style, run, experiment, versions, price, environment, error }) =>
      run === undefined
        ? []
        : [
            {
              ref,
              style,
              compared: {
                run,
                storeId: ref.storeId,
                store: this.labelOf(ref.storeId),
                experiment: experiment ?? run.experimentId,
                versions,
                price,
                environment,
                problem: error === undefined ? (deletedProblem(run) ?? this.storeProblem(ref.storeId)) : toUserText(error),
              },
            },
          ],
    );
  }

  /** One sentence a store that fails, and one a reason for which runs have no column. */
  problems(): readonly CompareProblem[] {
    const problems = new Map<string, { message: string; remedy: string | null; storeId: StoreId | null; missingRuns: number }>();
    for (const { ref, run, error } of this.slots) {
      const reason = error ?? this.catalogFailure(ref.storeId);
      const isGone = run !== undefined && isAppError(error, "run/not-found");
      if (reason === undefined || (run === undefined && error === undefined)) {
        continue;
      }
      const remedy = isAppError(reason) && !isGone ? (reason.remedy ?? null) : null;
      // The sentence of the store names the run, which its column does as well; many runs that are gone are one problem.
      const sentence = isGone ? RUNS_GONE : isAppError(reason) ? reason.message : toUserText(reason);
      const key = `${ref.storeId}\n${sentence}`;
      const known = problems.get(key) ?? {
        message: `${this.labelOf(ref.storeId)}: ${sentence}`,
        remedy,
        storeId: ref.storeId,
        missingRuns: 0,
      };
      problems.set(key, { ...known, missingRuns: known.missingRuns + (run === undefined ? 1 : 0) });
    }
    return [...problems.values()];
  }

  /** Reads the runs anew. What they were before stays until then, and where reading fails. */
  async read(refs: readonly RunRef[]): Promise<void> {
    const wanted = new Set(refs.map(refKey));
    const slots = this.slots.filter(({ ref }) => wanted.has(refKey(ref)));
    // Reading again what is shown is no news; only what somebody waits for is counted.
    const awaited = new Set(slots.filter(({ run, error }) => run === undefined || error !== undefined));
    const progress = this.progress ?? { done: 0, total: 0 };
    progress.total += awaited.size;
    this.progress = progress.total === 0 ? null : progress;
    await forEachAtOnce(slots, RUNS_AT_ONCE, async (slot) => {
      await this.readOne(slot);
      if (awaited.has(slot) && ++progress.done >= progress.total && this.progress === progress) {
        this.progress = null;
      }
      this.onRead();
    });
    await this.readExtras(slots.filter((slot) => slot.run !== undefined && slot.error === undefined));
  }

  refsOf(storeId: StoreId, runs: "all" | readonly string[]): readonly RunRef[] {
    return this.refs.filter((ref) => ref.storeId === storeId && (runs === "all" || runs.includes(ref.runId)));
  }

  hasFailed(ref: RunRef): boolean {
    return this.slots.some((slot) => refKey(slot.ref) === refKey(ref) && slot.error !== undefined);
  }

  /** The store of these runs is not open in the window any more. Runs that still wait for their store are not concerned. */
  markGone(refs: readonly RunRef[]): void {
    const gone = new Set(refs.map(refKey));
    for (const slot of this.slots) {
      if (slot.run !== undefined && gone.has(refKey(slot.ref))) {
        slot.error = new AppError("store/not-found", "This store is not open in the window any more.", {
          remedy: "Open the folder that holds it, or add the store again.",
        });
      }
    }
  }

  forgetExperiments(storeId: StoreId): void {
    this.reads.forgetExperiments(storeId);
  }

  /** The registered versions of the runs. */
  async readVersions(refs: readonly RunRef[]): Promise<void> {
    const wanted = new Set(refs.map(refKey));
    await this.readEach(
      this.slots.filter(({ ref }) => wanted.has(refKey(ref))),
      async (slot) => {
        slot.versions = await this.reads.versions(slot.ref);
      },
    );
  }

  /** Versions, prices and packages, which nobody waits for: finding them may take longer than all the rest. */
  private async readExtras(slots: readonly Slot[]): Promise<void> {
    await this.readEach(slots, async (slot) => {
      slot.versions = await this.reads.versions(slot.ref);
    });
    const prices = await this.prices();
    if (prices !== null) {
      await this.readEach(slots, async (slot, run) => {
        const place = { storeId: slot.ref.storeId, experiment: slot.experiment ?? run.experimentId };
        const { cost } = await prices.price(run, place, this.signal);
        // The same object where nothing changed, so that nothing is compared again.
        slot.price = cost?.amount === slot.price?.amount && cost?.currency === slot.price?.currency ? slot.price : cost;
      });
    }
    // What was logged does not change; only a run that went on may have more.
    const due = slots.filter(({ run, environmentKey: known }) => run !== undefined && known !== environmentKey(run));
    await this.readEach(due, async (slot, run) => {
      slot.environment = await this.reads.environment(slot.ref.storeId, run);
      slot.environmentKey = environmentKey(run);
    });
  }

  private async readEach(slots: readonly Slot[], read: (slot: Slot, run: Run) => Promise<void>): Promise<void> {
    const failed = new Set<StoreId>();
    await forEachAtOnce(slots, EXTRAS_AT_ONCE, async (slot) => {
      const { ref, run } = slot;
      if (run === undefined || failed.has(ref.storeId) || !this.slots.includes(slot)) {
        return;
      }
      try {
        await read(slot, run);
      } catch (error) {
        if (isCancelled(error)) {
          throw error;
        }
        // A store that cannot tell it of one run cannot tell it of the others.
        failed.add(ref.storeId);
        this.logError(error);
      }
    });
    if (slots.length > 0) {
      this.onRead();
    }
  }

  private async readOne(slot: Slot): Promise<void> {
    const { ref } = slot;
    try {
      const run = await this.reads.run(ref);
      slot.run = run;
      slot.error = undefined;
      const names = await this.reads.experimentNames(ref.storeId);
      slot.experiment = names.get(run.experimentId);
    } catch (error) {
      if (isCancelled(error) || this.signal.aborted) {
        throw error;
      }
      slot.error = error;
    }
  }

  private storeProblem(storeId: StoreId): string | null {
    const failure = this.catalogFailure(storeId);
    return failure === undefined ? null : toUserText(failure);
  }

  private catalogFailure(storeId: StoreId): unknown {
    const health = this.catalog.entry(storeId)?.health;
    return health?.kind === "failed" ? health.error : undefined;
  }

  private labelOf(storeId: StoreId): string {
    return this.catalog.entry(storeId)?.label ?? storeId;
  }
}

function deletedProblem(run: Run): string | null {
  return run.lifecycleStage === "deleted" ? "This run is deleted in its store." : null;
}
