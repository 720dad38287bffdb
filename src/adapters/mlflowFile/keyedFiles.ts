import { listFolder, stampOf, type Stamp } from "./files";
import { isTooFresh, type Pass } from "./pass";

interface Held<T> {
  readonly value: T | undefined;
  /** Absent where the file was not expected to change when it was read: asking for it would cost half of the reading. */
  readonly stamp: Stamp | undefined;
  readonly readAt: number;
}

/**
 * How often a file changes in place. "often": its own time is compared as well as that of its folder. "seldom": only where a
 * look is thorough. "never": new files come, but none changes.
 */
export type FilesChange = "often" | "seldom" | "never";

/** Deeper folders hold no key of MLflow; the limit ends a folder that was made to be endless. */
const MAX_DEPTH = 32;

/**
 * A folder in which each file is one key, such as `params`, `metrics` and `tags` of a run. A key with `/` is a path of folders.
 * Values are read when asked for and kept until the folder or, where asked for, the file changes.
 */
export class KeyedFiles<T> {
  /** Grows by one with each change that was noticed. */
  revision = 0;
  filesChange: FilesChange;
  private folders: { readonly path: string; readonly mtime: number }[] = [];
  private paths: ReadonlyMap<string, string> | undefined;
  private readonly held = new Map<string, Held<T>>();
  private complete: ReadonlyMap<string, T> | undefined;
  private readAt = 0;
  private seen: Pass | undefined;
  private checkFiles = false;
  private hasReader = false;

  /** @param parse reads one file; undefined where it holds no value. */
  constructor(
    private readonly folder: string,
    private readonly parse: (path: string) => T | undefined,
    options: { readonly filesChange: FilesChange },
  ) {
    this.filesChange = options.filesChange;
  }

  /** Compares with the disk, once a pass, and forgets what changed. */
  look(pass: Pass): void {
    if (this.seen === pass) {
      return;
    }
    this.seen = pass;
    if (this.folders.some(({ path, mtime }) => stampOf(path).mtime !== mtime)) {
      this.revision++;
      this.forget();
    } else if (this.folders.some(({ mtime }) => isTooFresh(mtime, this.readAt))) {
      this.forget();
    } else if (this.checkFiles || this.comparesFiles(pass)) {
      this.lookAtFiles();
    }
    this.checkFiles = false;
    if (this.folders.length === 0) {
      this.folders.push({ path: this.folder, mtime: stampOf(this.folder).mtime });
      this.readAt = pass.startedAt;
    }
  }

  /** Whether anybody has ever read a value. */
  get wasRead(): boolean {
    return this.hasReader;
  }

  /** The same, unless nobody has read anything yet: then nobody shows what may have changed. */
  lookIfRead(pass: Pass): void {
    if (this.hasReader) {
      this.look(pass);
    }
  }

  /** Makes the next look compare the files' own times as well. */
  checkFilesOnce(): void {
    this.checkFiles = true;
    this.seen = undefined;
  }

  /** Whether the folder itself is there. */
  isThere(pass: Pass): boolean {
    this.lookToRead(pass);
    return (this.folders[0]?.mtime ?? 0) > 0;
  }

  all(pass: Pass): ReadonlyMap<string, T> {
    this.lookToRead(pass);
    if (this.complete === undefined) {
      const values = new Map<string, T>();
      for (const [key, path] of this.list()) {
        const value = this.hold(key, path, pass);
        if (value !== undefined) {
          values.set(key, value);
        }
      }
      this.complete = values;
    }
    return this.complete;
  }

  /** One value, without reading the others. */
  get(key: string, pass: Pass): T | undefined {
    this.lookToRead(pass);
    const path = this.list().get(key);
    return path === undefined ? undefined : this.hold(key, path, pass);
  }

  /** One value, without even listing the folder: only for keys of ours, because the key becomes a path. */
  peek(key: string, pass: Pass): T | undefined {
    this.lookToRead(pass);
    if (this.paths !== undefined) {
      return this.get(key, pass);
    }
    const held = this.held.get(key);
    if (held !== undefined) {
      return held.value;
    }
    const path = `${this.folder}/${key}`;
    const stamp = stampOf(path);
    const value = stamp.mtime > 0 ? this.parse(path) : undefined;
    this.held.set(key, { value, stamp, readAt: pass.startedAt });
    return value;
  }

  /** Where a key's file is, or undefined where there is none. */
  pathOf(key: string, pass: Pass): string | undefined {
    this.lookToRead(pass);
    return this.list().get(key);
  }

  /** The values that were read so far. */
  *heldValues(): Iterable<T> {
    for (const { value } of this.held.values()) {
      if (value !== undefined) {
        yield value;
      }
    }
  }

  private lookToRead(pass: Pass): void {
    this.hasReader = true;
    this.look(pass);
  }

  private comparesFiles(pass: Pass): boolean {
    return this.filesChange === "often" || (this.filesChange === "seldom" && pass.thorough);
  }

  private hold(key: string, path: string, pass: Pass): T | undefined {
    let held = this.held.get(key);
    if (held === undefined) {
      const stamp = this.comparesFiles(pass) ? stampOf(path) : undefined;
      held = { stamp, value: this.parse(path), readAt: pass.startedAt };
      this.held.set(key, held);
    }
    return held.value;
  }

  private lookAtFiles(): void {
    for (const [key, { stamp, readAt }] of this.held) {
      // A missing file that appears changes its folder, which was compared already.
      if (stamp?.mtime === 0) {
        continue;
      }
      const now = stampOf(this.paths?.get(key) ?? `${this.folder}/${key}`);
      const isSame = stamp === undefined ? now.mtime < readAt : stamp.mtime === now.mtime && stamp.size === now.size;
      if (!isSame || isTooFresh(now.mtime, readAt)) {
        this.revision += isSame ? 0 : 1;
        this.held.delete(key);
        this.complete = undefined;
      }
    }
  }

  private forget(): void {
    this.folders = [];
    this.paths = undefined;
    this.held.clear();
    this.complete = undefined;
  }

  private list(): ReadonlyMap<string, string> {
    if (this.paths === undefined) {
      const paths = new Map<string, string>();
      this.walk(this.folder, "", paths, 0);
      this.paths = paths;
    }
    return this.paths;
  }

  /** Links to folders are not followed, as in MLflow's own reader, so that no circle of links is walked. */
  private walk(folder: string, prefix: string, paths: Map<string, string>, depth: number): void {
    for (const entry of listFolder(folder)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isFile() || (entry.isSymbolicLink() && stampOf(path).mtime > 0)) {
        paths.set(prefix + entry.name, path);
      } else if (entry.isDirectory() && depth < MAX_DEPTH) {
        this.folders.push({ path, mtime: stampOf(path).mtime });
        this.walk(path, `${prefix}${entry.name}/`, paths, depth + 1);
      }
    }
  }
}
