import type { CancelSignal } from "../../core/base/cancel";
import type { DriftMode, DriftReport, DriftSettings } from "../../core/drift/driftReport";
import { defaultDriftSettings } from "../../core/drift/driftSettings";
import type { ColumnKind } from "../../core/tabular/column";
import type { TableSource } from "../../core/tabular/tableReader";
import type { DriftMark, DriftNote, DriftOptions, DriftView, KpiSeriesView } from "../../protocol/drift";
import type { DriftSubjectId } from "./driftTarget";

/** What a panel compares, once its files and its product were looked up. */
export interface DriftSubject {
  readonly title: string;
  /** Name of the product; null for two files that somebody compared. */
  readonly product: string | null;
  /** Absolute path of its mlops.yaml. */
  readonly config: string | null;
  /** Of the repository. */
  readonly commit: string | null;
  readonly reference: TableSource;
  readonly current: TableSource;
  readonly labels: { readonly reference: string; readonly current: string };
  /**
   * @param time column that holds the time of each row; it is no input.
   * @param until end of the rows that are shown, in milliseconds since 1970; null for all rows. Outcomes may come later.
   */
  readonly settingsOf: (mode: DriftMode, time: string | null, until: number | null) => DriftSettings;
  /** What holds where nobody has chosen; the two sources say how they are read. */
  readonly mode: DriftMode;
  readonly types: DriftOptions["types"];
  readonly ignore: readonly string[];
  readonly detectors: DriftOptions["detectors"];
  readonly window: DriftOptions["window"];
  readonly timeColumn: string | null;
  /** The window that the last check judged, so that the page says the same; null for all rows. */
  readonly shown: { readonly from: number; readonly to: number } | null;
  readonly windowMinRows: number;
  /** Everything beside the two tables, which nobody should wait for. */
  readonly history: DriftHistory | null;
}

export interface KpiCut {
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  readonly time: string;
  readonly by: NonNullable<DriftOptions["window"]>;
}

/** What is known of a product over time. */
export interface DriftHistory {
  /**
   * @param cut how the live data are cut by time, with their columns; null where they are not.
   * @param detectors what looks for changes.
   */
  kpis(
    cut: KpiCut | null,
    detectors: DriftOptions["detectors"],
    signal: CancelSignal,
  ): Promise<{
    readonly series: readonly KpiSeriesView[];
    readonly calibration: NonNullable<DriftView["calibration"]> | null;
  }>;
  /** Releases, retrainings and commits between two moments, in milliseconds since 1970. */
  marks(from: number, to: number, signal: CancelSignal): Promise<readonly DriftMark[]>;
  /** With what has changed since each was written. */
  notes(report: DriftReport | null, signal: CancelSignal): Promise<readonly DriftNote[]>;
}

/** What can be said before anything was looked up. @param toPath a path as people know it. */
export function nothingYet(id: DriftSubjectId, toPath: (path: string) => string): DriftSubject {
  const isProduct = id.kind === "product";
  return {
    title: isProduct ? toPath(id.config) : filesTitle(id.reference, id.current, toPath),
    product: null,
    config: isProduct ? id.config : null,
    commit: null,
    reference: { paths: [] },
    current: { paths: [] },
    labels: { reference: "", current: "" },
    settingsOf: defaultDriftSettings,
    mode: "own",
    types: [],
    ignore: [],
    detectors: ["adwin"],
    window: null,
    timeColumn: null,
    shown: null,
    windowMinRows: 1,
    history: null,
  };
}

export function filesTitle(reference: string, current: string, toPath: (path: string) => string): string {
  return `${toPath(current)} against ${toPath(reference)}`;
}
