/** What the drift page and its host tell each other. Times are milliseconds since 1970, shares 0 to 1. No number is NaN or infinite. */

export type DriftState = "ok" | "warn" | "fail" | "unjudged";
export type DriftColumnType = "num" | "cat" | "text";
export type DriftColumnRole = "feature" | "target" | "prediction" | "score";

/** What was compared, one side of it. */
export interface DriftSideView {
  readonly label: string;
  /** Paths as people know them, with bytes and the first 12 hex digits of their SHA-256 (null while unknown). */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string | null }[];
  readonly rows: number;
  readonly matchingRows: number;
  readonly totalRows: number;
  /** E.g. "2026-11-02 to 2026-11-08"; null for all rows. */
  readonly window: string | null;
  /** Says that it is a sample, of how much, with its seed; null when all rows were read. */
  readonly sample: string | null;
  /** Dropped rows, repaired lines, skipped columns: a sentence each. */
  readonly notes: readonly string[];
}

/** Counts over bins that both sides share. */
export interface DriftBins {
  /** What each bin is called: "37–42", "green", "above 120". */
  readonly labels: readonly string[];
  /** For ranges: edges, one more than labels, ascending and finite; null for categories. */
  readonly edges: readonly number[] | null;
  readonly reference: readonly number[];
  readonly current: readonly number[];
  /** The last bin stands for so many distinct values; 0 where it stands for itself. */
  readonly others: number;
  /** For ranges: what lies beyond the first and the last edge counts in the first and the last bin. */
  readonly open?: boolean;
}

export interface DriftScore {
  readonly method: string;
  /** "Wasserstein distance", … */
  readonly label: string;
  readonly kind: "distance" | "p-value";
  readonly score: number | null;
  readonly threshold: number;
  readonly failThreshold: number | null;
  readonly drifted: boolean | null;
  readonly reason: string | null;
  readonly effect: { readonly label: string; readonly score: number } | null;
}

/** A column as a line of the table. */
export interface DriftColumnRow {
  readonly name: string;
  readonly type: DriftColumnType;
  readonly role: DriftColumnRole;
  readonly state: DriftState;
  readonly result: DriftScore | null;
  readonly reason: string | null;
  readonly verdict: string;
  readonly direction: "up" | "down" | "wider" | "narrower" | null;
  /** At most 12 bins each, as shares. */
  readonly mini: { readonly reference: readonly number[]; readonly current: readonly number[] } | null;
  /** Score by window, oldest first; null for a window without a score. Empty before windows were computed. */
  readonly trend: readonly (number | null)[];
  readonly missing: { readonly reference: number; readonly current: number };
  readonly newCategories: number;
  readonly lostCategories: number;
  readonly outOfRange: number | null;
}

export interface DriftWindow {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly rows: number;
  readonly state: DriftState;
  /** Why it is unjudged: too few rows, not over yet. */
  readonly reason: string | null;
  readonly share: number | null;
}

/** A moment marked in charts over time. */
export interface DriftMark {
  readonly time: number;
  readonly kind: "release" | "retraining" | "commit" | "alert" | "note";
  readonly label: string;
}

export interface KpiSeriesView {
  readonly name: string;
  /** The column whose values are judged apart; null for all rows. */
  readonly by: string | null;
  /** Value of `by`; null for all rows. */
  readonly group: string | null;
  readonly target: { readonly text: string; readonly value: number; readonly better: "up" | "down" } | null;
  readonly warn: number | null;
  /** Three standard deviations around the baseline's mean, with the baseline named. */
  readonly band: { readonly low: number; readonly high: number; readonly baseline: string } | null;
  readonly points: readonly {
    readonly time: number;
    readonly label: string;
    readonly value: number | null;
    readonly rows: number | null;
    readonly state: DriftState;
    readonly reason: string | null;
    /** Interval of confidence; null where unknown. */
    readonly low: number | null;
    readonly high: number | null;
    readonly drift: boolean;
    /** What marks a change here, as people call it: "ADWIN". */
    readonly foundBy?: readonly string[];
  }[];
  /** Detectors that could not be asked, a sentence each. */
  readonly detectorNotes?: readonly string[];
  /** Estimated without labels: drawn dashed, with its assumption as a sentence. */
  readonly estimate: {
    readonly assumption: string;
    readonly points: readonly {
      readonly time: number;
      readonly value: number | null;
      readonly low: number | null;
      readonly high: number | null;
    }[];
  } | null;
  readonly source: string;
}

/** How a text file is read; null where it is found out. */
export interface DriftReading {
  /** One character. */
  readonly separator: string | null;
  readonly encoding: string | null;
  /** Texts that stand for a missing value, beside the empty field. */
  readonly missing: readonly string[];
}

export type DriftDetector = "adwin" | "baseline_band" | "page_hinkley" | "cusum" | "ddm" | "eddm";

export interface DriftOptions {
  readonly mode: "own" | "evidently";
  /** Null: as the mode picks. */
  readonly method: string | null;
  /** How the current side is cut: by time, or into so many rows in the order of time; null: one piece. */
  readonly window: "hour" | "day" | "week" | "month" | number | null;
  readonly timeColumn: string | null;
  /** Index into `windows` that the table shows; null for all rows. */
  readonly shownWindow: number | null;
  /** Only rows with this value. */
  readonly segment: { readonly column: string; readonly value: string | null } | null;
  /** Corrections of guessed types, by column. */
  readonly types: readonly (readonly [column: string, type: DriftColumnType])[];
  readonly reading: { readonly reference: DriftReading; readonly current: DriftReading };
  /** Columns that somebody leaves out. */
  readonly ignore: readonly string[];
  /** What looks for changes in figures over time. */
  readonly detectors: readonly DriftDetector[];
}

export interface DriftNote {
  readonly path: string;
  readonly who: string;
  readonly when: number;
  readonly verdict: "accepted" | "investigate" | "act" | null;
  readonly text: string;
  /** What it was written about is what is shown: same data, method, limits. Otherwise says what changed. */
  readonly outdated: string | null;
}

export interface DriftView {
  readonly revision: number;
  readonly title: string;
  /** Product that it belongs to; null for two files that somebody compared. */
  readonly product: string | null;
  readonly reference: DriftSideView | null;
  readonly current: DriftSideView | null;
  /** "PSI over ten reference quantiles, warn 0.1, fail 0.25 (mlops.yaml)". */
  readonly method: string;
  readonly commit: string | null;
  readonly dataset: {
    readonly state: DriftState;
    readonly verdict: string;
    readonly drifted: number;
    readonly tested: number;
    readonly unjudged: number;
    readonly share: number | null;
    readonly threshold: number;
  } | null;
  readonly columns: readonly DriftColumnRow[];
  readonly windows: readonly DriftWindow[];
  readonly marks: readonly DriftMark[];
  readonly correlations: readonly {
    readonly columns: readonly [string, string];
    readonly reference: number | null;
    readonly current: number | null;
  }[];
  readonly kpis: readonly KpiSeriesView[];
  /** How predicted probabilities agree with what happened; left out or null without scores or labels. */
  readonly calibration?: {
    /** The column with the probabilities. */
    readonly column: string;
    readonly bins: readonly {
      /** Mean predicted probability of the bin. */
      readonly predicted: number;
      /** Observed share of the current side and of the reference; null for a bin without labels. */
      readonly observed: number | null;
      readonly reference: number | null;
      /** Rows of the current side. */
      readonly rows: number;
    }[];
  } | null;
  /** Why this is no longer what the files or the limits say, as a sentence; left out or null while it is. */
  readonly outdated?: string | null;
  /** "3 of 40 columns would alarm by chance", or null. */
  readonly chance: string | null;
  readonly options: DriftOptions;
  readonly methodChoices: readonly { readonly id: string; readonly label: string }[];
  /** With one sentence on what each finds; none where there is no figure over time. */
  readonly detectorChoices: readonly { readonly id: DriftDetector; readonly label: string; readonly explanation: string }[];
  /** Columns that can cut by time, and columns that can be drilled into. */
  readonly timeColumns: readonly string[];
  readonly segmentColumns: readonly string[];
  readonly notes: readonly DriftNote[];
  /** What is being read or computed; null when all is there. */
  readonly progress: { readonly text: string; readonly done: number; readonly total: number } | null;
  readonly problem: { readonly message: string; readonly remedy: string | null } | null;
}

/** Everything about one column, fetched when it is looked at. */
export interface DriftColumnDetail {
  readonly name: string;
  readonly verdict: string;
  readonly notes: readonly string[];
  readonly kinds: { readonly reference: string; readonly current: string };
  readonly sides: readonly {
    readonly label: string;
    readonly rows: number;
    readonly missing: number;
    readonly infinite: number;
    readonly distinct: number;
    readonly numbers: {
      readonly min: number;
      readonly max: number;
      readonly mean: number;
      readonly std: number;
      /** 1, 5, 25, 50, 75, 95, 99 %. */
      readonly quantiles: readonly number[];
    } | null;
  }[];
  readonly bins: DriftBins | null;
  readonly psi: { readonly bins: DriftBins; readonly contributions: readonly number[]; readonly total: number } | null;
  readonly newCategories: readonly { readonly value: string; readonly count: number }[];
  readonly lostCategories: readonly { readonly value: string; readonly count: number }[];
  readonly outOfRange: { readonly below: number; readonly above: number } | null;
  /** Score, missing share and rows by window, in the order of `DriftView.windows`. */
  readonly overTime: readonly {
    readonly score: number | null;
    readonly missing: number | null;
    readonly state: DriftState;
    readonly reason: string | null;
  }[];
  readonly methods: readonly DriftScore[];
}

/** One column under the defaults of several tools. */
export interface DriftToolRow {
  /** "Evidently", "NannyML", "Deepchecks", "MLOps Workbench". */
  readonly tool: string;
  /** Null as a limit: the tool has none for a table as a whole. */
  readonly score: Omit<DriftScore, "threshold"> & { readonly threshold: number | null };
  readonly rows: { readonly reference: number; readonly current: number };
  /** Why it differs from the others, a sentence. */
  readonly why: string;
}

export interface DriftSegment {
  readonly value: string | null;
  readonly rows: { readonly reference: number; readonly current: number };
  readonly state: DriftState;
  readonly reason: string | null;
  readonly share: number | null;
  /** The column that moved most, with its score. */
  readonly worst: { readonly column: string; readonly score: number } | null;
}

export type DriftExport = "csv" | "json" | "html" | "markdown";

export interface DriftHost {
  connect(params: object): { readonly texts: Readonly<Record<string, string>>; readonly target: unknown; readonly view: DriftView };
  setOptions(params: { readonly revision: number; readonly options: DriftOptions }): void;
  column(params: { readonly revision: number; readonly name: string }): DriftColumnDetail;
  tools(params: { readonly revision: number; readonly name: string }): readonly DriftToolRow[];
  /** Worst first. */
  segments(params: { readonly revision: number; readonly column: string }): readonly DriftSegment[];
  exportReport(params: {
    readonly revision: number;
    readonly format: DriftExport;
    readonly to: "file" | "clipboard";
    /** Charts on the page as SVG, for the HTML page. */
    readonly charts: readonly string[];
  }): void;
  savePicture(params: { readonly name: string; readonly format: "svg" | "png"; readonly data: string }): void;
  copyText(params: { readonly text: string }): void;
  /** Opens a draft of a note beside the page; the person writes and saves it. */
  writeNote(params: { readonly revision: number }): void;
  openFile(params: { readonly path: string }): void;
  openConfig(params: object): void;
  /** Hands model, window and drifted columns over to retraining. */
  retrain(params: { readonly revision: number; readonly columns: readonly string[] }): void;
  /** Stops reading; what is there stays. */
  cancel(params: object): void;
  /** Reads again. */
  reload(params: object): void;
}

export interface DriftPage {
  view(params: DriftView): void;
  /** All that has changed of a view since it was sent: what is being done. A view of many columns is large. */
  progress(params: { readonly revision: number; readonly progress: DriftView["progress"] }): void;
  target(params: { readonly target: unknown }): void;
}
