import type { CancelSignal } from "../../core/base/cancel";
import { NO_REPOSITORY } from "../../core/governance/verifyRecords";
import type { CommittedVersion } from "../../core/governance/verifyRecords";
import type { Fact } from "../../core/lint/lintFacts";
import { reasonOf } from "../../core/lint/workspace/reasonOf";
import { parseSignOffLog, SIGN_OFF_FORMAT } from "./parseSignOffLog";
import { findRepositoryHead } from "./readGitActivity";
import { readGitObject, runGit } from "./runGit";

/** A log that was committed more often is followed back to here. */
const MOST_VERSIONS = 200;

/**
 * What a file held in each commit that changed it, newest first; along first parents, because only these follow upon each other. Not to be called for a folder
 * that the user does not trust.
 * @param folder absolute. @param path relative to it.
 * @returns none where it was never committed.
 */
export async function committedVersions(folder: string, path: string, signal: CancelSignal): Promise<Fact<readonly CommittedVersion[]>> {
  try {
    const found = await findRepositoryHead(folder, signal);
    if (found === null || found.head === "") {
      return { known: false, why: found === null ? NO_REPOSITORY : "nothing was committed yet" };
    }
    const args = [
      "log",
      "--first-parent",
      "-m",
      `--max-count=${String(MOST_VERSIONS)}`,
      "--use-mailmap",
      "--no-show-signature",
      "-z",
      "--raw",
    ];
    const log = await runGit(folder, [...args, "--no-abbrev", "--no-renames", SIGN_OFF_FORMAT, found.head, "--", path], signal);
    const versions: CommittedVersion[] = [];
    for (const { commit, author, blob } of parseSignOffLog(log, false)) {
      const text = blob === null ? "" : new TextDecoder().decode(await readGitObject(folder, blob, signal));
      versions.push({ commit, author: author.email, text });
    }
    return { known: true, value: versions };
  } catch (error) {
    signal.throwIfAborted();
    return { known: false, why: reasonOf(error) };
  }
}
