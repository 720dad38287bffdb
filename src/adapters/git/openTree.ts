import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

import type { CancelSignal } from "../../core/base/cancel";
import { SharedWork } from "../../core/base/sharedWork";
import type { ChangedPath, GateGit, WorkingTree } from "../../core/deployment/gate/gateWorld";
import type { Fact } from "../../core/lint/lintFacts";
import { reasonOf } from "../../core/lint/workspace/reasonOf";
import { findRepositoryHead } from "./readGitActivity";
import { GitFailure, runGit, runGitOnFiles } from "./runGit";

/** What git knows of the tree, until it is asked to forget it. */
export interface ForgettingTree extends Pick<GateGit, "tree" | "changedSince"> {
  /** Files or commits may have changed. */
  forget(): void;
}

/**
 * Asked once a repository, so that a thousand products in one ask it once. Git reads the repository's configuration, which can name programs to run, so that
 * this must not be used for a workspace that the user does not trust.
 * @param root absolute path of the workspace.
 */
export function openTree(root: string): ForgettingTree {
  return new LocalTree(root);
}

interface Place {
  readonly root: string;
  readonly head: string;
}

class LocalTree implements ForgettingTree {
  private readonly places = new SharedWork<string, Place | null>();
  private readonly trees = new SharedWork<string, WorkingTree>();
  private readonly changes = new SharedWork<string, readonly string[] | null>();
  private realRoot: Promise<string> | undefined;

  constructor(private readonly root: string) {}

  tree(folder: string, signal: CancelSignal): Promise<Fact<WorkingTree>> {
    return this.asking(folder, signal, (place) =>
      this.trees.get(place.root, signal, async (shared) => {
        // Also single files of new folders, because only some of them may count.
        const text = await runGitOnFiles(place.root, ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"], shared);
        const changed = changedPaths(text).map(async (one) => ({ ...one, path: await this.toWorkspace(place.root, one.path) }));
        return { commit: place.head, changed: await Promise.all(changed) };
      }),
    );
  }

  changedSince(folder: string, commit: string, signal: CancelSignal): Promise<Fact<readonly string[] | null>> {
    // A report is a stranger's text: only hexadecimal digits may reach git's command line.
    if (!/^[0-9a-f]{4,64}$/i.test(commit)) {
      return Promise.resolve({ known: true, value: null });
    }
    return this.asking(folder, signal, async (place) => {
      if (place.head.startsWith(commit.toLowerCase())) {
        return [];
      }
      return this.changes.get([place.root, commit].join("\0"), signal, async (shared) => {
        const args = ["diff", "--name-only", "--no-renames", "-z", "--no-ext-diff", `${commit}^{commit}`, place.head, "--"];
        const text = await this.unlessGone(place.root, commit, runGit(place.root, args, shared), shared);
        const paths = text?.split("\0").filter((path) => path !== "");
        return paths === undefined ? null : Promise.all(paths.map((path) => this.toWorkspace(place.root, path)));
      });
    });
  }

  forget(): void {
    this.places.forgetAll();
    this.trees.forgetAll();
    this.changes.forgetAll();
  }

  private async asking<T>(folder: string, signal: CancelSignal, question: (place: Place) => Promise<T>): Promise<Fact<T>> {
    try {
      const home = nearestRepository(join(this.root, folder));
      const place =
        home === null
          ? null
          : await this.places.get(home, signal, async (shared) => {
              const found = await findRepositoryHead(home, shared);
              return found === null ? null : { root: await realpath(found.root), head: found.head };
            });
      if (place === null) {
        return { known: false, why: "there is no git repository" };
      }
      return place.head === "" ? { known: false, why: "nothing was committed yet" } : { known: true, value: await question(place) };
    } catch (error) {
      signal.throwIfAborted();
      return { known: false, why: error instanceof GitFailure ? `git says "${reasonOf(error)}"` : reasonOf(error) };
    }
  }

  /** Null where git fails because it has no such commit, which is asked only then: most have it. */
  private async unlessGone(root: string, commit: string, answer: Promise<string>, signal: CancelSignal): Promise<string | null> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof GitFailure)) {
        throw error;
      }
      const isThere = await runGit(root, ["cat-file", "-e", `${commit}^{commit}`], signal).then(
        () => true,
        () => false,
      );
      signal.throwIfAborted();
      if (isThere) {
        throw error;
      }
      return null;
    }
  }

  /** What lies around the workspace begins with "../". */
  private async toWorkspace(repository: string, path: string): Promise<string> {
    this.realRoot ??= realpath(this.root);
    const root = await this.realRoot;
    return root === repository ? path : relative(root, join(repository, path)).split(sep).join("/");
  }
}

/** The nearest folder up with a `.git`: asked of the disk, because git would have to be started for each folder. */
function nearestRepository(folder: string): string | null {
  for (let place = folder; ; place = dirname(place)) {
    if (existsSync(join(place, ".git"))) {
      return place;
    }
    if (dirname(place) === place) {
      return null;
    }
  }
}

/** Two letters, a blank and the path. */
function changedPaths(status: string): readonly ChangedPath[] {
  return status.split("\0").flatMap((entry) => (entry.length > 3 ? [{ path: entry.slice(3), isTracked: !entry.startsWith("??") }] : []));
}
