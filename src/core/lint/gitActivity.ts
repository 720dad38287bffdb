/** A commit as the lint reads it; newest first in a log. `.mailmap` is applied already. */
export interface LoggedCommit {
  readonly email: string;
  readonly name: string;
  /** Milliseconds since 1970, of the author's writing. */
  readonly time: number;
  /** Files it changed, from the repository's root with forward slashes; `from` where it was renamed or copied. */
  readonly files: readonly { readonly path: string; readonly from: string | null }[];
}

export interface GitAuthor {
  readonly email: string;
  readonly name: string;
  readonly commits: number;
  /** Milliseconds since 1970. */
  readonly lastCommit: number;
}

interface Touch {
  readonly email: string;
  readonly time: number;
}

/**
 * Who changed what in a repository, from one reading of its log. A renamed file keeps what was done under its old names.
 * Merge commits count for their author, and change no file.
 */
export class GitActivity {
  private readonly authors = new Map<string, GitAuthor>();
  private readonly touches = new Map<string, Touch[]>();

  constructor(
    log: readonly LoggedCommit[],
    /** The log reaches back to the first commit; else nobody can say that somebody never committed. */
    readonly isComplete: boolean,
  ) {
    const present = new Map<string, string>();
    for (const commit of log) {
      this.countAuthor(commit);
      for (const { path, from } of commit.files) {
        const current = present.get(path) ?? path;
        if (from !== null) {
          present.set(from, current);
        }
        const known = this.touches.get(current);
        const touch = { email: commit.email.toLowerCase(), time: commit.time };
        if (known === undefined) {
          this.touches.set(current, [touch]);
        } else {
          known.push(touch);
        }
      }
    }
  }

  author(email: string): GitAuthor | undefined {
    return this.authors.get(email.toLowerCase());
  }

  /** Authors of the files, most commits to them first, then the most recent. A folder stands for all files in it. */
  authorsOf(paths: readonly string[]): readonly GitAuthor[] {
    const found = new Map<string, { commits: number; lastCommit: number }>();
    for (const { email, time } of this.touchesOf(paths)) {
      const known = found.get(email);
      found.set(email, { commits: (known?.commits ?? 0) + 1, lastCommit: Math.max(known?.lastCommit ?? 0, time) });
    }
    return Array.from(found, ([email, counts]) => ({ email, name: this.author(email)?.name ?? email, ...counts })).sort(
      (left, right) => right.commits - left.commits || right.lastCommit - left.lastCommit || (left.email < right.email ? -1 : 1),
    );
  }

  /** Who changed the files since then, most commits first. */
  authorsSince(paths: readonly string[], since: number): readonly string[] {
    const counts = new Map<string, number>();
    for (const { email, time } of this.touchesOf(paths)) {
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

  private *touchesOf(paths: readonly string[]): Iterable<Touch> {
    for (const path of new Set(paths)) {
      const exact = this.touches.get(path);
      if (exact !== undefined) {
        yield* exact;
        continue;
      }
      const folder = path === "" || path.endsWith("/") ? path : `${path}/`;
      for (const [file, touches] of this.touches) {
        if (file.startsWith(folder)) {
          yield* touches;
        }
      }
    }
  }
}
