import { createHash } from "node:crypto";

import type { CancelSignal } from "../../core/base/cancel";
import { SharedWork } from "../../core/base/sharedWork";
import type { CommitSignature, FileCommit, GitPerson, RemovedFile, SignOffHistory } from "../../core/governance/signOffHistory";
import type { GitObjects } from "./gitObjects";
import { parseSignOffLog, SIGN_OFF_FORMAT } from "./parseSignOffLog";
import { GitFailure, runGit } from "./runGit";

/** Sign-offs, and the files of which they are about; in every folder of the repository. */
const SIGN_OFFS = ":(glob)**/.mlops/signoffs/*";
const CONFIGS = [":(glob)**/mlops.y*ml", ":(glob)**/*.mlops.y*ml"];

const COMMIT = /^[0-9a-f]{7,64}$/i;
const LOG = [
  ...["log", "--use-mailmap", "--no-show-signature", "--encoding=UTF-8", "--full-history", "--topo-order"],
  ...["-z", "-c", "--raw", "--no-abbrev", "-M100%", "--no-ext-diff", "--no-textconv"],
];

/** Characters of paths on one command line; Windows takes some 32,000. */
const LONGEST_LINE = 20_000;

/**
 * Reads the history of all sign-offs of a repository at once. Git reads the repository's configuration, which can name programs to run, so this must not be
 * called for a workspace that the user does not trust.
 * @param head the commit that is checked out; "" before the first one. @param toRepository a path of the workspace, from the repository's root.
 * @param objects reads files of the repository.
 * @throws GitFailure, AppError `git/unavailable`.
 */
export async function readSignOffHistory(
  root: string,
  head: string,
  toRepository: (path: string) => string,
  objects: GitObjects,
  signal: CancelSignal,
): Promise<SignOffHistory> {
  if (head === "") {
    return new RepositoryHistory(root, head, toRepository, objects, { commits: new Map(), removed: new Map() }, new Map(), true);
  }
  // All commits are asked for, also those of branches whose change was undone by the merge. Only a file whose content stays the same counts as moved:
  // sign-offs look alike, and one that is added while another is taken away would else pass for its new version.
  const [shallow, log] = await Promise.all([
    runGit(root, ["rev-parse", "--is-shallow-repository"], signal),
    runGit(root, [...LOG, SIGN_OFF_FORMAT, head, "--", SIGN_OFFS, ...CONFIGS], signal),
  ]);
  const isShallow = shallow.trim() === "true";
  const logged = byPresentName(parseSignOffLog(log, isShallow));
  const blobs = await readBlobs(root, head, [...logged.commits.keys()], isShallow, signal);
  return new RepositoryHistory(root, head, toRepository, objects, logged, blobs, !isShallow);
}

type Change = Pick<FileCommit, "commit" | "author">;

class RepositoryHistory implements SignOffHistory {
  private readonly texts = new SharedWork<string, string>();
  private readonly names = new SharedWork<string, string>();
  private readonly changes = new SharedWork<string, readonly Change[] | null>();
  private readonly authors = new SharedWork<string, GitPerson | null>();
  private readonly signatures = new SharedWork<"all", ReadonlyMap<string, CommitSignature>>();

  constructor(
    private readonly root: string,
    readonly head: string,
    private readonly toRepository: (path: string) => string,
    private readonly objects: GitObjects,
    private readonly logged: LoggedFiles,
    private readonly blobs: ReadonlyMap<string, string>,
    readonly isComplete: boolean,
  ) {}

  commitsOf(path: string): readonly FileCommit[] {
    return this.logged.commits.get(this.toRepository(path)) ?? [];
  }

  removedFrom(folder: string): readonly RemovedFile[] {
    const place = `${this.toRepository(folder)}/`;
    return [...this.logged.removed].flatMap(([path, removed]) =>
      isDirectlyIn(place, path) && !this.blobs.has(path) ? [{ ...removed, name: path.slice(place.length) }] : [],
    );
  }

  namesIn(folder: string): readonly string[] {
    const place = `${this.toRepository(folder)}/`;
    return [...this.blobs.keys()].filter((path) => isDirectlyIn(place, path)).map((path) => path.slice(place.length));
  }

  headBlob(path: string): string | null {
    return this.blobs.get(this.toRepository(path)) ?? null;
  }

  blobOf(text: string): string {
    const bytes = Buffer.from(text, "utf8");
    // A repository of longer hashes counts in SHA-256.
    return createHash(this.head.length > 40 ? "sha256" : "sha1")
      .update(`blob ${bytes.length}\0`)
      .update(bytes)
      .digest("hex");
  }

  sha256(text: string): string {
    return createHash("sha256").update(text).digest("hex");
  }

  textOf(blob: string, signal: CancelSignal): Promise<string> {
    return this.texts.get(blob, signal, async (shared) => new TextDecoder().decode(await this.objects.read(blob, shared)));
  }

  async textAt(path: string, commit: string, signal: CancelSignal): Promise<string | null> {
    const name = this.toRepository(path);
    if (!COMMIT.test(commit) || name.startsWith("../")) {
      return null;
    }
    try {
      return await this.textOf(`${commit}:${name}`, signal);
    } catch (error) {
      if (error instanceof GitFailure) {
        return null;
      }
      throw error;
    }
  }

  async changesOf(paths: readonly string[], upTo: string, since: string | null, signal: CancelSignal): Promise<readonly Change[] | null> {
    const names = paths.map((path) => this.toRepository(path)).filter((name) => !name.startsWith("../"));
    // Sign-offs and registries are strangers' texts: only hexadecimal digits may reach git's command line.
    if (!COMMIT.test(upTo) || (since !== null && !COMMIT.test(since))) {
      return null;
    }
    return names.length === 0
      ? []
      : this.changes.get([upTo, since ?? "", ...names].join("\0"), signal, (shared) => this.readChanges(names, upTo, since, shared));
  }

  private async readChanges(
    names: readonly string[],
    upTo: string,
    since: string | null,
    signal: CancelSignal,
  ): Promise<readonly Change[] | null> {
    const range = since === null ? [upTo] : [upTo, `^${since}`];
    const places = names.map((name) => `:(top,literal)${name}`);
    try {
      const log = await runGit(this.root, [...LOG, SIGN_OFF_FORMAT, ...range, "--", ...places], signal);
      const changes = parseSignOffLog(log, false).map(({ commit, author }) => [commit, { commit, author }] as const);
      return [...new Map(changes).values()];
    } catch (error) {
      if (error instanceof GitFailure) {
        return null;
      }
      throw error;
    }
  }

  canonical(email: string, name: string | null, signal: CancelSignal): Promise<string> {
    const address = email.trim().toLowerCase();
    // A sign-off is a stranger's text: what is no plain address is asked of nobody.
    if (!/^[^\s<>@"]{1,200}@[^\s<>@"]{1,200}$/.test(address)) {
      return Promise.resolve(address);
    }
    const who = `${(name ?? "")
      .replace(/[<>\p{Cc}]/gu, " ")
      .trim()
      .slice(0, 200)} <${address}>`.trim();
    return this.names.get(who, signal, async (shared) => {
      const mapped = await runGit(this.root, ["check-mailmap", who], shared);
      return /<([^<>]*)>\s*$/.exec(mapped)?.[1]?.toLowerCase() ?? address;
    });
  }

  async signatureOf(commit: string, signal: CancelSignal): Promise<CommitSignature> {
    const known = await this.signatures.get("all", signal, (shared) => this.readSignatures(shared));
    return known.get(commit) ?? { state: "none", signer: "" };
  }

  authorOf(commit: string, signal: CancelSignal): Promise<GitPerson | null> {
    if (!COMMIT.test(commit)) {
      return Promise.resolve(null);
    }
    return this.authors.get(commit, signal, async (shared) => {
      try {
        const format = "--format=%aE%x00%ae%x00%aN";
        const line = await runGit(
          this.root,
          ["log", "-1", "--no-merges", "--topo-order", "--use-mailmap", "--no-show-signature", format, commit, "--"],
          shared,
        );
        const [email = "", rawEmail = "", name = ""] = line.trim().split("\0");
        return email === "" ? null : { email: email.toLowerCase(), rawEmail: rawEmail.toLowerCase(), name };
      } catch (error) {
        if (error instanceof GitFailure) {
          return null;
        }
        throw error;
      }
    });
  }

  /** Of all commits that touched a sign-off, in one go. Git starts gpg or ssh-keygen for those that are signed, and for no other. */
  private async readSignatures(signal: CancelSignal): Promise<ReadonlyMap<string, CommitSignature>> {
    const touched = [...this.logged.commits].filter(([path]) => path.includes(".mlops/signoffs/")).flatMap(([, commits]) => commits);
    const found = new Map<string, CommitSignature>();
    for (const some of inLines([...new Set(touched.map(({ commit }) => commit))])) {
      const args = ["log", "--no-walk=unsorted", "--no-show-signature", "-z", "--format=%H%x1f%G?%x1f%GS", ...some, "--"];
      for (const line of (await runGit(this.root, args, signal)).split("\0")) {
        const [commit = "", letter = "", signer = ""] = line.trim().split("\x1f");
        found.set(commit, { state: toState(letter), signer });
      }
    }
    return found;
  }
}

/** G good, U good by a key that nobody vouches for, X and Y expired, R revoked, E cannot be checked, B bad, N none. */
function toState(letter: string): CommitSignature["state"] {
  return letter === "G" ? "good" : letter === "N" || letter === "" ? "none" : letter === "B" || letter === "R" ? "bad" : "untrusted";
}

function isDirectlyIn(place: string, path: string): boolean {
  return path.startsWith(place) && !path.slice(place.length).includes("/");
}

interface LoggedFiles {
  readonly commits: ReadonlyMap<string, readonly FileCommit[]>;
  readonly removed: ReadonlyMap<string, Omit<RemovedFile, "name">>;
}

/** By the name that a file has now; a file that was added again begins anew. */
function byPresentName(changes: ReturnType<typeof parseSignOffLog>): LoggedFiles {
  const present = new Map<string, string>();
  const files = new Map<string, FileCommit[]>();
  const complete = new Set<string>();
  const removed = new Map<string, Omit<RemovedFile, "name">>();
  for (const { path, from, blob, ...commit } of changes) {
    const current = present.get(path) ?? path;
    if (from !== null) {
      present.set(from, current);
    }
    const known = files.get(current) ?? [];
    files.set(current, known);
    if (blob === null && known.length === 0 && !removed.has(current)) {
      removed.set(current, { commit: commit.commit, author: commit.author, blob: null });
    } else if (blob !== null && !complete.has(current)) {
      known.push({ ...commit, blob });
    }
    const gone = removed.get(current);
    if (gone?.blob === null && blob !== null) {
      removed.set(current, { ...gone, blob });
    }
    if (commit.change === "added") {
      complete.add(current);
      // An older file of that name is another one.
      present.delete(path);
    }
  }
  return { commits: files, removed };
}

/** Git's hashes of files in a commit; of all of them in a shallow clone, whose log may not name each. */
async function readBlobs(
  root: string,
  head: string,
  paths: readonly string[],
  isShallow: boolean,
  signal: CancelSignal,
): Promise<ReadonlyMap<string, string>> {
  const blobs = new Map<string, string>();
  const lists = isShallow ? [["-r"]] : inLines(paths).map((some) => ["--full-tree", ...some]);
  for (const some of lists) {
    const [flag = "", ...rest] = some;
    for (const line of (await runGit(root, ["ls-tree", "-z", flag, head, ...(rest.length === 0 ? [] : ["--", ...rest])], signal)).split(
      "\0",
    )) {
      const [, blob = "", path = ""] = /^\d+ blob ([\da-f]+)\t(.*)$/s.exec(line) ?? [];
      if (path !== "") {
        blobs.set(path, blob);
      }
    }
  }
  return blobs;
}

function inLines(words: readonly string[]): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let length = LONGEST_LINE;
  for (const word of words) {
    if (length + word.length + 1 > LONGEST_LINE) {
      lines.push([]);
      length = 0;
    }
    lines.at(-1)?.push(word);
    length += word.length + 1;
  }
  return lines;
}
