export interface ModelVersion {
  readonly modelName: string;
  /** A string, as in REST; numeric text in every store. */
  readonly version: string;
  /** None, Staging, Production or Archived: deprecated by MLflow but still used by many. */
  readonly stage: string;
  /** READY, PENDING_REGISTRATION or FAILED_REGISTRATION. */
  readonly status: string;
  readonly statusMessage: string;
  readonly runId: string | null;
  /** Where the files are: `models:/m-…`, `runs:/…` or a path, as stored. */
  readonly source: string;
  /** The real address of the files where the store knows it. */
  readonly storageLocation: string | null;
  readonly userId: string;
  readonly description: string;
  readonly creationTime: number | null;
  readonly lastUpdatedTime: number | null;
  readonly aliases: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
}

export interface RegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly creationTime: number | null;
  readonly lastUpdatedTime: number | null;
  readonly tags: ReadonlyMap<string, string>;
  /** Alias to version, e.g. champion → "3". */
  readonly aliases: ReadonlyMap<string, string>;
  /** How many versions there are, or null where the store cannot tell without listing them. */
  readonly versionCount: number | null;
}
