export type FingerprintKind = "data" | "code" | "param" | "command" | "environment" | "base_model";

/** One thing that a training depends on. */
export interface FingerprintPart {
  readonly kind: FingerprintKind;
  /** A path relative to the product's folder, or the name of a parameter. */
  readonly name: string;
  /** `sha256:…` or `md5:…` of the content; of the canonical JSON for values. */
  readonly hash: string;
  /** Bytes; null for values. */
  readonly size: number | null;
  /** How the hash is known: read now, remembered by path, size and time, or taken from DVC. */
  readonly from: "read" | "remembered" | "dvc" | "value";
}

/** All that a training depends on. */
export interface Fingerprint {
  /** SHA-256 in hex over kind, name and hash of all parts in order; null where a part could not be had. */
  readonly value: string | null;
  readonly parts: readonly FingerprintPart[];
  /** What could not be looked at, a sentence each. Not empty means that nobody can tell whether a training is redundant. */
  readonly unknown: readonly string[];
  /** Why what was read could not be remembered, one sentence, so that the next plan reads it again; absent where it was. */
  readonly notKept?: string;
}

/** What differs between two trainings. */
export interface FingerprintChange {
  /** `output`: what a pipeline writes itself is not as it left it. */
  readonly kind: FingerprintKind | "output";
  readonly name: string;
  readonly change: "changed" | "added" | "removed";
  /** For people, e.g. `lr: 0.1 → 0.2`. */
  readonly text: string;
}

/** An earlier training of the same product. */
export interface PastTraining {
  /** Ours; null for a run that nobody here started. */
  readonly jobId: string | null;
  /** Of the store; null where no run was found. */
  readonly run: { readonly storeId: string; readonly experimentId: string; readonly runId: string; readonly name: string } | null;
  readonly endedAt: number | null;
  readonly durationMs: number | null;
  /** Finite values by name of the metric. */
  readonly kpis: Readonly<Record<string, number>>;
  readonly cost: { readonly amount: number; readonly currency: string } | null;
  readonly commit: string | null;
  readonly params: Readonly<Record<string, string>>;
}

/** Whether a training would only repeat an earlier one. */
export type Redundancy =
  | { readonly kind: "redundant"; readonly past: PastTraining; /** How that is known, one sentence. */ readonly because: string }
  | { readonly kind: "changed"; readonly past: PastTraining; readonly changes: readonly FingerprintChange[] }
  | { readonly kind: "first" }
  | { readonly kind: "cannot_tell"; readonly why: string; readonly past: PastTraining | null };
