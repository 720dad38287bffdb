import type { CancelSignal } from "../../core/base/cancel";
import type { ColumnDrift, DriftReport, SideSummary } from "../../core/drift/driftReport";
import type { DriftProgress, DriftSession as OpenTables, WindowDrift } from "../../core/drift/driftService";
import type { DriftViewInput } from "../../core/drift/view/toDriftView";
import type { DriftOptions } from "../../protocol/drift";
import type { DriftHistory, KpiCut } from "./driftSubject";

type Known = Omit<DriftViewInput, "revision" | "title" | "product" | "commit" | "settings" | "options">;

/** A mark before the first window explains nothing that is shown. */
const DAY = 86_400_000;

/** What was found out in one go of comparing; parts come one after the other. */
export class DriftFindings {
  reference: SideSummary | null = null;
  current: SideSummary | null = null;
  kinds: Known["kinds"] = [];
  report: DriftReport | null = null;
  progress: DriftProgress | null = null;
  problem: Known["problem"] = null;
  /** Why what is shown is not all, and why it is not what the files say any more; sentences. */
  stopped: string | null = null;
  changed: string | null = null;
  private early: ColumnDrift[] = [];
  private judgedWindows: { readonly key: string; readonly windows: readonly WindowDrift[] } | null = null;
  private history: Pick<Known, "kpis" | "calibration" | "marks" | "notes"> = { kpis: [], calibration: null, marks: [], notes: [] };

  get columns(): readonly ColumnDrift[] {
    return this.report?.columns ?? this.early;
  }

  get windows(): readonly WindowDrift[] {
    return this.judgedWindows?.windows ?? [];
  }

  /** For another go over the same files, which keeps what does not depend on the choices. */
  again(): DriftFindings {
    const next = new DriftFindings();
    next.reference = this.reference;
    next.current = this.current;
    next.kinds = this.kinds;
    next.changed = this.changed;
    next.judgedWindows = this.judgedWindows;
    next.history = this.history;
    return next;
  }

  opened({ reference, current }: OpenTables): void {
    this.reference = reference;
    this.current = current;
  }

  judged(column: ColumnDrift): void {
    // The first column of a large file is judged before the rest is read, and again with it.
    this.early = [...this.early.filter(({ name }) => name !== column.name), column];
  }

  finished(report: DriftReport): void {
    this.report = report;
    this.reference = report.reference;
    this.current = report.current;
  }

  /** @param key what the windows depend on: with the same one they are not judged again. */
  async readWindows(key: string, read: () => Promise<readonly WindowDrift[]>): Promise<void> {
    if (this.judgedWindows?.key !== key) {
      this.judgedWindows = { key, windows: await read() };
    }
  }

  /** There are no windows any more. */
  dropWindows(): void {
    this.judgedWindows = null;
  }

  async readHistory(history: DriftHistory, cut: KpiCut | null, detectors: DriftOptions["detectors"], signal: CancelSignal): Promise<void> {
    const [{ series, calibration }, notes] = await Promise.all([history.kpis(cut, detectors, signal), history.notes(this.report, signal)]);
    const times = [
      ...this.windows.flatMap(({ from, to }) => [from, to]),
      ...series.flatMap(({ points }) => points.map(({ time }) => time)),
    ];
    const marks =
      times.length === 0
        ? []
        : await history.marks(times.reduce((a, b) => Math.min(a, b)) - DAY, times.reduce((a, b) => Math.max(a, b)) + DAY, signal);
    this.history = { kpis: series, calibration, marks, notes };
  }

  toInput(): Known {
    const { report } = this;
    return {
      reference: this.reference,
      current: this.current,
      kinds: this.kinds,
      columns: this.columns,
      dataset: report?.dataset ?? null,
      correlations: report?.correlations ?? [],
      chance: report?.chance ?? null,
      windows: this.windows,
      progress: this.progress,
      problem: this.problem,
      outdated: this.changed ?? this.stopped,
      ...this.history,
    };
  }
}
