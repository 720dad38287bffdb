import { isPattern } from "../../core/lint/workspace/matchingFiles";
import { foldersUp, folderOf } from "../../core/lint/workspace/workspacePath";

/** Which files were looked at for which result, so that a change is followed by just the work that it asks for. */
export class FileDependencies {
  private readonly usesOf = new Map<string, ReadonlySet<string>>();
  private readonly usersOf = new Map<string, Set<string>>();

  /** @param used all paths that were looked at, also in vain. */
  set(user: string, used: ReadonlySet<string>): void {
    this.delete(user);
    this.usesOf.set(user, used);
    for (const path of used) {
      const users = this.usersOf.get(path) ?? new Set();
      users.add(user);
      this.usersOf.set(path, users);
    }
  }

  delete(user: string): void {
    for (const path of this.usesOf.get(user) ?? []) {
      const users = this.usersOf.get(path);
      users?.delete(user);
      if (users?.size === 0) {
        this.usersOf.delete(path);
      }
    }
    this.usesOf.delete(user);
  }

  /**
   * Whose result may differ now. A file that comes or goes may bring its folders with it, or take them along; a folder that goes is told as
   * such, without its files. A pattern may match it as soon as it lies where the pattern looks.
   */
  usersAfter(path: string, change: "changed" | "cameOrWent"): ReadonlySet<string> {
    if (change === "changed") {
      return new Set(this.usersOf.get(path));
    }
    const around = new Set([path, ...foldersUp(folderOf(path))]);
    const touched = [...this.usersOf].filter(
      ([used]) => around.has(used) || used.startsWith(`${path}/`) || (isPattern(used) && path.startsWith(beforePattern(used))),
    );
    return new Set(touched.flatMap(([, users]) => [...users]));
  }
}

/** The folders at the start of a pattern that are written out, with the slash that ends them. */
function beforePattern(pattern: string): string {
  const start = pattern.slice(0, pattern.search(/[*?[\]]/));
  return start.slice(0, start.lastIndexOf("/") + 1);
}
