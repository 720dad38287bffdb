import type { ColumnKind } from "../tabular/column";
import type { SkippedColumn, TableFile } from "../tabular/tableReader";
import type { DriftMethodId } from "./driftMethod";
import type { DriftType } from "./sample";

/** "unjudged" is never taken for "ok": something is missing, and `reason` says what. */
export type DriftStatus = "ok" | "warn" | "fail" | "unjudged";

/** "own" judges by quantile PSI with two limits; "evidently" picks methods and limits as Evidently does. */
export type DriftMode = "own" | "evidently";

/** Limits of one column, and who set them. */
export interface DriftLimits {
  /** In place of what the mode picks. */
  readonly method: DriftMethodId | null;
  /** Null: the method's own. */
  readonly warn: number | null;
  readonly fail: number | null;
  readonly from: "default" | "config" | "user";
}

export interface DriftSettings {
  readonly mode: DriftMode;
  /** For columns that `columns` does not name. */
  readonly limits: DriftLimits;
  readonly columns: Readonly<Record<string, DriftLimits>>;
  /** Share of tested columns from which the data set has drifted. */
  readonly datasetShare: number;
  /** Increase in the share of missing values from which a column fails; null: not judged. */
  readonly missingIncrease: number | null;
  /** Columns to judge; null for all but `time`. */
  readonly only: readonly string[] | null;
  /** Columns that are no input: the time, an id. */
  readonly ignore: readonly string[];
  /** What a column is, where the guess was wrong. */
  readonly types: Readonly<Record<string, DriftType>>;
  readonly roles: Readonly<Record<string, ColumnRole>>;
  /** Below it a side is shown and not judged. Evidently mode has 1. */
  readonly minRows: number;
  /** Below it there is no score either. */
  readonly minRowsForScore: number;
  /** Every method of each column, for the comparison. */
  readonly allMethods: boolean;
}

export type ColumnRole = "feature" | "target" | "prediction" | "score";

/** What one method says of one column. */
export interface MethodResult {
  readonly method: DriftMethodId;
  /** Null where it cannot be computed; `reason` says why. */
  readonly score: number | null;
  /** The limit that decides `drifted`; in own mode the one for warnings. */
  readonly threshold: number;
  /** A second, stricter limit; null where the method has one limit only. */
  readonly failThreshold: number | null;
  readonly drifted: boolean | null;
  readonly reason: string | null;
  /** The effect size beside a p-value. */
  readonly effect: { readonly method: DriftMethodId; readonly score: number } | null;
}

/** What is known of one side of a column. Shares are 0 to 1 of `rows`. */
export interface SideStats {
  readonly rows: number;
  readonly missing: number;
  readonly infinite: number;
  readonly distinct: number;
  /** Of finite values; null for categories and for a side without values. */
  readonly numbers: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    /** Population standard deviation. */
    readonly std: number;
    /** 1, 5, 25, 50, 75, 95, 99 %, linear as numpy has them. */
    readonly quantiles: readonly [number, number, number, number, number, number, number];
  } | null;
}

/** Bins that both sides share. Counts add up to the finite values of each side. */
export type SharedBins =
  | {
      readonly kind: "range";
      /** One more than counts, ascending; the first and the last are open where `open` says so. */
      readonly edges: readonly number[];
      readonly open: boolean;
      readonly reference: readonly number[];
      readonly current: readonly number[];
    }
  | {
      readonly kind: "values";
      readonly keys: readonly (string | number)[];
      readonly reference: readonly number[];
      readonly current: readonly number[];
      /** Distinct values that the last key, "other", stands for; 0 where there is none. */
      readonly others: number;
    };

export interface CategoryCount {
  readonly value: string | number;
  readonly count: number;
}

export interface ColumnDrift {
  readonly name: string;
  readonly type: DriftType;
  readonly role: ColumnRole;
  readonly kinds: { readonly reference: ColumnKind; readonly current: ColumnKind };
  readonly status: DriftStatus;
  /** Why it is unjudged; null otherwise. */
  readonly reason: string | null;
  /** The method that decides; null where the column cannot be compared at all. */
  readonly result: MethodResult | null;
  /** Always beside it: quantile PSI, and Wasserstein or Jensen–Shannon; all of them where asked for. */
  readonly methods: readonly MethodResult[];
  readonly limitsFrom: DriftLimits["from"];
  /** One plain sentence: "`age` moved up: W1 0.19 of a standard deviation, limit 0.1; most of it in 37–42." */
  readonly verdict: string;
  /** Where the bulk went; null for categories, and where nothing moved. */
  readonly direction: "up" | "down" | "wider" | "narrower" | null;
  readonly reference: SideStats;
  readonly current: SideStats;
  /** At most 50, the most frequent first; `newCategoryCount` has them all. */
  readonly newCategories: readonly CategoryCount[];
  readonly lostCategories: readonly CategoryCount[];
  readonly newCategoryCount: number;
  readonly lostCategoryCount: number;
  /** Current values outside of the reference's range; null for categories. */
  readonly outOfRange: { readonly below: number; readonly above: number } | null;
  /** For the overlay: equal width over the bulk of both sides (outliers in open end bins), or values; at most 60. Null without values. */
  readonly bins: SharedBins | null;
  /** Ten reference-quantile bins, or values; which of them moved. */
  readonly psiBins: SharedBins | null;
  /** PSI of each of `psiBins`; they add up to the PSI. */
  readonly psiContributions: readonly number[];
  /** Sentences: an outlier stretches the range, became constant, types differ, p-value at huge n, … */
  readonly notes: readonly string[];
}

export interface SideSummary {
  /** Where the data come from, as people call it. */
  readonly label: string;
  readonly files: readonly TableFile[];
  readonly rows: number;
  readonly matchingRows: number;
  readonly totalRows: number;
  /** Milliseconds since 1970; null for all times. */
  readonly window: { readonly column: string; readonly from: number | null; readonly to: number | null } | null;
  readonly sample: { readonly seed: number } | null;
  readonly notes: readonly string[];
  readonly skipped: readonly SkippedColumn[];
}

export interface DatasetDrift {
  readonly drifted: boolean | null;
  readonly driftedColumns: number;
  readonly testedColumns: number;
  readonly unjudgedColumns: number;
  /** Drifted of tested columns; null where none was tested. */
  readonly share: number | null;
  readonly threshold: number;
  /** The worst that counts: a drifted data set fails, a column that warns or fails warns, … */
  readonly status: DriftStatus;
  readonly verdict: string;
}

/** How much two numeric columns go together on each side (Pearson). Null where one side is constant. */
export interface CorrelationChange {
  readonly columns: readonly [string, string];
  readonly reference: number | null;
  readonly current: number | null;
}

export interface DriftReport {
  readonly mode: DriftMode;
  readonly settings: DriftSettings;
  readonly reference: SideSummary;
  readonly current: SideSummary;
  /** In the order of the reference's file; columns of one side only come last. */
  readonly columns: readonly ColumnDrift[];
  readonly dataset: DatasetDrift;
  /** Pairs with the largest change first, at most 50. */
  readonly correlations: readonly CorrelationChange[];
  /** Rows of each side that the correlations were computed from: all, or, of many, some that are spread evenly. */
  readonly correlationRows?: { readonly reference: number; readonly current: number } | undefined;
  /** Of the columns judged by a p-value, how many would alarm by chance alone; null where none was. */
  readonly chance: { readonly tests: number; readonly expected: number } | null;
  readonly elapsedMs: number;
}
