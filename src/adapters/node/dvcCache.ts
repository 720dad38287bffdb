import { readFile, stat } from "node:fs/promises";
import type { BigIntStats } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { listingMd5, type ListedFile } from "./dvcListing";

/** Folders above a file in which its repository of DVC may begin. */
const MOST_ABOVE = 12;
const WRITE_BITS = 0o222n;
/** A larger list is of millions of files, which take longer to look at than the list to read. */
const LONGEST_LISTING = 256 * 1024 * 1024;

/**
 * The cache of DVC 3 (`files/md5/…`). Its files carry the MD5 of their content as their name, and DVC takes the right to write from them where it links them into the
 * working folder. A file that is such a link (hard or symbolic, told by its inode) is therefore one that DVC itself takes for unchanged without reading it; a
 * copy or a reflink has an inode of its own and proves nothing. What DVC keeps in its state database is not asked: it goes by size and time of change, and an edit
 * that keeps both goes unseen there.
 */
export class DvcCache {
  /** Cache folders by the folder of the files that were asked about. */
  private readonly caches = new Map<string, string>();

  /** What a file of the cache is known by, however often it is linked; null for a file that is no protected link into the cache. */
  async stateOf(path: string, md5: string, { dev, ino, mode, size, mtimeNs }: BigIntStats): Promise<string | null> {
    if ((mode & WRITE_BITS) !== 0n) {
      return null;
    }
    const cached = await this.statOf(path, md5);
    // Linking a file changes the time of its entry, so that this time says nothing here.
    return cached?.dev === dev && cached.ino === ino ? `${dev} ${ino} ${size} ${mtimeNs}` : null;
  }

  /** MD5 of each file of a folder, by the list that DVC keeps of it; null where there is none, or it is not the one of this hash. */
  async listing(path: string, md5: string): Promise<ReadonlyMap<string, string> | null> {
    try {
      const cache = await this.cacheOf(path);
      const place = cache === null ? null : placeOf(cache, `${md5}.dir`);
      if (place === null || (await stat(place)).size > LONGEST_LISTING) {
        return null;
      }
      const list: unknown = JSON.parse(await readFile(place, "utf8"));
      return Array.isArray(list) && list.every(isListed) && listingMd5(list) === md5
        ? new Map(list.map((file) => [file.relpath, file.md5] as const))
        : null;
    } catch {
      return null; // Not there, or damaged: the files are read instead.
    }
  }

  private async statOf(path: string, md5: string): Promise<BigIntStats | null> {
    try {
      const cache = await this.cacheOf(path);
      return cache === null ? null : await stat(placeOf(cache, md5), { bigint: true });
    } catch {
      return null;
    }
  }

  private async cacheOf(path: string): Promise<string | null> {
    const start = dirname(path);
    const known = this.caches.get(start);
    if (known !== undefined) {
      return known;
    }
    let folder = start;
    for (let depth = 0; depth < MOST_ABOVE; depth++) {
      const own = join(folder, ".dvc");
      if (await isFolder(own)) {
        const said = (await cacheFolderIn(join(own, "config.local"))) ?? (await cacheFolderIn(join(own, "config")));
        const cache = resolve(own, said ?? "cache");
        this.caches.set(start, cache);
        return cache;
      }
      folder = dirname(folder);
    }
    return null;
  }
}

function placeOf(cache: string, md5: string): string {
  return join(cache, "files", "md5", md5.slice(0, 2), md5.slice(2));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** `dir` of the section `cache`, relative to the file's folder; null where it is not said. */
async function cacheFolderIn(config: string): Promise<string | null> {
  try {
    const text = await readFile(config, "utf8");
    const section = /^[ \t]*\[cache\][ \t]*$([^[]*)/m.exec(text)?.[1] ?? "";
    return /^[ \t]*dir[ \t]*=[ \t]*(.+?)[ \t]*$/m.exec(section)?.[1] ?? null;
  } catch {
    return null;
  }
}

function isListed(value: unknown): value is ListedFile {
  const file = value as Partial<Record<keyof ListedFile, unknown>> | null;
  return typeof file === "object" && typeof file?.relpath === "string" && typeof file.md5 === "string" && /^[0-9a-f]{32}$/.test(file.md5);
}
