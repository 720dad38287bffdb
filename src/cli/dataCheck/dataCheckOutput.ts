import type { DataCheckReport } from "../../core/dataCheck/dataCheckReport";

/** A file that was kept. */
export interface WrittenEvidence {
  /** Relative to the workspace. */
  readonly path: string;
  readonly sha256: string;
}

/** What `mlops check-data` found out about a product. */
export interface DataCheckOutput {
  readonly report: DataCheckReport;
  /** Null where nothing was kept. */
  readonly written: WrittenEvidence | null;
}
