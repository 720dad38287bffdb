import { createHash } from "node:crypto";
import { createReadStream, type BigIntStats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { ContentHash, ContentHashes } from "../../core/training/contentHashes";
import { DvcCache } from "./dvcCache";
import { DvcHashes } from "./dvcHashes";
import { type ListedFile, listingMd5 } from "./dvcListing";
import { isMissing } from "./errnoOf";
import { HashMemory, type KnownHashes } from "./hashMemory";

/** A file changed less than this before it was read could change once more without another time, as git knows it. */
const RACY_MS = 2000n;
const MILLION = 1_000_000n;
const CHUNK = 1024 * 1024;

/**
 * Hashes of files on disk. What was read once is remembered by path, size, time and inode, so that 10 GB of data are not read twice.
 * Where DVC knows a file or a folder by its MD5, and it was seen to match, that is said beside the hash.
 * @param cacheFolder where the memory is kept; null to remember while the process lives only.
 * @param now milliseconds since 1970.
 */
export function openContentHashes(cacheFolder: string | null, now: () => number): ContentHashes {
  return new NodeContentHashes(new HashMemory(cacheFolder === null ? null : join(cacheFolder, "hashes.json")), now);
}

class NodeContentHashes implements ContentHashes {
  private readonly dvc = new DvcHashes();
  private readonly cache = new DvcCache();

  constructor(
    private readonly memory: HashMemory,
    private readonly now: () => number,
  ) {}

  async hash(path: string, onBytes: (done: number, total: number) => void, signal: CancelSignal): Promise<ContentHash | null> {
    signal.throwIfAborted();
    const about = await stat(path, { bigint: true }).catch((error: unknown) => {
      if (isMissing(error)) {
        return null;
      }
      throw error;
    });
    if (about === null) {
      return null;
    }
    return about.isDirectory() ? this.folder(path, onBytes, signal) : this.file(path, about, onBytes, signal);
  }

  keep(): Promise<string | null> {
    return this.memory.save();
  }

  private async folder(path: string, onBytes: (done: number, total: number) => void, signal: CancelSignal): Promise<ContentHash> {
    const files = await filesBelow(path, signal);
    const tracked = await this.dvc.listingMd5Of(path);
    const listing = tracked === null ? null : await this.cache.listing(path, tracked);
    const hash = createHash("sha256");
    const listed: ListedFile[] = [];
    let size = 0;
    let wasRead = false;
    for (const file of files) {
      const place = join(path, file);
      const about = await stat(place, { bigint: true });
      const start = size;
      const say = (done: number): void => onBytes(start + done, start + Number(about.size));
      const { known, wasKnown } = await this.hashesOf(
        place,
        about,
        { isWanted: tracked !== null, said: listing?.get(file) ?? null },
        say,
        signal,
      );
      hash.update(`${file}\0sha256:${known.sha256}\n`);
      listed.push({ relpath: file, md5: known.md5 ?? "" });
      size += Number(about.size);
      wasRead ||= !wasKnown;
    }
    const isTracked = tracked !== null && tracked === listingMd5(listed);
    return { hash: `sha256:${hash.digest("hex")}`, size, from: isTracked ? "dvc" : wasRead ? "read" : "remembered" };
  }

  private async file(
    path: string,
    about: BigIntStats,
    onBytes: (done: number, total: number) => void,
    signal: CancelSignal,
  ): Promise<ContentHash> {
    const size = Number(about.size);
    const tracked = await this.dvc.md5Of(path, size);
    const { known, wasKnown } = await this.hashesOf(path, about, { isWanted: tracked !== null, said: tracked }, onBytes, signal);
    // The hash stays of one kind, so that data that DVC begins to track count as unchanged.
    const isTracked = tracked !== null && tracked === known.md5;
    return { hash: `sha256:${known.sha256}`, size, from: isTracked ? "dvc" : wasKnown ? "remembered" : "read" };
  }

  /**
   * What is remembered of a file as it is, else what it is read to be. A link into DVC's cache is remembered by the file of the cache as well: it stays known under
   * other paths, and when DVC checks it out anew.
   * @param md5 whether it is wanted, and what DVC says it is.
   */
  private async hashesOf(
    path: string,
    about: BigIntStats,
    md5: { readonly isWanted: boolean; readonly said: string | null },
    onBytes: (done: number, total: number) => void,
    signal: CancelSignal,
  ): Promise<{ readonly known: KnownHashes; readonly wasKnown: boolean }> {
    const state = stateOf(about);
    await this.memory.load();
    const remembered = this.memory.get(path, state);
    if (remembered !== null && (!md5.isWanted || remembered.md5 !== null)) {
      return { known: remembered, wasKnown: true };
    }
    const cached = md5.said === null ? null : await this.cache.stateOf(path, md5.said, about);
    const linked = cached === null ? null : this.memory.get(`md5:${md5.said ?? ""}`, cached);
    if (linked !== null) {
      this.memory.set(path, state, linked);
      return { known: linked, wasKnown: true };
    }
    const before = BigInt(this.now());
    const known = await readHashes(path, Number(about.size), md5.isWanted, onBytes, signal);
    if (stateOf(await stat(path, { bigint: true })) !== state) {
      throw new AppError("file/unreadable", "It changed while it was read.", { remedy: "Try again once nothing writes it." });
    }
    if (before - about.mtimeNs / MILLION > RACY_MS) {
      this.memory.set(path, state, known);
      if (cached !== null && known.md5 === md5.said) {
        this.memory.set(`md5:${known.md5}`, cached, known);
      }
    }
    return { known, wasKnown: false };
  }
}

/** The time of the last change of the entry itself tells of an edit that gives a file its old size and time back. */
function stateOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return `${size} ${mtimeNs} ${ctimeNs} ${ino}`;
}

async function readHashes(
  path: string,
  size: number,
  wantsMd5: boolean,
  onBytes: (done: number, total: number) => void,
  signal: CancelSignal,
): Promise<KnownHashes> {
  const sha256 = createHash("sha256");
  const md5 = wantsMd5 ? createHash("md5") : null;
  let done = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    signal.throwIfAborted();
    const bytes = chunk as Buffer;
    sha256.update(bytes);
    md5?.update(bytes);
    done += bytes.length;
    onBytes(done, Math.max(size, done));
  }
  return { sha256: sha256.digest("hex"), md5: md5?.digest("hex") ?? null };
}

/** Links are followed, because DVC may link data into its cache; one that leads back to a folder above it ends there. */
async function filesBelow(folder: string, signal: CancelSignal, below = "", above: readonly string[] = []): Promise<readonly string[]> {
  signal.throwIfAborted();
  const place = join(folder, below);
  const real = await realpath(place);
  if (above.includes(real)) {
    return [];
  }
  const entries = await readdir(place, { withFileTypes: true });
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      const about = entry.isSymbolicLink() ? await stat(join(folder, path)) : entry;
      return about.isDirectory() ? filesBelow(folder, signal, path, [...above, real]) : about.isFile() ? [path] : [];
    }),
  );
  return lists.flat().sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
