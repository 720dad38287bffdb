import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { plainYaml } from "../../core/config/yaml/plainYaml";

type Content = Readonly<Record<string, unknown>>;

/** Larger files of DVC are none that it wrote for one folder. */
const LONGEST = 5 * 1024 * 1024;
const FILE_MD5 = /^([0-9a-f]{32})$/;
const LISTING_MD5 = /^([0-9a-f]{32})\.dir$/;
/** Folders above a file in which its pipeline may stand. */
const MOST_ABOVE = 4;

/** What DVC's own files say of data. Each is read once for as long as it stays as it is, however many data it names. */
export class DvcHashes {
  private readonly known = new Map<string, { readonly state: string; readonly content: Content | null }>();

  /** Of a file, by `<file>.dvc` beside it or the dvc.lock of its folder or of one above; null where they say nothing. @param path absolute. */
  md5Of(path: string, size: number): Promise<string | null> {
    return this.find(path, (entries, name) => entryMd5(entries, name, FILE_MD5, size));
  }

  /** Of the list of a folder's files, in the same way. DVC knows files of such a folder by this list only. */
  listingMd5Of(path: string): Promise<string | null> {
    return this.find(path, (entries, name) => entryMd5(entries, name, LISTING_MD5, null));
  }

  private async find(path: string, md5In: (entries: unknown, name: string) => string | null): Promise<string | null> {
    const own = await this.read(`${path}.dvc`);
    const beside = own === null ? null : md5In(own["outs"], basename(path));
    if (beside !== null) {
      return beside;
    }
    let folder = dirname(path);
    for (let name = basename(path), depth = 0; depth < MOST_ABOVE && dirname(folder) !== folder; depth++) {
      const lock = await this.read(join(folder, "dvc.lock"));
      if (lock !== null) {
        const stages = Object.values(isRecord(lock["stages"]) ? lock["stages"] : {}).filter(isRecord);
        return stages.map((stage) => md5In(stage["deps"], name) ?? md5In(stage["outs"], name)).find((md5) => md5 !== null) ?? null;
      }
      name = `${basename(folder)}/${name}`;
      folder = dirname(folder);
    }
    return null;
  }

  private async read(path: string): Promise<Content | null> {
    try {
      const { size, mtimeMs, ctimeMs } = await stat(path);
      const state = `${size} ${mtimeMs} ${ctimeMs}`;
      const before = this.known.get(path);
      if (before?.state === state) {
        return before.content;
      }
      const read = size > LONGEST ? null : plainYaml(await readFile(path, "utf8"), { lexemes: LONGEST });
      const content = read?.problem === null && isRecord(read.value) ? read.value : null;
      this.known.set(path, { state, content });
      return content;
    } catch {
      return null; // No file of DVC, or a damaged one: the content is read instead.
    }
  }
}

/** @param size that the entry must have where it says one; null for any. */
function entryMd5(entries: unknown, name: string, form: RegExp, size: number | null): string | null {
  const found = (Array.isArray(entries) ? entries : []).filter(isRecord).find(({ path }) => path === name);
  const md5 = typeof found?.["md5"] === "string" ? form.exec(found["md5"])?.[1] : undefined;
  return md5 !== undefined && (size === null || found?.["size"] === undefined || found["size"] === size) ? md5 : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
