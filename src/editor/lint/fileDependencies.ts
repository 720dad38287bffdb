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

  /** Whose result may differ now. A file that comes or goes may bring its folders with it, or take them along. */
  usersAfter(path: string, change: "changed" | "cameOrWent"): ReadonlySet<string> {
    const paths = change === "changed" ? [path] : [path, ...foldersUp(folderOf(path))];
    return new Set(paths.flatMap((one) => [...(this.usersOf.get(one) ?? [])]));
  }
}
