import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";

import type { CancelSignal } from "../../core/base/cancel";
import type { ByteProgress } from "./byteProgress";
import { fileProblem } from "./fileProblem";

const CHUNK = 1024 * 1024;

export interface ChunkOptions {
  readonly signal: CancelSignal;
  readonly progress: ByteProgress;
  /** Takes the hash of the whole content, once all of it was read; null where nobody asks. */
  readonly onHash: ((sha256: string) => void) | null;
}

/**
 * A file's bytes, a megabyte at a time; the next is read while the caller works on one. A chunk is the caller's until it asks for the next but one.
 * @throws AppError when the file cannot be read; the signal's error when it is aborted.
 */
export async function* fileChunks(path: string, { signal, progress, onHash }: ChunkOptions): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const file = await openFile(path);
  const hash = onHash === null ? null : createHash("sha256");
  let reading: Promise<Uint8Array> | null = null;
  try {
    const buffers = [new Uint8Array(CHUNK), new Uint8Array(CHUNK)] as const;
    reading = read(file, path, buffers[0]);
    for (let turn = 1; ; turn++) {
      const chunk: Uint8Array = await reading;
      reading = null;
      signal.throwIfAborted();
      if (chunk.length === 0) {
        break;
      }
      reading = read(file, path, buffers[turn % 2 === 1 ? 1 : 0]);
      hash?.update(chunk);
      progress.add(chunk.length);
      yield chunk;
    }
  } finally {
    // A read that is under way must end before the file is closed; what it brings is of no use any more.
    await reading?.catch(() => undefined);
    await file.close();
  }
  if (hash !== null) {
    onHash?.(hash.digest("hex"));
  }
}

/** The first bytes of a file. */
export async function fileHead(path: string, length: number): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    return await read(file, path, new Uint8Array(length));
  } finally {
    await file.close();
  }
}

/** The hash of a file's whole content, for files that are not read from start to end. */
export async function fileHash(path: string, signal: CancelSignal, progress: ByteProgress): Promise<string> {
  let sha256 = "";
  const chunks = fileChunks(path, { signal, progress, onHash: (value) => (sha256 = value) });
  while ((await chunks.next()).done !== true) {
    // Each chunk is hashed by then.
  }
  return sha256;
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    throw fileProblem(path, error);
  }
}

/** Fills the buffer as far as the file goes. */
async function read(file: FileHandle, path: string, buffer: Uint8Array): Promise<Uint8Array> {
  let filled = 0;
  try {
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, null);
      if (bytesRead === 0) {
        break;
      }
      filled += bytesRead;
    }
  } catch (error) {
    throw fileProblem(path, error);
  }
  return buffer.subarray(0, filled);
}
