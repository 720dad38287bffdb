import { AppError } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import { finishInSlices, type Pacer, type Steps } from "../../core/base/steps";
import type { ComparedRun } from "../../core/compare/comparedRun";
import { compareRunsInSteps } from "../../core/compare/compareRuns";
import { importanceInSteps } from "../../core/compare/importance";
import type { ComparedRow, RunComparison } from "../../core/compare/runComparison";
import { toCompareViewInSteps } from "../../core/compare/toCompareView";
import { withGainPrices } from "../../core/compare/withGainPrices";
import type { RunPricer } from "../../core/cost/priceRun";
import { type ExportRequest, toExportTextInSteps } from "../../core/compare/toExportText";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import type { StoreCatalog, StoreDataChange } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { CompareArtifact, CompareCurve, CompareDirection, CompareOptions, CompareView, Importance } from "../../protocol/compare";
import type { RunRef } from "../platform/runRef";
import { readComparedArtifacts } from "./compareArtifacts";
import { CompareCurves } from "./compareCurves";
import { ComparedRuns } from "./comparedRuns";
import { refKey, type CompareTarget } from "./compareTarget";

/** While runs stream in, or a training script writes, the comparison is made anew this often, in milliseconds. */
const PUBLISH_MS = 300;
/** Of a large comparison less often: reading gets at least this many times as long as comparing. */
const READING_SHARE = 4;

/** Before anything was read. */
const EMPTY: CompareView = {
  ...{ revision: 0, runs: [], columns: [], rows: [], reading: null, problems: [] },
  options: { baseline: null, groupBy: null, directions: [] },
};

export interface CompareSessionParts {
  readonly catalog: StoreCatalog;
  /** Which metrics an mlops.yaml near the stores wants to be high or low. */
  readonly directions: (storeIds: readonly StoreId[], signal: CancelSignal) => Promise<ReadonlyMap<string, CompareDirection>>;
  /** Tells what runs cost; without it no price is shown. */
  readonly prices?: () => Promise<RunPricer>;
  readonly logError: (error: unknown) => void;
  readonly now: () => number;
  /** Keeps long work from blocking everything else; made anew for each piece of it. */
  readonly pacer: () => Pacer;
}

/** One comparison, without its panel: holds the runs, keeps them up to date, computes what the page shows. */
export class CompareSession implements Disposable {
  private readonly lifetime = new AbortController();
  private readonly disposables = new DisposableStore();
  private readonly viewChanged = this.disposables.add(new Emitter<CompareView>());
  private readonly targetChanged = this.disposables.add(new Emitter<CompareTarget>());
  private readonly curvesChanged = this.disposables.add(new Emitter<readonly number[]>());
  readonly onDidChangeView = this.viewChanged.event;
  readonly onDidChangeTarget = this.targetChanged.event;
  /** Runs, by their place in the view, may have new points. */
  readonly onDidChangeCurves = this.curvesChanged.event;
  private readonly runs: ComparedRuns;
  private readonly curveReads: CompareCurves;
  private readonly catalog: StoreCatalog;
  private baseline: RunRef | null;
  private groupBy: CompareOptions["groupBy"];
  private directions: CompareOptions["directions"];
  private configured: ReadonlyMap<string, CompareDirection> = new Map();
  private compared: RunComparison = { runs: [], rows: [] };
  /** The same with what depends on the baseline. */
  private comparison: RunComparison = this.compared;
  private shown: readonly RunRef[] = [];
  private current: CompareView = EMPTY;
  /** The comparison that is being made, until it is shown. */
  private making: AbortController | undefined;
  private isStale = false;
  private timer: NodeJS.Timeout | undefined;
  private publishDuration = 0;

  constructor(
    target: CompareTarget,
    private readonly parts: CompareSessionParts,
  ) {
    const { catalog } = parts;
    this.catalog = catalog;
    this.baseline = target.baseline;
    this.groupBy = target.groupBy;
    this.directions = target.directions;
    this.curveReads = new CompareCurves(catalog);
    this.runs = new ComparedRuns(
      catalog,
      this.lifetime.signal,
      parts.logError,
      () => this.publishSoon(),
      parts.prices ?? (() => Promise.resolve(null)),
    );
    this.runs.add(target.runs);
    this.disposables.add(catalog.onDidChangeData((change) => this.onData(change)));
    this.disposables.add(catalog.onDidChangeHealth((storeId) => this.onHealth(storeId)));
    this.disposables.add(catalog.onDidChangeStores(() => this.onStores()));
  }

  get view(): CompareView {
    return this.current;
  }

  get target(): CompareTarget {
    return { runs: this.runs.refs, baseline: this.baseline, groupBy: this.groupBy, directions: this.directions };
  }

  get refs(): readonly RunRef[] {
    return this.runs.refs;
  }

  load(): void {
    this.run(this.readDirections());
    this.read(this.runs.refs);
  }

  addRuns(refs: readonly RunRef[]): number {
    const added = this.runs.add(refs);
    if (added.length > 0) {
      this.targetChanged.fire(this.target);
      this.run(this.readDirections());
      this.read(added);
    }
    return added.length;
  }

  removeRun(revision: number, run: number): void {
    const ref = this.refAt(revision, run);
    this.runs.remove(ref);
    if (this.baseline !== null && refKey(this.baseline) === refKey(ref)) {
      this.baseline = null;
    }
    this.showArranged();
  }

  removeMissing(): void {
    this.runs.removeMissing();
    this.showArranged();
  }

  moveRun(revision: number, run: number, before: number | null): void {
    this.runs.move(this.refAt(revision, run), before === null ? null : this.refAt(revision, before));
    this.showArranged();
  }

  setOptions(revision: number, { baseline, groupBy, directions }: CompareOptions): void {
    this.demandCurrent(revision);
    // The page tells all options as it saw them; what it did not change may have been changed by the call before this one.
    const seen = this.current.options;
    if (baseline !== seen.baseline) {
      this.baseline = baseline === null ? null : this.refAt(revision, baseline);
    }
    if (JSON.stringify(groupBy) !== JSON.stringify(seen.groupBy)) {
      this.groupBy = groupBy;
    }
    if (JSON.stringify(directions) !== JSON.stringify(seen.directions)) {
      this.directions = directions;
    }
    this.showArranged();
  }

  retry(storeId: StoreId | null): void {
    for (const id of new Set(this.runs.refs.map((ref) => ref.storeId))) {
      if ((storeId === null || storeId === id) && this.catalog.entry(id)?.health.kind === "failed") {
        this.catalog.reopen(id);
      }
    }
    const due = this.runs.refs.filter((ref) => storeId === null || ref.storeId === storeId);
    this.curveReads.forget(due);
    this.read(due);
  }

  /** The run in a column of the view. @throws AppError when the view has changed since. */
  refAt(revision: number, run: number): RunRef {
    const ref = this.demandCurrent(revision).shown[run];
    if (ref === undefined) {
      throw outdated();
    }
    return ref;
  }

  rowAt(revision: number, row: number): ComparedRow {
    const found = this.demandCurrent(revision).comparison.rows[row];
    if (found === undefined) {
      throw outdated();
    }
    return found;
  }

  comparedRunAt(revision: number, run: number): RunComparison["runs"][number] {
    const found = this.demandCurrent(revision).comparison.runs[run];
    if (found === undefined) {
      throw outdated();
    }
    return found;
  }

  /** What the view shows, with whole values, as a text. */
  exportText(revision: number, request: ExportRequest, signal: CancelSignal): Promise<string> {
    const { comparison } = this.demandCurrent(revision);
    return this.inSlices(toExportTextInSteps(comparison, this.current.options, this.configured, request), signal);
  }

  importance(revision: number, metric: string, signal: CancelSignal): Promise<Importance> {
    return this.inSlices(importanceInSteps(this.demandCurrent(revision).comparison, metric), signal);
  }

  curves(
    revision: number,
    label: string,
    maxPoints: number,
    signal: CancelSignal,
    runs?: readonly number[],
  ): Promise<{ readonly curves: readonly CompareCurve[]; readonly problems: readonly string[] }> {
    const { comparison, shown } = this.demandCurrent(revision);
    const row = comparison.rows.find((candidate) => candidate.section === "metrics" && candidate.label === label);
    return row === undefined
      ? Promise.resolve({ curves: [], problems: [] })
      : this.curveReads.read(shown, row.key, maxPoints, signal, runs);
  }

  artifacts(
    revision: number,
    path: string,
    signal: CancelSignal,
  ): Promise<{ readonly entries: readonly CompareArtifact[]; readonly problems: readonly string[] }> {
    return readComparedArtifacts(this.catalog, this.demandCurrent(revision).shown, path, signal);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lifetime.abort();
    this.making?.abort();
    this.disposables.dispose();
  }

  private demandCurrent(revision: number): { readonly comparison: RunComparison; readonly shown: readonly RunRef[] } {
    if (revision !== this.current.revision) {
      throw outdated();
    }
    return { comparison: this.comparison, shown: this.shown };
  }

  private read(refs: readonly RunRef[]): void {
    this.run(this.runs.read(refs));
    this.publish();
  }

  private async readDirections(): Promise<void> {
    const storeIds = [...new Set(this.runs.refs.map((ref) => ref.storeId))];
    const configured = await this.parts.directions(storeIds, this.lifetime.signal);
    if (configured.size > 0) {
      this.configured = configured;
      this.publishSoon();
    }
  }

  /** The user arranged something: shown at once, and kept. */
  private showArranged(): void {
    // What is being made is out of date; nobody should wait for it.
    this.making?.abort();
    this.publish();
    this.targetChanged.fire(this.target);
  }

  private publishSoon(): void {
    if (this.runs.reading === null) {
      // The last run that was read is shown at once.
      clearTimeout(this.timer);
      this.timer = undefined;
    }
    if (this.timer === undefined && !this.lifetime.signal.aborted) {
      const wait = this.runs.reading === null ? 0 : Math.max(PUBLISH_MS, READING_SHARE * this.publishDuration);
      this.timer = setTimeout(() => this.publish(), wait);
    }
  }

  private publish(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isStale = true;
    if (this.making === undefined) {
      this.run(this.publishAll());
    }
  }

  /** One comparison at a time: what changes meanwhile makes the next one. */
  private async publishAll(): Promise<void> {
    while (this.isStale && !this.lifetime.signal.aborted) {
      this.isStale = false;
      this.making = new AbortController();
      try {
        await this.publishOne(this.making.signal);
      } catch (error) {
        if (!isCancelled(error)) {
          throw error;
        }
      } finally {
        this.making = undefined;
      }
    }
  }

  private async publishOne(signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const known = this.runs.known();
    const shown = known.map(({ ref }) => ref);
    const { baseline, groupBy, directions } = this;
    const at = baseline === null ? -1 : shown.findIndex((ref) => refKey(ref) === refKey(baseline));
    const options = { baseline: at < 0 ? null : at, groupBy, directions };
    const state = {
      revision: this.current.revision + 1,
      configured: this.configured,
      styles: known.map(({ style }) => style),
      reading: this.runs.reading,
      problems: this.runs.problems(),
    };
    const runs = known.map(({ compared }) => compared);
    const compared = areSame(runs, this.compared.runs)
      ? this.compared
      : await this.inSlices(compareRunsInSteps(runs, this.parts.now()), signal);
    const comparison = withGainPrices(compared, options.baseline, this.configured);
    const view = await this.inSlices(toCompareViewInSteps(comparison, options, state), signal);
    this.shown = shown;
    this.compared = compared;
    this.comparison = comparison;
    this.current = view;
    this.publishDuration = performance.now() - began;
    this.viewChanged.fire(view);
  }

  private inSlices<T>(steps: Steps<T>, signal: CancelSignal): Promise<T> {
    return finishInSlices(steps, this.parts.pacer(), signal);
  }

  private onData({ storeId, change }: StoreDataChange): void {
    const changed = this.runs.refsOf(storeId, change.runs);
    if (change.experiments === "all" || change.experiments.length > 0) {
      this.runs.forgetExperiments(storeId);
    }
    if (changed.length > 0) {
      this.curveReads.forget(changed);
      this.run(
        this.runs.read(changed).then(() => {
          const keys = new Set(changed.map(refKey));
          const places = [...this.shown.entries()].flatMap(([place, ref]) => (keys.has(refKey(ref)) ? [place] : []));
          this.curvesChanged.fire(places);
        }),
      );
    } else if (change.models === "all" || change.models.length > 0) {
      const concerned = this.runs.refsOf(storeId, "all");
      if (concerned.length > 0) {
        this.run(this.runs.readVersions(concerned));
      }
    }
  }

  private onHealth(storeId: StoreId): void {
    if (this.runs.refsOf(storeId, "all").length > 0) {
      this.publishSoon();
    }
  }

  /** A store that was closed keeps its columns, marked; one that came back is read again. */
  private onStores(): void {
    this.run(this.readDirections());
    const lost = this.runs.refs.filter((ref) => this.catalog.entry(ref.storeId) === undefined);
    const back = this.runs.refs.filter((ref) => this.catalog.entry(ref.storeId) !== undefined && this.runs.hasFailed(ref));
    if (lost.length > 0 || back.length > 0) {
      this.runs.markGone(lost);
      if (back.length > 0) {
        this.read(back);
      } else {
        this.publishSoon();
      }
    }
  }

  private run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!isCancelled(error)) {
        this.parts.logError(error);
      }
    });
  }
}

/** Whether nothing of the runs has changed, so that they need not be compared again. */
function areSame(runs: readonly ComparedRun[], before: readonly ComparedRun[]): boolean {
  return (
    runs.length === before.length &&
    runs.every((run, index) => {
      const other = before[index];
      return other !== undefined && Object.entries(run).every(([key, value]) => value === other[key as keyof ComparedRun]);
    })
  );
}

function outdated(): AppError {
  return new AppError("usage", "The comparison has changed in the meantime.", { remedy: "Look at it again, then repeat what you did." });
}
