import type { CancelSignal } from "../base/cancel";

/** Somebody in a commit. */
export interface GitPerson {
  /** `.mailmap` is applied; lower case. */
  readonly email: string;
  /** As it stands in the commit; lower case. */
  readonly rawEmail: string;
  readonly name: string;
}

/** A commit that touched a sign-off or a product's file. */
export interface FileCommit {
  readonly commit: string;
  /** Place in the log: smaller is newer. */
  readonly index: number;
  /** Milliseconds since 1970, of the author's writing. */
  readonly time: number;
  readonly author: GitPerson;
  readonly committer: GitPerson;
  /** "moved" where nothing but the name changed. */
  readonly change: "added" | "changed" | "moved";
  /** Git's hash of the content that the commit leaves behind. */
  readonly blob: string;
}

/** A file that is not there any more. */
export interface RemovedFile {
  readonly name: string;
  readonly commit: string;
  readonly author: GitPerson;
  /** Git's hash of what it held last; null where the log does not reach back to it. */
  readonly blob: string | null;
}

/** What git found about a commit's signature. */
export interface CommitSignature {
  /** "good": of a key that the reader trusts; "untrusted": of another key, or of one that is not here; "bad": it does not fit. */
  readonly state: "good" | "untrusted" | "bad" | "none";
  /** Whose key it is, as git or the list of allowed signers says; "" where nobody does. */
  readonly signer: string;
}

/**
 * What one repository knows of its sign-offs and products' files. Paths are of the workspace. All that is asked of git is remembered
 * as long as HEAD and `.mailmap` stay.
 */
export interface SignOffHistory {
  /** The commit that is checked out; "" before the first one. */
  readonly head: string;
  /** False for a shallow clone: then a file without commits may have some. */
  readonly isComplete: boolean;
  /** Newest first, from the last commit that added the file on, under whatever name; empty for a file that was never committed. */
  commitsOf(path: string): readonly FileCommit[];
  /** Files of a folder, by name, that the history took away, with the commit that did and the content before it. */
  removedFrom(folder: string): readonly RemovedFile[];
  /** The names of a folder's files in the commit that is checked out. */
  namesIn(folder: string): readonly string[];
  /** Git's hash of the file in the commit that is checked out; null where it is not in it. */
  headBlob(path: string): string | null;
  /** What git's hash of a text is. */
  blobOf(text: string): string;
  /** SHA-256, hex. */
  sha256(text: string): string;
  /** The content of a git hash. @throws Error when git does not have it. */
  textOf(blob: string, signal: CancelSignal): Promise<string>;
  /** The address by which `.mailmap` calls somebody; lower case. */
  canonical(email: string, name: string | null, signal: CancelSignal): Promise<string>;
  /** Of a commit that `commitsOf` gave for a sign-off. */
  signatureOf(commit: string, signal: CancelSignal): Promise<CommitSignature>;
  /** The content of a file as a commit holds it; null where it has none, or there is no such commit. @throws when git cannot be asked. */
  textAt(path: string, commit: string, signal: CancelSignal): Promise<string | null>;
  /**
   * Commits that changed one of some files, newest first: those that a commit rests on, but for those that another one rests on. Merges only where they changed
   * something themselves. Null where one of the commits is not there. @throws when git cannot be asked.
   */
  changesOf(
    paths: readonly string[],
    upTo: string,
    since: string | null,
    signal: CancelSignal,
  ): Promise<readonly Pick<FileCommit, "commit" | "author">[] | null>;
  /** Who wrote a commit; for a merge, who wrote the newest commit that it brought together. Null for a commit that is not there. */
  authorOf(commit: string, signal: CancelSignal): Promise<GitPerson | null>;
}
