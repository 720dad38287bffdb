import { open, readdir, readFile, stat } from "node:fs/promises";
import type { Dirent } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

import type { CancelSignal } from "../../core/base/cancel";
import { toUserText } from "../../core/base/appError";
import { readTrackingField } from "../../core/config/trackingField";
import type { FoundStore } from "../../core/tracking/storeCatalog";
import { parseStoreUri, storeIdOf, type StoreLocation } from "../../core/tracking/storeLocation";

/** What a folder holds, and sentences about what could not be looked at. */
export interface Findings {
  readonly stores: readonly FoundStore[];
  readonly problems: readonly string[];
}

/** Folders that never hold a store of the user's but very many files. */
const SKIPPED = new Set(["node_modules", "venv", "env", "site-packages", "__pycache__", "dist", "build", "target", "bower_components"]);
const MAX_DEPTH = 8;
const MAX_FOLDERS = 20_000;
const DATABASE = /\.(db|sqlite|sqlite3)$/i;
/** Enough of a database to hold the schema of MLflow's tables, which SQLite writes first. */
const PROBE_BYTES = 256 * 1024;

/**
 * Looks through a folder and its sub-folders for MLflow stores: databases, `mlruns` folders, and mlops.yaml files that name
 * one. Only names, first bytes and mlops.yaml files are read.
 * @param allowServers false in an untrusted folder: a server that the folder names is then not listed. Null: mlops.yaml files are not read, because
 * whoever asks knows what they name.
 */
export async function findStores(root: string, allowServers: boolean | null, signal: CancelSignal): Promise<Findings> {
  const stores = new Map<string, FoundStore>();
  const problems: string[] = [];
  const add = (location: StoreLocation, origin: string): void => {
    const id = storeIdOf(location);
    if (!stores.has(id)) {
      stores.set(id, { location, label: labelOf(location, root), origin });
    }
  };
  let level: string[] = [root];
  let visited = 0;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      signal.throwIfAborted();
      if (++visited > MAX_FOLDERS) {
        problems.push(`${root} has more than ${MAX_FOLDERS} folders; the rest was not searched. Name stores in the setting mlops.stores.`);
        return { stores: [...stores.values()], problems };
      }
      const entries = await list(folder);
      const isStore = entries === null ? basename(folder) === "mlruns" : await isFileStore(folder, entries);
      if (isStore) {
        add({ kind: "file", path: folder }, "folder");
        continue;
      }
      for (const entry of entries ?? []) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (!entry.name.startsWith(".") && !SKIPPED.has(entry.name)) {
            next.push(path);
          }
        } else if (DATABASE.test(entry.name)) {
          if (entry.name === "mlflow.db" || (await looksLikeMlflow(path))) {
            add({ kind: "sqlite", path }, "folder");
          }
        } else if (allowServers !== null && (entry.name === "mlops.yaml" || entry.name === "mlops.yml")) {
          await readConfig(path, allowServers, add, problems);
        }
      }
    }
    level = next;
  }
  return { stores: [...stores.values()], problems };
}

async function readConfig(
  path: string,
  allowServers: boolean,
  add: (location: StoreLocation, origin: string) => void,
  problems: string[],
): Promise<void> {
  try {
    for (const { uri } of readTrackingField(await readFile(path, "utf8"))) {
      const location = parseStoreUri(uri, (relativePath) => resolve(dirname(path), relativePath));
      if (location.kind === "rest" && !allowServers) {
        problems.push(`${path} names the server ${location.url}, which is not contacted because this folder is not trusted.`);
      } else {
        add(location, basename(path));
      }
    }
  } catch (error) {
    problems.push(`The field "tracking" of ${path} cannot be read: ${toUserText(error).split("\n")[0] ?? ""}`);
  }
}

/** Null where the folder cannot be listed. */
async function list(folder: string): Promise<Dirent[] | null> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return null; // No permission, or gone since; a store in it is told by its own name.
  }
}

/** A folder is a file store when it has experiments; `mlruns` beside a database holds artifacts only. */
async function isFileStore(folder: string, entries: readonly Dirent[]): Promise<boolean> {
  const named = /mlruns/i.test(basename(folder)) || entries.some((entry) => entry.name === ".trash");
  if (!named) {
    return false;
  }
  for (const entry of entries) {
    if (entry.isDirectory() && /^\d+$/.test(entry.name) && (await exists(join(folder, entry.name, "meta.yaml")))) {
      return true;
    }
  }
  return false;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false; // Absent or not to be looked at: no experiment for us either way.
  }
}

async function looksLikeMlflow(path: string): Promise<boolean> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, 0);
      const text = buffer.subarray(0, bytesRead).toString("latin1");
      return text.startsWith("SQLite format 3") && text.includes("experiment_tags") && text.includes("registered_models");
    } finally {
      await file.close();
    }
  } catch {
    return false; // A database that cannot be opened and has another name may be anything.
  }
}

/** The path below the folder, with the folder's own name where that says more: "churn/mlflow.db", "sample/mlruns". */
function labelOf(location: StoreLocation, root: string): string {
  if (location.kind === "rest") {
    return location.url.replace(/^https?:\/\//, "");
  }
  const below = relative(root, location.path);
  if (below === "" || below.startsWith("..")) {
    return location.path;
  }
  return below.includes(sep) ? below.split(sep).join("/") : `${basename(root)}/${below}`;
}
