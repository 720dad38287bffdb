import type { LoggedCommit, LoggedFile } from "../../core/lint/gitActivity";

/** What `git log` has to print for `parseCommitLog`, with `-z -M --name-status`. */
export const COMMIT_FORMAT = "--format=%x1e%aE%x1f%aN%x1f%at%x1f%ct%x1f%P";

export interface ParsedCommit extends LoggedCommit {
  /** Milliseconds since 1970 at which it came into the history, e.g. by a rebase. */
  readonly committed: number;
  /** The first of a history, or where a shallow clone is cut. */
  readonly isFirst: boolean;
}

/**
 * Reads `git log -z -M --name-status` with `COMMIT_FORMAT`: a heading, then a status and its paths for each file, all ended by NUL.
 * Fields are taken by their place, so that a path may look like anything.
 */
export function parseCommitLog(output: string): readonly ParsedCommit[] {
  const fields = output.split("\0");
  const commits: ParsedCommit[] = [];
  let files: LoggedFile[] = [];
  for (let index = 0; index < fields.length;) {
    const field = (fields[index++] ?? "").replace(/^\n/, "");
    if (field.startsWith("\x1e")) {
      const [email = "", name = "", seconds = "", committed = "", parents = ""] = field.slice(1).split("\x1f");
      files = [];
      commits.push({ email, name, time: Number(seconds) * 1000, committed: Number(committed) * 1000, isFirst: parents === "", files });
    } else if (field !== "") {
      const path = fields[index++] ?? "";
      const isPair = field.startsWith("R") || field.startsWith("C");
      files.push(toFile(field, path, isPair ? (fields[index++] ?? path) : path));
    }
  }
  return commits;
}

function toFile(status: string, path: string, to: string): LoggedFile {
  switch (status.charAt(0)) {
    case "A":
    case "C":
      return { path: to, from: null, change: "added" };
    case "R":
      return status === "R100" ? { path: to, from: path, change: "moved" } : { path: to, from: path };
    default:
      return { path, from: null };
  }
}
