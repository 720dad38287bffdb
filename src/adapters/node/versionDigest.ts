import { createHash } from "node:crypto";
import { createReadStream, lstat, readdir, readFile } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { OnHashed } from "../../core/deployment/hashProgress";
import { type HashedFile, modelDigest } from "../../core/deployment/modelDigest";
import type { ArtifactEntry, ArtifactHash, ArtifactOwner } from "../../core/tracking/artifact";
import type { ModelVersion } from "../../core/tracking/registeredModel";
import type { Store } from "../../core/tracking/store";
import type { StoreLocation } from "../../core/tracking/storeLocation";
import { errnoOf } from "./errnoOf";
import { resolveLocalArtifact } from "./localArtifacts";
import { rebaseArtifactUri } from "./rebaseArtifactUri";

/** What comes whole through a store comes into memory and over a network. */
const MOST_FETCHED = 512 * 1024 * 1024;
const MOST_FILES = 20_000;
const CHUNK = 1024 * 1024;

/** With callbacks Node needs half the time of its promises. */
const look = promisify(lstat);
const readWhole = promisify(readFile);
const list = promisify(readdir);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The digest of a version's files, read anew each time, in pieces whatever their size; up to 512 MB where a store hands files out whole only.
 * @param onRead told how far the files were read.
 * @returns `sha256:…`. @throws AppError with why it cannot be worked out.
 */
export async function versionDigest(
  store: Store,
  location: StoreLocation,
  version: ModelVersion,
  signal: CancelSignal,
  onRead?: OnHashed,
): Promise<string> {
  const folder = location.kind === "rest" ? null : await localFolder(store, location.path, version, signal);
  const files = folder === null ? await fetched(store, version, signal, onRead) : await local(folder, signal, onRead);
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

async function local(folder: string, signal: CancelSignal, onRead: OnHashed | undefined): Promise<readonly HashedFile[]> {
  const found: { readonly path: string; readonly size: number }[] = [];
  for (const path of await below(folder, "", signal)) {
    found.push({ path, size: await sizeOf(join(folder, path), path, signal) });
  }
  const total = found.reduce((sum, { size }) => sum + size, 0);
  const files: HashedFile[] = [];
  let read = 0;
  for (const { path, size } of found) {
    const before = read;
    files.push({
      path,
      sha256: await hashOf(join(folder, path), { path, size }, signal, (bytes) => onRead?.({ bytes: before + bytes, total })),
    });
    read += size;
  }
  return files;
}

async function below(root: string, folder: string, signal: CancelSignal): Promise<readonly string[]> {
  signal.throwIfAborted();
  const place = join(root, folder);
  if (folder === "" && !(await look(place)).isDirectory()) {
    throw new AppError("artifact/not-found", `The version is no folder of files, but ${oneLine(place)}.`);
  }
  const found: string[] = [];
  for (const entry of await list(place, { withFileTypes: true })) {
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

async function sizeOf(place: string, path: string, signal: CancelSignal): Promise<number> {
  try {
    return (await look(place)).size;
  } catch (error) {
    throw unreadable(path, error, signal);
  }
}

/** @param onBytes told how much of this file was read. */
async function hashOf(
  place: string,
  { path, size }: { readonly path: string; readonly size: number },
  signal: CancelSignal,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const hash = createHash("sha256");
  let read = 0;
  const take = (chunk: Uint8Array): void => {
    hash.update(chunk);
    read += chunk.byteLength;
    onBytes(read);
  };
  try {
    if (size <= CHUNK) {
      // A stream costs many times what a small file does.
      take(await readWhole(place));
      return hash.digest("hex");
    }
    for await (const chunk of createReadStream(place, { highWaterMark: CHUNK })) {
      signal.throwIfAborted();
      take(chunk as Uint8Array);
    }
  } catch (error) {
    throw unreadable(path, error, signal);
  }
  return hash.digest("hex");
}

function unreadable(path: string, error: unknown, signal: CancelSignal): AppError {
  signal.throwIfAborted();
  return new AppError("file/unreadable", `The file ${oneLine(path)} of the version cannot be read: the system answers ${errnoOf(error)}.`, {
    cause: error,
  });
}

async function fetched(
  store: Store,
  { modelName, version }: ModelVersion,
  signal: CancelSignal,
  onRead: OnHashed | undefined,
): Promise<readonly HashedFile[]> {
  const owner: ArtifactOwner = { kind: "modelVersion", modelName, version };
  const listed = await listedFiles(store, owner, signal);
  const total = listed.reduce((sum, { size }) => sum + (size ?? 0), 0);
  if (store.hashArtifact === undefined) {
    refuseTooLarge(total);
  }
  const files: HashedFile[] = [];
  let read = 0;
  for (const { path, size } of listed) {
    const before = read;
    const { sha256: hash, bytes } =
      store.hashArtifact === undefined
        ? await whole(store, owner, path, MOST_FETCHED - read, signal)
        : await store.hashArtifact(owner, path, (part) => onRead?.({ bytes: before + part, total }), signal);
    // Where an answer has no length, only this tells one that was cut off from a complete one.
    if (size !== null && size > 0 && bytes !== size) {
      throw new AppError(
        "store/bad-reply",
        `The registry sent ${bytes} bytes of ${oneLine(path)}, which has ${size}: it was cut off, or the file was changed meanwhile.`,
        { remedy: "Try again." },
      );
    }
    read += bytes;
    files.push({ path, sha256: hash });
  }
  return files;
}

async function listedFiles(store: Store, owner: ArtifactOwner, signal: CancelSignal): Promise<readonly ArtifactEntry[]> {
  const files: ArtifactEntry[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await store.listArtifacts(owner, folder, signal)) {
      if (entry.isDirectory) {
        folders.push(entry.path);
      } else {
        files.push(entry);
      }
    }
    refuseTooMany(files.length + folders.length);
  }
  return files;
}

async function whole(store: Store, owner: ArtifactOwner, path: string, maxBytes: number, signal: CancelSignal): Promise<ArtifactHash> {
  const bytes = await store.readArtifact(owner, path, { maxBytes }, signal);
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.byteLength };
}

function refuseTooLarge(bytes: number): void {
  if (bytes > MOST_FETCHED) {
    throw new AppError("artifact/too-large", "The version's files have more than 512 MB, which are not read whole to be hashed.", {
      remedy: "Ask where the files lie on the machine itself.",
    });
  }
}

function refuseTooMany(files: number): void {
  if (files > MOST_FILES) {
    throw new AppError("artifact/too-large", `The version has more than ${MOST_FILES} files.`);
  }
}
