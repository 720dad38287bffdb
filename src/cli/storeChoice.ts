import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { AppError } from "../core/base/appError";
import { parseStoreUri, type StoreLocation } from "../core/tracking/storeLocation";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface StoreChoice {
  readonly location: StoreLocation;
  /** The text that named the store, which may carry a login. */
  readonly uri: string;
  /** The folder's `.env` named it, and nobody else. */
  readonly isFolders?: true;
}

/** The folder's `.env`, or nothing where there is none or it cannot be read. */
export async function readDotEnv(cwd: string): Promise<Environment> {
  try {
    return parseEnv(await readFile(join(cwd, ".env"), "utf8"));
  } catch {
    // Most folders have none, and a store may be named without it.
    return {};
  }
}

/**
 * Decides which store a command reads: `--store`, else MLFLOW_TRACKING_URI from the environment or `.env`, else what the
 * folder holds, in the order that MLflow itself uses.
 * @throws AppError `usage` where nothing names a store.
 */
export async function chooseStore(option: string | undefined, env: Environment, dotEnv: Environment, cwd: string): Promise<StoreChoice> {
  const uri = option ?? nonEmpty(env["MLFLOW_TRACKING_URI"]) ?? nonEmpty(dotEnv["MLFLOW_TRACKING_URI"]);
  if (uri !== undefined) {
    const isFolders = option === undefined && nonEmpty(env["MLFLOW_TRACKING_URI"]) === undefined;
    return { uri, location: await refine(parseStoreUri(uri, (path) => resolve(cwd, path))), ...(isFolders ? { isFolders } : {}) };
  }
  const found = await storeInFolder(cwd);
  if (found === undefined) {
    throw new AppError("usage", "No store is named, and this folder holds neither an mlflow.db nor an mlruns folder with experiments.", {
      remedy: "Give --store URI, or set MLFLOW_TRACKING_URI.",
    });
  }
  return { uri: "", location: found };
}

/** How people call a store in a table. */
export function storeLabel(location: StoreLocation): string {
  return location.kind === "rest" ? location.url : location.path.split(/[\\/]/).slice(-2).join("/");
}

/** A folder may be the one that holds the store, and a database may have any name. */
async function refine(location: StoreLocation): Promise<StoreLocation> {
  if (location.kind !== "file") {
    return location;
  }
  const about = await stat(location.path).catch(() => undefined);
  if (about?.isFile() === true) {
    return { kind: "sqlite", path: location.path };
  }
  if (about?.isDirectory() !== true || (await holdsExperiments(location.path))) {
    return location;
  }
  return (await storeInFolder(location.path)) ?? location;
}

async function storeInFolder(folder: string): Promise<StoreLocation | undefined> {
  const runs = join(folder, "mlruns");
  if (await holdsExperiments(runs)) {
    return { kind: "file", path: runs };
  }
  const database = join(folder, "mlflow.db");
  const about = await stat(database).catch(() => undefined);
  return about?.isFile() === true ? { kind: "sqlite", path: database } : undefined;
}

/** Beside a database, `mlruns` holds artifacts only and no `meta.yaml`. */
async function holdsExperiments(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if ((await stat(join(folder, name, "meta.yaml")).catch(() => undefined))?.isFile() === true) {
      return true;
    }
  }
  return false;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text;
}
