import type { Disposable } from "../core/base/disposable";

/** What is opened for a folder of the workspace, once for each, by its absolute path. */
export class OpenedFolders<T extends Disposable> implements Disposable {
  private readonly opened = new Map<string, T>();

  constructor(private readonly open: (root: string) => T) {}

  readonly of = (root: string): T => {
    const folder = this.opened.get(root) ?? this.open(root);
    this.opened.set(root, folder);
    return folder;
  };

  dispose(): void {
    this.opened.forEach((folder) => folder.dispose());
  }
}
