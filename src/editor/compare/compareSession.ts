import { AppError } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import { type ArrangedComparison, arrangeComparison } from "../../core/compare/arrangeComparison";
import { compareRuns } from "../../core/compare/compareRuns";
import { importanceOf } from "../../core/compare/importance";
import type { ComparedRow, RunComparison } from "../../core/compare/runComparison";
import { toCompareView } from "../../core/compare/toCompareView";
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

export interface CompareSessionParts {
  readonly catalog: StoreCatalog;
  /** Which metrics an mlops.yaml near the stores wants to be high or low. */
  readonly directions: (storeIds: readonly StoreId[], signal: CancelSignal) => Promise<ReadonlyMap<string, CompareDirection>>;
  readonly logError: (error: unknown) => void;
  readonly now: () => number;
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
  private comparison: RunComparison = { runs: [], rows: [] };
  private shown: readonly RunRef[] = [];
  private current: CompareView;
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
    this.runs = new ComparedRuns(catalog, this.lifetime.signal, parts.logError, () => this.publishSoon());
    this.runs.add(target.runs);
    this.current = this.toView(0);
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
    this.baseline = baseline === null ? null : this.refAt(revision, baseline);
    this.groupBy = groupBy;
    this.directions = directions;
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

  /** What the view shows, with whole values. */
  arranged(revision: number): ArrangedComparison {
    this.demandCurrent(revision);
    return arrangeComparison(this.comparison, this.current.options, this.configured);
  }

  importance(revision: number, metric: string): Importance {
    return importanceOf(this.demandCurrent(revision).comparison, metric);
  }

  curves(
    revision: number,
    label: string,
    maxPoints: number,
    signal: CancelSignal,
  ): Promise<{ readonly curves: readonly CompareCurve[]; readonly problems: readonly string[] }> {
    const { comparison, shown } = this.demandCurrent(revision);
    const row = comparison.rows.find((candidate) => candidate.section === "metrics" && candidate.label === label);
    return row === undefined ? Promise.resolve({ curves: [], problems: [] }) : this.curveReads.read(shown, row.key, maxPoints, signal);
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
    if (!this.lifetime.signal.aborted) {
      const began = performance.now();
      this.current = this.toView(this.current.revision + 1);
      this.viewChanged.fire(this.current);
      this.publishDuration = performance.now() - began;
    }
  }

  private toView(revision: number): CompareView {
    const known = this.runs.known();
    this.shown = known.map(({ ref }) => ref);
    this.comparison = compareRuns(
      known.map(({ compared }) => compared),
      this.parts.now(),
    );
    const { baseline, groupBy, directions } = this;
    const at = baseline === null ? -1 : this.shown.findIndex((ref) => refKey(ref) === refKey(baseline));
    return toCompareView(
      this.comparison,
      { baseline: at < 0 ? null : at, groupBy, directions },
      {
        revision,
        configured: this.configured,
        styles: known.map(({ style }) => style),
        reading: this.runs.reading,
        problems: this.runs.problems(),
      },
    );
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
        this.run(this.runs.readVersions(concerned.map((ref) => ({ ref }))));
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

function outdated(): AppError {
  return new AppError("usage", "The comparison has changed in the meantime.", { remedy: "Look at it again, then repeat what you did." });
}
