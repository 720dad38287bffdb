import type { FileCommit, GitPerson } from "../../core/governance/signOffHistory";

/** What `git log` has to print for `parseSignOffLog`, with `-z -c --raw --no-abbrev`. */
export const SIGN_OFF_FORMAT = "--format=%x1e%H%x1f%at%x1f%aE%x1f%ae%x1f%aN%x1f%cE%x1f%ce%x1f%cN%x1f%P";

const NO_BLOB = /^0+$/;

/** A change of a file; its path is the one that it had after the commit. */
interface RawChange extends Omit<FileCommit, "blob"> {
  readonly path: string;
  /** The name before, where it was renamed. */
  readonly from: string | null;
  /** Null where the file was taken away. */
  readonly blob: string | null;
}

/**
 * Reads `git log -z -c --raw --no-abbrev` with `SIGN_OFF_FORMAT`, newest first. A merge lists only files that differ from those of all its parents.
 * @param isShallow then the first commit of a history seems to have added every file, and says nothing.
 */
export function parseSignOffLog(output: string, isShallow: boolean): readonly RawChange[] {
  const fields = output.split("\0");
  const changes: RawChange[] = [];
  let head: Omit<RawChange, "path" | "from" | "blob" | "change"> | null = null;
  let isCut = false;
  let count = 0;
  for (let at = 0; at < fields.length;) {
    const field = (fields[at++] ?? "").replace(/^\n/, "");
    if (field.startsWith("\x1e")) {
      const [commit = "", seconds = "", ...rest] = field.slice(1).split("\x1f");
      isCut = isShallow && rest[6] === "";
      head = { commit, index: count++, time: Number(seconds) * 1000, author: person(rest), committer: person(rest.slice(3)) };
    } else if (field.startsWith(":")) {
      const { letters, blob } = statusOf(field);
      const path = fields[at++] ?? "";
      const isRename = letters.startsWith("R");
      const to = isRename ? (fields[at++] ?? path) : path;
      if (head !== null && !isCut) {
        const change = isRename ? "moved" : /^A+$/.test(letters) ? "added" : "changed";
        changes.push({ ...head, path: to, from: isRename ? path : null, change, blob });
      }
    }
  }
  return changes;
}

function person([email = "", rawEmail = "", name = ""]: readonly string[]): GitPerson {
  return { email: email.toLowerCase(), rawEmail: rawEmail.toLowerCase(), name };
}

/** `:mode mode blob blob letter`, and for a merge of n parents `::…mode… blob… letters` with n + 1 modes and blobs; the last blob is the commit's own. */
function statusOf(field: string): { readonly letters: string; readonly blob: string | null } {
  const words = field.replace(/^:+/, "").split(" ");
  const blob = words.at(-2) ?? "";
  return { letters: (words.at(-1) ?? "").replace(/\d+$/, ""), blob: NO_BLOB.test(blob) ? null : blob };
}
