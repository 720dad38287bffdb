import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { type HashedFile, modelDigest } from "../../core/deployment/modelDigest";
import type { ArtifactOwner } from "../../core/tracking/artifact";
import type { ModelVersion } from "../../core/tracking/registeredModel";
import type { Store } from "../../core/tracking/store";
import type { StoreLocation } from "../../core/tracking/storeLocation";
import { errnoOf } from "./errnoOf";
import { resolveLocalArtifact } from "./localArtifacts";
import { rebaseArtifactUri } from "./rebaseArtifactUri";

/** What is read through a store comes whole into memory and over a network. */
const MOST_FETCHED = 512 * 1024 * 1024;
const MOST_FILES = 20_000;
const CHUNK = 1024 * 1024;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The digest of a version's files, read anew each time. Files of this machine are streamed, whatever their size; those of a server come through it, up to 512 MB.
 * @returns `sha256:…`. @throws AppError with why it cannot be worked out.
 */
export async function versionDigest(store: Store, location: StoreLocation, version: ModelVersion, signal: CancelSignal): Promise<string> {
  const folder = location.kind === "rest" ? null : await localFolder(store, location.path, version, signal);
  const files = folder === null ? await fetched(store, version, signal) : await local(folder, signal);
  const digest = modelDigest(files, sha256);
  if (digest === null) {
    throw new AppError("artifact/not-found", `Version ${oneLine(version.version)} of ${oneLine(version.modelName)} has no files.`);
  }
  return digest;
}

/** Null where the registry's own way of finding the files is needed, such as for a version that was copied from another one. */
async function localFolder(store: Store, path: string, version: ModelVersion, signal: CancelSignal): Promise<string | null> {
  const roots = [path, dirname(path)];
  const recorded = version.storageLocation ?? version.source;
  const inRun = /^runs:\/+([^/]+)\/?(.*)$/s.exec(recorded);
  try {
    if (inRun?.[1] !== undefined) {
      const { artifactUri } = await store.getRun(inRun[1], signal);
      return await resolveLocalArtifact(await rebaseArtifactUri(artifactUri, roots), inRun[2] ?? "");
    }
    return recorded.startsWith("models:") ? null : await rebaseArtifactUri(recorded, roots);
  } catch {
    signal.throwIfAborted();
    return null; // The store may still know, and if it does not, it says why.
  }
}

async function local(folder: string, signal: CancelSignal): Promise<readonly HashedFile[]> {
  const files: HashedFile[] = [];
  for (const path of await below(folder, "", signal)) {
    files.push({ path, sha256: await hashOf(join(folder, path), path, signal) });
  }
  return files;
}

async function below(root: string, folder: string, signal: CancelSignal): Promise<readonly string[]> {
  signal.throwIfAborted();
  const place = join(root, folder);
  if (folder === "" && !(await lstat(place)).isDirectory()) {
    throw new AppError("artifact/not-found", `The version is no folder of files, but ${oneLine(place)}.`);
  }
  const found: string[] = [];
  for (const entry of await readdir(place, { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      found.push(...(await below(root, path, signal)));
    } else if (entry.isFile()) {
      found.push(path);
    } else {
      throw new AppError("artifact/outside-root", `${oneLine(path)} is a link or no file, so that what it holds is not certain.`);
    }
    refuseTooMany(found.length);
  }
  return found;
}

async function hashOf(place: string, path: string, signal: CancelSignal): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(place, { highWaterMark: CHUNK })) {
      signal.throwIfAborted();
      hash.update(chunk as Uint8Array);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError(
      "file/unreadable",
      `The file ${oneLine(path)} of the version cannot be read: the system answers ${errnoOf(error)}.`,
      {
        cause: error,
      },
    );
  }
  return hash.digest("hex");
}

async function fetched(store: Store, { modelName, version }: ModelVersion, signal: CancelSignal): Promise<readonly HashedFile[]> {
  const owner: ArtifactOwner = { kind: "modelVersion", modelName, version };
  const paths: string[] = [];
  let listed = 0;
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const { path, isDirectory, size } of await store.listArtifacts(owner, folder, signal)) {
      (isDirectory ? folders : paths).push(path);
      listed += size ?? 0;
      refuseTooLarge(listed);
    }
    refuseTooMany(paths.length + folders.length);
  }
  const files: HashedFile[] = [];
  let read = 0;
  for (const path of paths) {
    const bytes = await store.readArtifact(owner, path, { maxBytes: MOST_FETCHED - read }, signal);
    read += bytes.byteLength;
    files.push({ path, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
  return files;
}

function refuseTooLarge(bytes: number): void {
  if (bytes > MOST_FETCHED) {
    throw new AppError(
      "artifact/too-large",
      "The version's files have more than 512 MB, which are not fetched from a server to be hashed.",
      {
        remedy: "Ask where the files lie on the machine itself.",
      },
    );
  }
}

function refuseTooMany(files: number): void {
  if (files > MOST_FILES) {
    throw new AppError("artifact/too-large", `The version has more than ${MOST_FILES} files.`);
  }
}
