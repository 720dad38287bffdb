/** One expectation about a set of data, and what was found. */
export interface DataFinding {
  /** Relative to the workspace. */
  readonly path: string;
  readonly use: string | null;
  /** Null for what concerns whole rows or the file. */
  readonly column: string | null;
  /** `min_rows`, `max_rows`, `rows`, `type`, `min`, `max`, `min_length`, `max_length`, `pattern`, `max_missing`, `in`, `unique`, `newest`, `present`, `readable`. */
  readonly rule: string;
  /** `unknown`: could not be judged, which blocks as a failure does. */
  readonly result: "pass" | "fail" | "unknown";
  /** For people: what, limit, what was found. */
  readonly message: string;
  readonly limit: string | null;
  readonly found: string | null;
  /** How many rows break it, and the first of them, counted from 1 without the header; empty where rows do not apply. */
  readonly rows: { readonly count: number; readonly first: readonly number[] } | null;
  /** `mlops.yaml` or the contract's path. */
  readonly from: string;
}

/** Whether data is complete and correct: evidence for the sign-off of data. No values of rows are in it but the limits broken. */
export interface DataCheckReport {
  readonly schema: 1;
  readonly product: string;
  readonly config: string;
  readonly result: "pass" | "fail" | "unknown" | "nothing_expected";
  readonly files: readonly {
    readonly path: string;
    readonly sha256: string | null;
    readonly rows: number | null;
    readonly bytes: number | null;
  }[];
  readonly findings: readonly DataFinding[];
  /** What a contract says and data cannot tell, and data of which nothing is expected; a sentence each. They never block. */
  readonly notes?: readonly string[];
  readonly commit: string | null;
  readonly checkedAt: number;
  readonly tool: string;
}
