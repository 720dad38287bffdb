import type { CancelSignal } from "../../core/base/cancel";
import { GitActivity } from "../../core/lint/gitActivity";
import { COMMIT_FORMAT, parseCommitLog, type ParsedCommit } from "./parseCommitLog";
import { GitFailure, runGit } from "./runGit";

/** Enough to know who works on a product; beyond it the log is taken for incomplete. */
const MOST_COMMITS = 20_000;

/** What the lint knows of one repository. */
export interface RepositoryActivity {
  /** The folder with the working tree. */
  readonly root: string;
  /** Changes when a commit is made; "" before the first one. */
  readonly head: string;
  readonly activity: GitActivity;
}

/** Where the folder's repository is and which commit it is at; null outside of one. Fast: to be asked before `readGitActivity`. */
export async function findRepositoryHead(
  folder: string,
  signal: CancelSignal,
): Promise<{ readonly root: string; readonly head: string } | null> {
  try {
    const root = (await runGit(folder, ["rev-parse", "--show-toplevel"], signal)).replace(/\r?\n$/, "");
    if (root === "") {
      return null;
    }
    return { root, head: await headOf(root, signal) };
  } catch (error) {
    if (error instanceof GitFailure && error.message.includes("not a git repository")) {
      return null;
    }
    throw error;
  }
}

/**
 * Reads the log of the repository once for all its products. Git reads the repository's configuration, which can name programs
 * to run, so this must not be called for a workspace that the user does not trust.
 */
export async function readGitActivity(root: string, head: string, signal: CancelSignal): Promise<RepositoryActivity> {
  if (head === "") {
    return { root, head, activity: new GitActivity([], null) };
  }
  const [shallow, log] = await Promise.all([
    runGit(root, ["rev-parse", "--is-shallow-repository"], signal),
    runGit(
      root,
      // No signature is shown, because checking one starts gpg.
      [
        "log",
        "--use-mailmap",
        "--no-show-signature",
        "--encoding=UTF-8",
        `--max-count=${MOST_COMMITS}`,
        "-z",
        "-M",
        "--name-status",
        COMMIT_FORMAT,
        head,
        "--",
      ],
      signal,
    ),
  ]);
  return { root, head, activity: toActivity(parseCommitLog(log), shallow.trim() === "true") };
}

/**
 * Where a shallow clone is cut, the first commit seems to have added every file, so that its files say nothing; and what lies behind it
 * may be as young as it is.
 */
function toActivity(commits: readonly ParsedCommit[], isShallow: boolean): GitActivity {
  const cut = isShallow ? commits.filter(({ isFirst }) => isFirst) : commits.length < MOST_COMMITS ? [] : commits.slice(-1);
  const horizon = cut.length === 0 ? null : Math.max(...cut.map(({ committed }) => committed));
  return new GitActivity(isShallow ? commits.map((commit) => (commit.isFirst ? { ...commit, files: [] } : commit)) : commits, horizon);
}

/** The hash, or "" where nothing was committed yet. */
async function headOf(root: string, signal: CancelSignal): Promise<string> {
  try {
    return (await runGit(root, ["rev-parse", "--verify", "--quiet", "HEAD"], signal)).trim();
  } catch (error) {
    if (error instanceof GitFailure) {
      return "";
    }
    throw error;
  }
}
