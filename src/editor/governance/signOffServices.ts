import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { SignOffRegister } from "../../core/governance/signOffStanding";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";

/** What sign-offs of one folder of the workspace need. */
export interface SignOffFolder extends Disposable {
  /** Absolute. */
  readonly root: string;
  /** With the texts that people see, saved or not. */
  readonly files: WorkspaceFiles;
  /** @param today an RFC 3339 time. */
  readonly register: (config: string, today: string, signal: CancelSignal) => Promise<SignOffRegister>;
  /** The address by which `.mailmap` calls whoever works here; null where git knows none, or may not be asked. */
  readonly me: (signal: CancelSignal) => Promise<string | null>;
  /** How `.mailmap` calls an address. */
  readonly usual: (email: string, signal: CancelSignal) => Promise<string>;
  /** A file changed, came or went; relative to the root. */
  readonly forget: (path: string) => void;
  /** What git knows may have changed. */
  readonly forgetFacts: () => void;
}

/** What the composition root hands to sign-offs. */
export interface SignOffServices extends Disposable {
  /** A folder of the workspace on disk; each is opened once. */
  readonly folderOf: (root: string) => SignOffFolder;
  readonly now: () => Date;
}
