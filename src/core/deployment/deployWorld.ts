import type { CancelSignal } from "../base/cancel";
import type { Product } from "../config/product";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import type { LatestDriftState } from "../monitoring/latestDriftState";
import type { CommitState } from "../monitoring/monitoringCheck";
import type { Store } from "../tracking/store";
import type { StoreLocation } from "../tracking/storeLocation";
import type { DeploymentJournal } from "./deploymentJournal";
import type { TargetSource } from "./deployTarget";
import type { Gate } from "./gate/openGate";

/** The world as deployments of one workspace need it, as both the editor and the command line give it. */
export interface DeployWorld {
  /** Read anew at each call: what is remembered would hide what changed while somebody reads a plan. */
  readonly files: Pick<WorkspaceFiles, "readText" | "look">;
  readonly journal: DeploymentJournal;
  readonly targets: TargetSource;
  /** Opened for one call, which disposes of it. */
  readonly openStore: (location: StoreLocation, signal: CancelSignal) => Promise<Store>;
  /** The store that `tracking.uri` names, or the nearest one for null; null where there is none. @throws AppError `usage` for a kind that cannot be read. */
  readonly storeOf: (config: string, uri: string | null) => StoreLocation | null;
  /** Absolute path of the Python for a folder; null where none is found. Not called where nothing may be run. */
  readonly python: (folder: string, configured: string | null, signal: CancelSignal) => Promise<string | null>;
  readonly gate: Pick<Gate, "judge" | "record">;
  /** The newest check of a product; null where there was none. @param sha256 of the product's file. */
  readonly drift: (config: string, product: Product, sha256: string, signal: CancelSignal) => Promise<LatestDriftState | null>;
  /** Null where there is no repository, or git cannot be asked. */
  readonly commit: (config: string, signal: CancelSignal) => Promise<CommitState | null>;
  /** Who asks, as git or the system call them. */
  readonly who: (signal: CancelSignal) => Promise<string | null>;
  /** Of a path of the workspace; "" is the workspace itself. */
  readonly toAbsolute: (path: string) => string;
  /** In hex, of a text as UTF-8. */
  readonly sha256: (text: string) => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** At least six hexadecimal digits that nobody else draws. */
  readonly randomId: () => string;
  /** Whether anything of this workspace may run. */
  readonly isTrusted: () => boolean;
  /** Waits so many milliseconds, or ends with the signal's reason. */
  readonly pause: (ms: number, signal: CancelSignal) => Promise<void>;
  /** Does work with a signal that is also aborted after so long. @throws AppError `store/timeout` then, with `what` as its subject. */
  readonly within: <T>(ms: number, what: string, signal: CancelSignal, work: (signal: CancelSignal) => Promise<T>) => Promise<T>;
}
