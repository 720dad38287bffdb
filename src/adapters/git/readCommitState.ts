import { join } from "node:path";

import type { CancelSignal } from "../../core/base/cancel";
import { folderOf } from "../../core/lint/workspace/workspacePath";
import type { CommitState } from "../../core/monitoring/monitoringCheck";
import { findRepositoryHead } from "./readGitActivity";
import { runGitOnFiles } from "./runGit";

/**
 * The commit that a product's folder stands at, and whether files that git knows were changed there since. Results of checks do not count:
 * they are added all the time and change nothing. Null without a repository, without a commit, and where git cannot be asked.
 * @param root absolute path of the workspace. @param config the product's file in it.
 */
export async function readCommitState(root: string, config: string, signal: CancelSignal): Promise<CommitState | null> {
  const folder = join(root, folderOf(config));
  try {
    const found = await findRepositoryHead(folder, signal);
    if (found === null || found.head === "") {
      return null;
    }
    const args = ["status", "--porcelain", "--untracked-files=no", "--", ".", ":(exclude,glob)**/.mlops/monitoring/**"];
    return { commit: found.head, dirty: (await runGitOnFiles(folder, args, signal)).trim() !== "" };
  } catch {
    signal.throwIfAborted();
    return null; // A check says as much without git as it can.
  }
}
