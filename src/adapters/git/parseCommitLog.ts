import type { LoggedCommit } from "../../core/lint/gitActivity";

/** What `git log` has to print for `parseCommitLog`, with `-z -M --name-status`. */
export const COMMIT_FORMAT = "--format=%x1e%aE%x1f%aN%x1f%at";

/**
 * Reads `git log -z -M --name-status` with `COMMIT_FORMAT`: a heading, then a status and its paths for each file, all ended by NUL.
 * Fields are taken by their place, so that a path may look like anything.
 */
export function parseCommitLog(output: string): readonly LoggedCommit[] {
  const fields = output.split("\0");
  const commits: LoggedCommit[] = [];
  let files: { path: string; from: string | null }[] = [];
  for (let index = 0; index < fields.length;) {
    const field = (fields[index++] ?? "").replace(/^\n/, "");
    if (field.startsWith("\x1e")) {
      const [email = "", name = "", seconds = ""] = field.slice(1).split("\x1f");
      files = [];
      commits.push({ email, name, time: Number(seconds) * 1000, files });
    } else if (field !== "") {
      const path = fields[index++] ?? "";
      const isMoved = field.startsWith("R") || field.startsWith("C");
      const to = isMoved ? (fields[index++] ?? path) : path;
      files.push({ path: to, from: field.startsWith("R") ? path : null });
    }
  }
  return commits;
}
