import { pathsBelow } from "./pathsBelow";

/** A file in a commit, from the repository's root with forward slashes. */
export interface LoggedFile {
  readonly path: string;
  /** The name before, where it was renamed. */
  readonly from: string | null;
  /** "moved" where nothing but the name changed; absent for any other change. */
  readonly change?: "added" | "moved";
}

/** A commit as the lint reads it; newest first in a log. `.mailmap` is applied already. */
export interface LoggedCommit {
  readonly email: string;
  readonly name: string;
  /** Milliseconds since 1970, of the author's writing. */
  readonly time: number;
  readonly files: readonly LoggedFile[];
}

export interface GitAuthor {
  readonly email: string;
  readonly name: string;
  readonly commits: number;
  /** Milliseconds since 1970. */
  readonly lastCommit: number;
}

interface Touch {
  /** Its place in the log. */
  readonly commit: number;
  readonly email: string;
  readonly time: number;
  readonly change: LoggedFile["change"] | "changed";
}

/**
 * Who changed what in a repository, from one reading of its log. A renamed file keeps what was done under its old names.
 * Merge commits count for their author, and change no file.
 */
export class GitActivity {
  private readonly authors = new Map<string, GitAuthor>();
  /** By the name that a file has now; newest first. */
  private readonly touches = new Map<string, Touch[]>();
  private readonly formerNames = new Map<string, string[]>();
  private readonly authorsOfPlace = new Map<string, readonly GitAuthor[]>();
  private sorted: readonly string[] | undefined;

  /** @param horizon milliseconds since 1970 before which the log may lack commits; null where it reaches back to the first one. */
  constructor(
    log: readonly LoggedCommit[],
    private readonly horizon: number | null,
  ) {
    const present = new Map<string, string>();
    for (const [index, commit] of log.entries()) {
      this.countAuthor(commit);
      // The files of a commit share their touches: a repository has far more of them than commits.
      const shared = new Map<Touch["change"], Touch>();
      for (const { path, from, change = "changed" } of commit.files) {
        const current = present.get(path) ?? path;
        if (from !== null) {
          present.set(from, current);
          addTo(this.formerNames, current, from);
        }
        const touch = shared.get(change) ?? { commit: index, email: commit.email.toLowerCase(), time: commit.time, change };
        shared.set(change, touch);
        addTo(this.touches, current, touch);
      }
    }
  }

  /** Else nobody can say that somebody never committed. */
  get isComplete(): boolean {
    return this.horizon === null;
  }

  /** Whether all commits from then on are known. */
  knowsSince(time: number): boolean {
    return this.horizon === null || time >= this.horizon;
  }

  author(email: string): GitAuthor | undefined {
    return this.authors.get(email.toLowerCase());
  }

  /** Authors of a file, or of all files in a folder; most commits to it first, then the most recent. */
  authorsOf(place: string): readonly GitAuthor[] {
    const known = this.authorsOfPlace.get(place);
    if (known !== undefined) {
      return known;
    }
    const found = new Map<string, { commits: number; lastCommit: number }>();
    for (const { email, time } of this.commitsOf([place])) {
      const counts = found.get(email);
      found.set(email, { commits: (counts?.commits ?? 0) + 1, lastCommit: Math.max(counts?.lastCommit ?? 0, time) });
    }
    const authors = Array.from(found, ([email, counts]) => ({ email, name: this.author(email)?.name ?? email, ...counts })).sort(
      (left, right) => right.commits - left.commits || right.lastCommit - left.lastCommit || (left.email < right.email ? -1 : 1),
    );
    this.authorsOfPlace.set(place, authors);
    return authors;
  }

  /** Who changed the files since then, most commits first. A folder stands for all files in it. */
  authorsSince(paths: readonly string[], since: number): readonly string[] {
    const counts = new Map<string, number>();
    for (const { email, time } of this.commitsOf(paths)) {
      if (time >= since) {
        counts.set(email, (counts.get(email) ?? 0) + 1);
      }
    }
    return Array.from(counts)
      .sort(([left, some], [right, more]) => more - some || (left < right ? -1 : 1))
      .map(([email]) => email);
  }

  /** The newest change of the files, or null. */
  lastChange(paths: readonly string[]): { readonly email: string; readonly time: number } | null {
    let newest: Touch | null = null;
    for (const touch of this.touchesOf(paths)) {
      if (newest === null || touch.time > newest.time) {
        newest = touch;
      }
    }
    return newest;
  }

  /**
   * Who wrote a file as it stands, the one who added it first; who only renamed it is left out. Empty for a file that was never
   * committed, null where the log does not reach back to its beginning.
   */
  writersOf(path: string): readonly string[] | null {
    const writers = new Set<string>();
    for (const { email, change } of this.touches.get(path) ?? []) {
      if (change !== "moved") {
        writers.delete(email);
        writers.add(email);
      }
      if (change === "added") {
        return [...writers].reverse();
      }
    }
    return this.isComplete ? [...writers].reverse() : null;
  }

  /** The names that a file had before, newest first. */
  namesBefore(path: string): readonly string[] {
    return this.formerNames.get(path) ?? [];
  }

  private countAuthor({ email, name, time }: LoggedCommit): void {
    const key = email.toLowerCase();
    const known = this.authors.get(key);
    // The newest commit comes first, so its name is the one in use.
    this.authors.set(key, {
      email: key,
      name: known?.name ?? name,
      commits: (known?.commits ?? 0) + 1,
      lastCommit: Math.max(known?.lastCommit ?? 0, time),
    });
  }

  /** One touch for each commit: to import a hundred files at once is no more work on them than to mend one. */
  private *commitsOf(paths: readonly string[]): Iterable<Touch> {
    const seen = new Set<number>();
    for (const touch of this.touchesOf(paths)) {
      if (!seen.has(touch.commit)) {
        seen.add(touch.commit);
        yield touch;
      }
    }
  }

  private *touchesOf(paths: readonly string[]): Iterable<Touch> {
    for (const path of new Set(paths)) {
      const exact = this.touches.get(path);
      if (exact !== undefined) {
        yield* exact;
        continue;
      }
      for (const file of this.filesIn(path.replace(/\/$/, ""))) {
        yield* this.touches.get(file) ?? [];
      }
    }
  }

  private filesIn(folder: string): readonly string[] {
    this.sorted ??= [...this.touches.keys()].sort();
    return pathsBelow(this.sorted, folder);
  }
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const known = lists.get(key);
  if (known === undefined) {
    lists.set(key, [item]);
  } else {
    known.push(item);
  }
}
