/** Whose artifact folder is meant: a run's, a logged model's (MLflow 3) or a registered version's. */
export type ArtifactOwner =
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "loggedModel"; readonly modelId: string }
  | { readonly kind: "modelVersion"; readonly modelName: string; readonly version: string };

/** What a file holds, in short. */
export interface ArtifactHash {
  /** Hex, in lower case. */
  readonly sha256: string;
  /** How many bytes were read. */
  readonly bytes: number;
}

export interface ArtifactEntry {
  /** Relative to the owner's artifact root, with `/` on every system. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** Bytes, or null for a directory and where unknown. */
  readonly size: number | null;
  /** Milliseconds since 1970, or null where the store cannot tell. */
  readonly modifiedTime: number | null;
}
