import type { CancelSignal } from "../base/cancel";
import { parseOnce } from "../lint/workspace/readParsed";
import { readSignOff } from "./readSignOff";
import type { FileCommit, SignOffHistory } from "./signOffHistory";

/** Where a sign-off's file comes from. */
export interface SignOffOrigin {
  /** The commit that first held the decision; null where none does. Drafts before it do not count: they may pass through many hands. */
  readonly decided: FileCommit | null;
  /** Who changed the file after that, as the end of a sentence; null where nobody did. A decision is added and never edited. */
  readonly edited: string | null;
}

/**
 * @param head git's hash of what the file holds by git; of what it held last where it was taken away.
 * @returns null where the clone does not reach back to the file's beginning. @throws when git cannot be asked.
 */
export async function originOf(
  path: string,
  text: string,
  head: string | null,
  history: SignOffHistory,
  signal: CancelSignal,
): Promise<SignOffOrigin | null> {
  const commits = [...history.commitsOf(path)].reverse();
  if (head === null) {
    return { decided: null, edited: null };
  }
  if (commits[0]?.change !== "added") {
    return history.isComplete ? { decided: null, edited: "it came in by a merge, so that nobody can say who wrote it" } : null;
  }
  const isAsCommitted = head === history.blobOf(text) || head === history.blobOf(text.replaceAll("\r\n", "\n"));
  const hasDecision = async (blob: string): Promise<boolean> =>
    isDecided(isAsCommitted && blob === head ? text : await history.textOf(blob, signal));
  let decided: FileCommit | null = null;
  let edited: string | null = null;
  for (const commit of commits) {
    if (commit.change === "moved") {
      continue;
    }
    if (decided !== null) {
      edited ??= `${commit.author.email} changed it in the commit ${commit.commit.slice(0, 10)}`;
    } else if (await hasDecision(commit.blob)) {
      decided = commit;
    }
  }
  if (decided !== null) {
    edited ??= head === commits.at(-1)?.blob ? null : "a merge changed it";
    edited ??= isAsCommitted ? null : "it was changed here and that is not committed";
  }
  return { decided, edited };
}

/** What cannot be read holds no decision; what counts begins with the first commit that holds one. */
function isDecided(text: string): boolean {
  try {
    return parseOnce(text, readSignOff).decision !== null;
  } catch {
    return false;
  }
}
