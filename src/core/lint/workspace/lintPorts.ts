import type { CancelSignal } from "../../base/cancel";
import type { SignOffHistory } from "../../governance/signOffHistory";
import type { Codeowners } from "../codeowners";
import type { GitActivity } from "../gitActivity";
import type { Fact, GpuUseFact, RegisteredVersionFact } from "../lintFacts";
import type { TableReading } from "../../tabular/tableReading";

/** A place in a workspace, as far as looking tells. */
export type FileKind = "file" | "folder" | "missing";

/**
 * The files of one workspace folder. Paths are relative to it, with forward slashes, "" for the folder itself; none leads outside,
 * a link to a place outside counts as missing.
 */
export interface WorkspaceFiles {
  /** All files but those of tools (`.git`, `node_modules`, environments, stores of runs); sorted by UTF-16 code units. */
  list(signal: CancelSignal): Promise<readonly string[]>;
  /** The text as people see it: in an editor that of the open document. Null where there is no such file. @throws Error with a sentence when it cannot be read. */
  readText(path: string, signal: CancelSignal): Promise<string | null>;
  look(
    path: string,
    signal: CancelSignal,
  ): Promise<{ readonly kind: FileKind; /** Bytes; null for what is no file. */ readonly size: number | null }>;
  /** Hex; null where there is no file, or one too large to be read on the way. */
  sha256(path: string, signal: CancelSignal): Promise<string | null>;
  /** Null where the kind of file has no columns. @throws Error with a sentence when the file is damaged. */
  columnNames(path: string, signal: CancelSignal, reading?: TableReading): Promise<readonly string[] | null>;
}

/** The repository that holds a folder of the workspace. */
export interface RepositoryFact {
  readonly activity: GitActivity;
  readonly codeowners: Codeowners | null;
  /** A path of the workspace as the repository calls it, from its root. */
  readonly toRepository: (path: string) => string;
}

/** What git knows. All is unknown, with a reason, where there is no repository or no trust in it. */
export interface Repositories {
  /** @param folder in the workspace; a submodule's folder leads to its own repository. */
  find(folder: string, signal: CancelSignal): Promise<Fact<RepositoryFact>>;
  /** A file of the workspace as it was at a commit; null where the commit or the file is not there. */
  textAt(path: string, commit: string, signal: CancelSignal): Promise<Fact<string | null>>;
  /** Who wrote the sign-offs of the repository that holds a folder. */
  decisions(folder: string, signal: CancelSignal): Promise<Fact<SignOffHistory>>;
}

/** What the trackers know. Servers are not asked: a lint gives the same answer offline. */
export interface RegistryReader {
  /** @param uri as `tracking.uri` has it, relative to `folder`; null for the store that the folder holds. */
  versions(folder: string, uri: string | null, model: string, signal: CancelSignal): Promise<Fact<readonly RegisteredVersionFact[]>>;
  /** The commit of the run that made a version; null for a version without a run, and for a run without a commit. */
  commitOf(folder: string, uri: string | null, model: string, version: string, signal: CancelSignal): Promise<Fact<string | null>>;
  /** Runs that people started by hand since then (milliseconds since 1970); null where runs cannot tell. */
  manualRuns(folder: string, uri: string | null, experiment: string, since: number, signal: CancelSignal): Promise<Fact<number | null>>;
  /** How the newest finished runs used their graphics processors; null where none logged it. @param below use in percent below which one is idle. */
  gpuUse(folder: string, uri: string | null, experiment: string, below: number, signal: CancelSignal): Promise<Fact<GpuUseFact | null>>;
}

/** The world as lint sees it. */
export interface LintPorts {
  readonly files: WorkspaceFiles;
  readonly repositories: Repositories;
  readonly registry: RegistryReader;
}
