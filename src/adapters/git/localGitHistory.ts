import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ChangedFile, CommitInfo, DiffAgainst, GitHistory } from "../../core/tracking/gitHistory";
import { parseNameStatus } from "./parseNameStatus";
import { GitFailure, readGitObject, runGit, runGitOnFiles } from "./runGit";

/** Never an external diff program or a text converter, both of which a repository's attributes can name. */
const DIFF = ["--no-ext-diff", "--no-textconv", "--name-status", "-z", "--find-renames", "--ignore-submodules=all"];

/**
 * Reads commits with the user's own git. Git reads the repository's configuration, which can name programs to run, so this
 * must not be called for a workspace that the user does not trust.
 */
export class LocalGitHistory implements GitHistory {
  async findRepository(folder: string, signal: CancelSignal): Promise<string | null> {
    try {
      const root = (await runGit(folder, ["rev-parse", "--show-toplevel"], signal)).replace(/\r?\n$/, "");
      // Empty inside a bare repository, which has no files to compare with.
      return root === "" ? null : root;
    } catch (error) {
      return ifGitFailed(error, null);
    }
  }

  async findCommit(repository: string, commit: string, signal: CancelSignal): Promise<CommitInfo | null> {
    // No signature is shown, because checking one starts gpg.
    const format = ["log", "-1", "--no-show-signature", "--no-mailmap", "--encoding=UTF-8", "-z", "--format=%H%x00%P%x00%an%x00%at%x00%s"];
    try {
      const fields = (await runGit(repository, [...format, `${checkedHash(commit)}^{commit}`, "--"], signal)).split("\0");
      const [hash = "", parents = "", author = "", time = "", subject = ""] = fields;
      const seconds = Number(time);
      return {
        hash,
        subject,
        author,
        date: time !== "" && Number.isFinite(seconds) ? seconds * 1000 : null,
        parent: /^\w+/.exec(parents)?.[0] ?? null,
      };
    } catch (error) {
      const none = ifGitFailed(error, null);
      if (await this.isShallow(repository, signal)) {
        throw shallow(commit, "does not reach back to it");
      }
      return none;
    }
  }

  async changedFiles(repository: string, commit: string, against: DiffAgainst, signal: CancelSignal): Promise<readonly ChangedFile[]> {
    const found = await this.findCommit(repository, commit, signal);
    if (found === null) {
      throw new AppError("git/unavailable", `The repository ${repository} does not have the commit ${oneLine(commit, 40)}.`, {
        remedy: "Fetch it, or open the folder that holds the run's code.",
      });
    }
    try {
      return parseNameStatus(await runGitOnFiles(repository, await this.diffArguments(repository, found, against, signal), signal));
    } catch (error) {
      throw told(error, `Git could not compare the commit ${found.hash.slice(0, 10)}`);
    }
  }

  async fileAt(repository: string, commit: string, path: string, signal: CancelSignal): Promise<Uint8Array | null> {
    try {
      return await readGitObject(repository, `${checkedHash(commit)}:${path}`, signal);
    } catch (error) {
      return ifGitFailed(error, null);
    }
  }

  private async diffArguments(
    repository: string,
    commit: CommitInfo,
    against: DiffAgainst,
    signal: CancelSignal,
  ): Promise<readonly string[]> {
    if (typeof against === "object") {
      return ["diff", ...DIFF, commit.hash, checkedHash(against.commit), "--"];
    }
    if (against === "workingTree") {
      return ["diff", ...DIFF, commit.hash, "--"];
    }
    if (against === "head") {
      return ["diff", ...DIFF, commit.hash, "HEAD", "--"];
    }
    if (commit.parent !== null) {
      return ["diff", ...DIFF, commit.parent, commit.hash, "--"];
    }
    if (await this.isShallow(repository, signal)) {
      throw shallow(commit.hash, "does not hold its parent");
    }
    return ["diff-tree", ...DIFF, "-r", "--root", "--no-commit-id", commit.hash, "--"];
  }

  private async isShallow(repository: string, signal: CancelSignal): Promise<boolean> {
    try {
      return (await runGit(repository, ["rev-parse", "--is-shallow-repository"], signal)).trim() === "true";
    } catch (error) {
      return ifGitFailed(error, false);
    }
  }
}

/** A hash from a store is a stranger's text: only hexadecimal digits may reach git's command line. */
function checkedHash(commit: string): string {
  if (!/^[0-9a-f]{4,64}$/i.test(commit)) {
    throw new AppError("git/unavailable", `"${oneLine(commit, 60)}" is not a git commit.`, {
      remedy: "The run recorded no usable commit.",
    });
  }
  return commit;
}

function shallow(commit: string, what: string): AppError {
  return new AppError("git/unavailable", `The commit ${oneLine(commit, 10)} cannot be shown, because this shallow clone ${what}.`, {
    remedy: "Run git fetch --unshallow, then try again.",
  });
}

function ifGitFailed<T>(error: unknown, fallback: T): T {
  if (error instanceof GitFailure) {
    return fallback;
  }
  throw error;
}

function told(error: unknown, what: string): unknown {
  return error instanceof GitFailure
    ? new AppError("git/unavailable", `${what}: ${oneLine(error.message)}`, { remedy: "Try git in a terminal.", cause: error })
    : error;
}
