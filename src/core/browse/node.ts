import type { ArtifactEntry, ArtifactOwner } from "../tracking/artifact";
import type { Experiment } from "../tracking/experiment";
import type { ModelVersion, RegisteredModel } from "../tracking/registeredModel";
import type { Run } from "../tracking/run";
import type { StoreId } from "../tracking/storeLocation";

interface NodeBase {
  /** Unique within its tree and stable over reloads, so that expansion and selection survive. */
  readonly key: string;
  readonly parent: BrowseNode | null;
}

export interface StoreNode extends NodeBase {
  readonly kind: "store";
  readonly storeId: StoreId;
}

/** Part of a name hierarchy: "fraud/" in "fraud/daily" and "fraud/weekly". */
export interface FolderNode extends NodeBase {
  readonly kind: "folder";
  readonly label: string;
  readonly path: string;
}

export interface ExperimentNode extends NodeBase {
  readonly kind: "experiment";
  readonly storeId: StoreId;
  /** The last part of the name where folders show the rest. */
  label: string;
  experiment: Experiment;
}

export interface RunNode extends NodeBase {
  readonly kind: "run";
  readonly storeId: StoreId;
  run: Run;
  /** Null where the store cannot tell without asking. */
  childCount: number | null;
}

export interface ModelNode extends NodeBase {
  readonly kind: "model";
  readonly storeId: StoreId;
  model: RegisteredModel;
}

export interface VersionNode extends NodeBase {
  readonly kind: "version";
  readonly storeId: StoreId;
  version: ModelVersion;
  /** The run that made it, where it is known and could be read. */
  run: Run | null;
}

/** A fact under a version or a run: its commit, a dataset. */
export interface FactNode extends NodeBase {
  readonly kind: "fact";
  readonly storeId: StoreId;
  readonly fact: "commit" | "dataset";
  readonly label: string;
  readonly value: string;
  readonly runId: string;
}

/** The artifact folder of a run or a version. */
export interface ArtifactsNode extends NodeBase {
  readonly kind: "artifacts";
  readonly storeId: StoreId;
  readonly owner: ArtifactOwner;
}

export interface ArtifactNode extends NodeBase {
  readonly kind: "artifact";
  readonly storeId: StoreId;
  readonly owner: ArtifactOwner;
  entry: ArtifactEntry;
}

/** The last node of a list that has more pages. */
export interface MoreNode extends NodeBase {
  readonly kind: "more";
  loaded: number;
}

/** A failure in place of a list, or above its last known items. */
export interface ErrorNode extends NodeBase {
  readonly kind: "error";
  readonly storeId: StoreId | null;
  error: unknown;
  /** True where the items below are old ones. */
  stale: boolean;
}

/** Says in words that a list has no items. */
export interface EmptyNode extends NodeBase {
  readonly kind: "empty";
  reason: "noRuns" | "noMatch" | "noExperiments" | "noModels" | "noVersions" | "noArtifacts";
}

/** The starred runs, experiments and models, above everything else. */
export interface FavouritesNode extends NodeBase {
  readonly kind: "favourites";
}

export type BrowseNode =
  | StoreNode
  | FolderNode
  | ExperimentNode
  | RunNode
  | ModelNode
  | VersionNode
  | FactNode
  | ArtifactsNode
  | ArtifactNode
  | MoreNode
  | ErrorNode
  | EmptyNode
  | FavouritesNode;

/** What a command works on when it is called from a tree. */
export function isBrowseNode(value: unknown): value is BrowseNode {
  return typeof value === "object" && value !== null && "kind" in value && "key" in value && "parent" in value;
}
