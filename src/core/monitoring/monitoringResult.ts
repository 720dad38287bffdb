import type { Period } from "../drift/chunks/periods";
import type { DriftMethodId } from "../drift/driftMethod";
import type { DriftStatus } from "../drift/driftReport";

/**
 * One check of one product, as it is kept in `.mlops/monitoring/<product>/<time>.json` and printed by `mlops monitor --json`.
 * Fields are a promise to scripts; they may be added to.
 */
export interface MonitoringResult {
  readonly version: 1;
  readonly product: string;
  /** Its mlops.yaml, relative to the workspace. */
  readonly config: string;
  readonly config_sha256: string;
  /** Milliseconds since 1970. */
  readonly checked_at: number;
  readonly tool: string;
  /** Of the repository; null without one. `dirty` when files of the product were changed beside it. */
  readonly commit: string | null;
  readonly dirty: boolean | null;
  readonly status: DriftStatus;
  /** One plain sentence. */
  readonly verdict: string;
  readonly window: MonitoringWindow | null;
  readonly reference: MonitoringSide | null;
  readonly live: MonitoringSide | null;
  readonly drift: MonitoringDrift | null;
  readonly kpis: readonly MonitoringKpi[];
  /** What kept the check from judging, a sentence each. */
  readonly problems: readonly string[];
  /** Who had it made; null or absent where nobody can tell. */
  readonly started_by?: "person" | "automation" | null | undefined;
}

export interface MonitoringWindow {
  /** Milliseconds since 1970, UTC; from inclusive, to exclusive. Null: all rows of the file are one window. */
  readonly from: number | null;
  readonly to: number | null;
  readonly column: string | null;
  readonly by: Period | null;
  /** The window's time is not over yet. */
  readonly complete: boolean;
}

export interface MonitoringSide {
  readonly path: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string | null }[];
  readonly rows: number;
  readonly total_rows: number;
  readonly sampled: boolean;
}

export interface MonitoringDrift {
  readonly status: DriftStatus;
  readonly mode: "own" | "evidently";
  readonly drifted_columns: number;
  readonly tested_columns: number;
  readonly share: number | null;
  readonly threshold: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: "num" | "cat" | "text";
    readonly status: DriftStatus;
    readonly method: DriftMethodId | null;
    readonly score: number | null;
    readonly threshold: number | null;
    readonly fail_threshold: number | null;
    readonly missing: { readonly reference: number; readonly current: number };
    readonly new_categories: number;
    readonly lost_categories: number;
    readonly verdict: string;
  }[];
}

export interface MonitoringKpi {
  readonly name: string;
  readonly value: number | null;
  readonly target: string | null;
  readonly warn: string | null;
  readonly status: DriftStatus;
  readonly verdict: string;
  /** Group of the column that `by` names; null for all rows. */
  readonly by: string | null;
  readonly group: string | null;
  readonly rows: number | null;
  readonly kind: "measured" | "estimated";
  /** Where the figure comes from: a scored file, a metrics file, or runs of a tracker. */
  readonly source: string;
  /** Where the figure is of another time than the drift, because outcomes come later; null or absent where it is not. */
  readonly window?: MonitoringWindow | null | undefined;
}
