import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { GitFailure, runGit } from "./runGit";

/** A moment in the life of a repository. */
export interface RepositoryMark {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly kind: "release" | "commit";
  readonly label: string;
  /** Of a tag, the commit that it is at. */
  readonly commit?: string;
}

const MOST_COMMITS = 200;
const MOST_TAGS = 1000;

/**
 * Tags of the repository, and commits that touched a product's files, between two moments. Git reads the repository's configuration, which
 * can name programs to run, so that this must not be called for a workspace that the user does not trust.
 * @param folder absolute path of the product's folder.
 * @returns none where the folder is in no repository, or git cannot tell.
 */
export async function readProductMarks(folder: string, from: number, to: number, signal: CancelSignal): Promise<readonly RepositoryMark[]> {
  try {
    const [tags, commits] = await Promise.all([readTags(folder, signal), readCommits(folder, from, to, signal)]);
    return [...tags, ...commits].filter(({ time }) => time >= from && time <= to);
  } catch (error) {
    if (error instanceof GitFailure) {
      return [];
    }
    throw error;
  }
}

/** The commit that is checked out; null outside of a repository and before the first one. */
export async function readHead(folder: string, signal: CancelSignal): Promise<string | null> {
  try {
    return (await runGit(folder, ["rev-parse", "--verify", "--quiet", "HEAD"], signal)).trim() || null;
  } catch (error) {
    if (error instanceof GitFailure) {
      return null;
    }
    throw error;
  }
}

async function readTags(folder: string, signal: CancelSignal): Promise<readonly RepositoryMark[]> {
  // An annotated tag is an object of its own, which points at the commit.
  const commit = "%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)";
  const format = `--format=%(creatordate:unix)%00%(refname:short)%00${commit}`;
  const text = await runGit(folder, ["for-each-ref", "--sort=-creatordate", `--count=${String(MOST_TAGS)}`, format, "refs/tags"], signal);
  return marksIn(text, "release");
}

async function readCommits(folder: string, from: number, to: number, signal: CancelSignal): Promise<readonly RepositoryMark[]> {
  const seconds = (time: number): string => new Date(time).toISOString();
  const text = await runGit(
    folder,
    [
      "log",
      "--no-show-signature",
      "--encoding=UTF-8",
      `--max-count=${String(MOST_COMMITS)}`,
      `--since=${seconds(from)}`,
      `--until=${seconds(to)}`,
      "--format=%ct%x00%h %s",
      "--",
      ".",
    ],
    signal,
  );
  return marksIn(text, "commit");
}

function marksIn(text: string, kind: RepositoryMark["kind"]): readonly RepositoryMark[] {
  return text.split("\n").flatMap((line): readonly RepositoryMark[] => {
    const [seconds = "", name = "", commit] = line.split("\0");
    const time = Number(seconds) * 1000;
    return seconds === "" || !Number.isFinite(time)
      ? []
      : [{ time, kind, label: oneLine(name, 100), ...(commit === undefined ? {} : { commit }) }];
  });
}
