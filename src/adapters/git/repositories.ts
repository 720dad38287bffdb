import { existsSync } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

import { NEVER_CANCELLED, unlessCancelled, type CancelSignal } from "../../core/base/cancel";
import { SharedWork } from "../../core/base/sharedWork";
import { Codeowners, CODEOWNERS_PLACES } from "../../core/lint/codeowners";
import type { SignOffHistory } from "../../core/governance/signOffHistory";
import type { Fact } from "../../core/lint/lintFacts";
import type { Repositories, RepositoryFact } from "../../core/lint/workspace/lintPorts";
import { reasonOf } from "../../core/lint/workspace/reasonOf";
import { folderOf } from "../../core/lint/workspace/workspacePath";
import { findRepositoryHead, readGitActivity, type RepositoryActivity } from "./readGitActivity";
import { readSignOffHistory } from "./readSignOffHistory";
import { GitObjects } from "./gitObjects";
import { GitFailure, runGit } from "./runGit";

export interface ForgettingRepositories extends Repositories {
  /** A commit may have been made, or CODEOWNERS changed. What holds for a commit is kept. */
  forget(): void;
}

/** Texts of commits that are kept; each approval names one. */
const MOST_TEXTS = 2000;
const NO_REPOSITORY = "there is no git repository";
const CUT_HISTORY = "the clone does not hold the whole history";

/**
 * What the user's own git knows about the files of a folder. Git reads the repository's configuration, which can name programs to run, so
 * this must not be used for a workspace that the user does not trust.
 */
export function openRepositories(root: string): ForgettingRepositories {
  return new LocalRepositories(root);
}

interface Opened extends RepositoryFact {
  readonly root: string;
  /** Changes with what a history of sign-offs rests on. */
  readonly state: string;
  readonly head: string;
}

class LocalRepositories implements ForgettingRepositories {
  /** By folder: many products share a repository, and it is asked once. */
  private readonly places = new Map<string, string | null>();
  private readonly opened = new SharedWork<string, Fact<Opened>>();
  private readonly texts = new SharedWork<string, string | null>();
  private textCount = 0;
  /** By root of the repository. */
  private readonly objects = new Map<string, GitObjects>();
  /** By root of the repository; a log holds as long as HEAD and .mailmap do. */
  private readonly logs = new Map<string, { readonly mailmap: string | null; readonly log: RepositoryActivity }>();
  /** By root of the repository, as the logs are; read only where a product has sign-offs. */
  private readonly decided = new Map<string, { readonly state: string; readonly history: Promise<SignOffHistory> }>();
  private realRoot: Promise<string> | undefined;

  constructor(private readonly root: string) {}

  find(folder: string, signal: CancelSignal): Promise<Fact<RepositoryFact>> {
    return this.open(folder, signal);
  }

  async textAt(path: string, commit: string, signal: CancelSignal): Promise<Fact<string | null>> {
    // A sign-off is a stranger's text: only hexadecimal digits may reach git's command line.
    if (!/^[0-9a-f]{4,64}$/i.test(commit)) {
      return { known: true, value: null };
    }
    const repository = await this.open(folderOf(path), signal);
    if (!repository.known) {
      return repository;
    }
    const { root, activity, toRepository } = repository.value;
    try {
      const name = toRepository(path);
      for (const candidate of [name, ...activity.namesBefore(name)]) {
        const text = await this.textOf(root, commit, candidate, signal);
        if (text !== null) {
          return { known: true, value: text };
        }
      }
      const isCut = !activity.isComplete && !(await hasCommit(root, commit, signal));
      return isCut ? { known: false, why: CUT_HISTORY } : { known: true, value: null };
    } catch (error) {
      signal.throwIfAborted();
      return { known: false, why: reasonOf(error) };
    }
  }

  async decisions(folder: string, signal: CancelSignal): Promise<Fact<SignOffHistory>> {
    const repository = await this.open(folder, signal);
    if (!repository.known) {
      return repository;
    }
    const { root, state, head, toRepository } = repository.value;
    let known = this.decided.get(root);
    if (known?.state !== state) {
      // Whoever asked first may give up while others still wait.
      known = { state, history: readSignOffHistory(root, head, toRepository, this.objectsOf(root), NEVER_CANCELLED) };
      this.decided.set(root, known);
    }
    try {
      return { known: true, value: await unlessCancelled(known.history, signal) };
    } catch (error) {
      signal.throwIfAborted();
      this.decided.delete(root);
      return { known: false, why: error instanceof GitFailure ? `git says "${reasonOf(error)}"` : reasonOf(error) };
    }
  }

  forget(): void {
    this.places.clear();
    this.opened.forgetAll();
  }

  private objectsOf(root: string): GitObjects {
    const known = this.objects.get(root) ?? new GitObjects(root);
    this.objects.set(root, known);
    return known;
  }

  private async open(folder: string, signal: CancelSignal): Promise<Fact<Opened>> {
    this.realRoot ??= realpath(this.root);
    const place = this.placeOf(join(await this.realRoot, folder));
    return place === null ? { known: false, why: NO_REPOSITORY } : this.opened.get(place, signal, (shared) => this.openAt(place, shared));
  }

  /** The nearest folder up with a `.git`; asked of the disk, because asking git would start it for each folder. */
  private placeOf(folder: string): string | null {
    const known = this.places.get(folder);
    if (known !== undefined) {
      return known;
    }
    const parent = dirname(folder);
    const place = existsSync(join(folder, ".git")) ? folder : parent === folder ? null : this.placeOf(parent);
    this.places.set(folder, place);
    return place;
  }

  /** What fails is known until it is asked to be forgotten, so that a broken repository does not start git at each keystroke. */
  private async openAt(place: string, signal: CancelSignal): Promise<Fact<Opened>> {
    try {
      const found = await findRepositoryHead(place, signal);
      if (found === null) {
        return { known: false, why: NO_REPOSITORY };
      }
      const root = await realpath(found.root);
      const [mailmap, codeowners, base] = await Promise.all([readOrNull(join(root, ".mailmap")), readCodeowners(root), this.realRoot]);
      const known = this.logs.get(root);
      const isCurrent = known?.mailmap === mailmap && known.log.head === found.head;
      const log = isCurrent ? known.log : await readGitActivity(root, found.head, signal);
      this.logs.set(root, { mailmap, log });
      const toRepository = (path: string): string =>
        relative(root, join(base ?? this.root, path))
          .split(sep)
          .join("/");
      const state = `${found.head}\0${mailmap ?? ""}`;
      return { known: true, value: { root, activity: log.activity, codeowners, toRepository, state, head: found.head } };
    } catch (error) {
      signal.throwIfAborted();
      return { known: false, why: error instanceof GitFailure ? `git says "${reasonOf(error)}"` : reasonOf(error) };
    }
  }

  private textOf(root: string, commit: string, name: string, signal: CancelSignal): Promise<string | null> {
    if (this.textCount++ > MOST_TEXTS) {
      this.texts.forgetAll();
      this.textCount = 0;
    }
    return this.texts.get([root, commit, name].join("\0"), signal, async (shared) => {
      try {
        return new TextDecoder().decode(await this.objectsOf(root).read(`${commit}:${name}`, shared));
      } catch (error) {
        if (error instanceof GitFailure) {
          return null; // The commit has no such file, or the repository no such commit.
        }
        throw error;
      }
    });
  }
}

async function hasCommit(root: string, commit: string, signal: CancelSignal): Promise<boolean> {
  try {
    await runGit(root, ["cat-file", "-e", `${commit}^{commit}`], signal);
    return true;
  } catch (error) {
    if (error instanceof GitFailure) {
      return false;
    }
    throw error;
  }
}

async function readCodeowners(root: string): Promise<Codeowners | null> {
  for (const place of CODEOWNERS_PLACES) {
    const text = await readOrNull(join(root, place));
    if (text !== null) {
      return new Codeowners(text);
    }
  }
  return null;
}

/** A file that cannot be read names nobody. */
async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return null; // Most repositories lack some of these files.
  }
}
