import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import type { RegulationCalendar } from "../../config/regulationCalendar";
import type { SignOffRegister } from "../../governance/signOffStanding";
import type { Fact } from "../../lint/lintFacts";
import type { FileLint, LintOptions } from "../../lint/workspace/fileLint";
import type { Repositories, WorkspaceFiles } from "../../lint/workspace/lintPorts";
import type { ResultFiles } from "../../monitoring/resultStore";
import type { ModelVersion } from "../../tracking/registeredModel";
import type { Run } from "../../tracking/run";
import type { DeploymentEntry } from "../deployment";
import type { OnHashed } from "../hashProgress";
import type { GateEntry } from "./gateEntry";

/** A path that is not as the commit has it. */
export interface ChangedPath {
  /** Relative to the workspace; begins with "../" where the repository reaches further. */
  readonly path: string;
  readonly isTracked: boolean;
}

/** A repository as it stands. */
export interface WorkingTree {
  readonly commit: string;
  readonly changed: readonly ChangedPath[];
}

/** What git knows of the tree. Unknown, with the reason, where it cannot be asked. */
export interface GateGit extends Pick<Repositories, "textAt"> {
  /** The commit that a folder of the workspace stands at, with all paths that are not as it has them, those that git does not know included. */
  tree(folder: string, signal: CancelSignal): Promise<Fact<WorkingTree>>;
  /** Paths that differ between a commit and the one that is checked out, relative to the workspace; null where there is no such commit. */
  changedSince(folder: string, commit: string, signal: CancelSignal): Promise<Fact<readonly string[] | null>>;
}

/** A version as its store holds it. */
export interface StoredVersion {
  /** Null where there is none. */
  readonly version: ModelVersion | null;
  readonly aliases: ReadonlyMap<string, string>;
  /** The run that made it; null where none is named or it is gone. */
  readonly run: Run | null;
}

/** The registry of a product. Servers are asked. */
export interface GateRegistry {
  /** @throws AppError where the store cannot be read, or there is none. */
  version(config: string, product: Product, version: string, signal: CancelSignal): Promise<StoredVersion>;
  /** `sha256:…` of the version's files. @param onRead told how far they were read. @throws AppError with why it cannot be worked out. */
  digest(config: string, product: Product, version: ModelVersion, signal: CancelSignal, onRead?: OnHashed): Promise<string>;
}

/** Logs beside a product's file. */
export interface GateLogs {
  /** Oldest first. @throws AppError where the log does not verify. */
  deployments(config: string, signal: CancelSignal): Promise<readonly DeploymentEntry[]>;
  /** Adds a decision. @throws AppError where the log does not verify or cannot be written. */
  append(config: string, entry: GateEntry, signal: CancelSignal): Promise<void>;
}

/** The world of one workspace, as the gate sees it. Whatever fails is a fact that is not known. */
export interface GateWorld {
  readonly files: WorkspaceFiles;
  /** Lint of one file, with the registry asked also where it is a server. */
  readonly lint: (path: string, options: LintOptions, signal: CancelSignal) => Promise<FileLint | null>;
  readonly git: GateGit;
  readonly registry: GateRegistry;
  readonly results: ResultFiles;
  /** @param at RFC 3339. */
  readonly signOffs: (config: string, at: string, signal: CancelSignal) => Promise<SignOffRegister>;
  readonly logs: GateLogs;
  readonly calendar: RegulationCalendar;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** YYYY-MM-DD in the user's time zone, or the day that was asked for. */
  readonly today: () => string;
  /** Of a text as UTF-8, hex. */
  readonly sha256: (text: string) => string;
  /** Reads files, git and stores anew from now on. */
  readonly forget: () => void;
}
