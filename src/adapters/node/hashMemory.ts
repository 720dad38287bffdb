import { readFile } from "node:fs/promises";
import { dirname } from "node:path";

import { makeFolder, replaceFile } from "./atomicFile";

/** Hashes of a file's content, in hex. */
export interface KnownHashes {
  readonly sha256: string;
  /** Null where nobody has asked for it: DVC does not know the file. */
  readonly md5: string | null;
}

/** More files are remembered by the newest only. */
const MOST = 50_000;

/** Hashes by path and state of a file, kept in one file. A memory that is lost or damaged costs reading once more and nothing else. */
export class HashMemory {
  private readonly known = new Map<string, { readonly state: string } & KnownHashes>();
  private readonly fresh = new Map<string, { readonly state: string } & KnownHashes>();
  private loading: Promise<void> | undefined;
  private saving: Promise<string | null> = Promise.resolve(null);

  constructor(private readonly file: string | null) {}

  load(): Promise<void> {
    return (this.loading ??= this.read().then((entries) => entries.forEach(([path, entry]) => this.known.set(path, entry))));
  }

  get(path: string, state: string): KnownHashes | null {
    const entry = this.known.get(path);
    return entry?.state === state ? entry : null;
  }

  set(path: string, state: string, { sha256, md5 }: KnownHashes): void {
    this.known.set(path, { state, sha256, md5 });
    this.fresh.set(path, { state, sha256, md5 });
  }

  /** Writes one after the other, so that none loses what another one wrote. @returns why it could not; null where it did. */
  save(): Promise<string | null> {
    return (this.saving = this.saving.then(() => this.write()));
  }

  /** Adds what is new to what is there by now, since another window may have written as well. */
  private async write(): Promise<string | null> {
    if (this.file === null || this.fresh.size === 0) {
      return null;
    }
    const mine = new Map(this.fresh);
    this.fresh.clear();
    // The newest stand last, because the first are forgotten.
    const all = [...(await this.read()).filter(([path]) => !mine.has(path)), ...mine];
    try {
      await makeFolder(dirname(this.file));
      await replaceFile(this.file, JSON.stringify(all.slice(-MOST)));
      return null;
    } catch (error) {
      // Without a memory, content is read again. The next time may find room.
      mine.forEach((entry, path) => this.fresh.set(path, this.fresh.get(path) ?? entry));
      return error instanceof Error ? error.message : String(error);
    }
  }

  private async read(): Promise<readonly (readonly [string, { readonly state: string } & KnownHashes])[]> {
    try {
      const list: unknown = this.file === null ? [] : JSON.parse(await readFile(this.file, "utf8"));
      return Array.isArray(list) ? list.filter(isEntry) : [];
    } catch {
      return []; // None yet, or damaged.
    }
  }
}

function isEntry(value: unknown): value is readonly [string, { readonly state: string } & KnownHashes] {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== "string") {
    return false;
  }
  const entry = value[1] as Partial<Record<"state" | "sha256" | "md5", unknown>> | null;
  return typeof entry?.state === "string" && typeof entry.sha256 === "string" && (typeof entry.md5 === "string" || entry.md5 === null);
}
