/** What the gate says of one version on its way to one target. Anything but "pass" and "warn" stops it where `deploy.gate` is `block`. */
export type GateDecision = "pass" | "warn" | "block" | "could_not_judge";

/** What a check rests on, so that anybody can look it up. */
export interface GateEvidence {
  /** Relative to the workspace, with forward slashes; null where it is no file. */
  readonly file: string | null;
  /** From 1. */
  readonly line?: number;
  readonly value?: string;
  /** Hex. */
  readonly sha256?: string;
  readonly run?: string;
  /** What it is, where no file says it: "registry", "git", … */
  readonly source?: string;
}

export interface GateCheck {
  /** Stable, such as `kpi:f1`, `lint:RESP01`, `sign-off:launch`. */
  readonly id: string;
  readonly result: GateDecision;
  /** One sentence: what was found. */
  readonly message: string;
  readonly evidence: readonly GateEvidence[];
  /** What to do; null where nothing has to be done. */
  readonly remedy: string | null;
}

/** The gate's whole answer: plain JSON, the same bytes for the same input. Fields are a promise to scripts; they may be added to. */
export interface GateResult {
  readonly schema: 1;
  readonly decision: GateDecision;
  /** Whether `deploy.gate: warn` lets it through although it is not "pass". */
  readonly mode: "block" | "warn";
  readonly product: string;
  readonly config: string;
  /** SHA-256 of the product's file, hex. */
  readonly config_sha256: string;
  readonly target: string;
  readonly model: string | null;
  readonly version: string | null;
  /** `sha256:…`. */
  readonly digest: string | null;
  readonly commit: string | null;
  /** YYYY-MM-DD by which everything was judged. */
  readonly today: string;
  /** True for going back to a version that was approved, which is always allowed. */
  readonly is_rollback: boolean;
  /** An emergency exception that lets it through: its file, and when it ends (RFC 3339). Shown in red everywhere. */
  readonly exception: { readonly file: string; readonly until: string; readonly by: readonly string[] } | null;
  /** In a fixed order: what blocks first, then by id. */
  readonly checks: readonly GateCheck[];
  /** SHA-256 over the canonical JSON of everything else. */
  readonly hash: string;
}

/** What is to be judged. */
export interface GateWish {
  /** The product's file, relative to the workspace. */
  readonly config: string;
  /** Key below `deploy.targets`. */
  readonly target: string;
  /** Null for `model.version` of the file. */
  readonly version: string | null;
  readonly isRollback: boolean;
}
