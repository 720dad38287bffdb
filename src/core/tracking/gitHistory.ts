import type { CancelSignal } from "../base/cancel";

export interface CommitInfo {
  /** The full hash. */
  readonly hash: string;
  readonly subject: string;
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly date: number | null;
  /** The first parent, or null for the first commit of a history. */
  readonly parent: string | null;
}

export interface ChangedFile {
  /** Relative to the repository's root, with `/`. Null where the file does not exist on that side. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What a commit is compared with. "parent" shows what the commit changed; the others what happened since, or in another commit. */
export type DiffAgainst = "parent" | "head" | "workingTree" | { readonly commit: string };

/** The local git repository, read-only. All calls throw `git/unavailable` with a sentence where git cannot answer. */
export interface GitHistory {
  /** The root of the working tree that holds `folder`, or null where the folder is in none. */
  findRepository(folder: string, signal: CancelSignal): Promise<string | null>;
  /** Null where the repository does not have the commit: another repository, a rewritten history. Throws for a shallow clone that lacks it. */
  findCommit(repository: string, commit: string, signal: CancelSignal): Promise<CommitInfo | null>;
  /** Files that differ. For "parent": before = parent, after = the commit; otherwise before = the commit, after = the other side. */
  changedFiles(repository: string, commit: string, against: DiffAgainst, signal: CancelSignal): Promise<readonly ChangedFile[]>;
  /** The content of a file at a commit, or null where it has none. */
  fileAt(repository: string, commit: string, path: string, signal: CancelSignal): Promise<Uint8Array | null>;
}
