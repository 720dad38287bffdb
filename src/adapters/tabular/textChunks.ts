import { Readable, pipeline } from "node:stream";
import { constants, createGunzip, gunzipSync } from "node:zlib";

import type { CancelSignal } from "../../core/base/cancel";
import { ByteProgress } from "./byteProgress";
import { type ChunkOptions, fileChunks, fileHead } from "./fileChunks";
import { fileError } from "./fileProblem";

const CHUNK = 1024 * 1024;
/** So many packed bytes hold the first lines of any table. */
export const PACKED_HEAD = 64 * 1024;
/** Packing saves a factor of a thousand at most. */
const MOST_UNPACKED = PACKED_HEAD * 1100;

/** Whether a text file is packed, by its name: "live.csv.gz". */
export function isPacked(path: string): boolean {
  return /\.gz$/i.test(path);
}

/** A file's name as it would be without packing. */
export function unpackedName(path: string): string {
  return path.replace(/\.gz$/i, "");
}

/** What the first bytes of a packed file hold. @throws Error where they are not packed so. */
export function unpackHead(bytes: Uint8Array): Uint8Array {
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED });
}

/**
 * The content of a text file as bytes, part by part; a packed one is unpacked on the way, so that no more of it lies in memory than of any other. Progress and
 * hash are those of the file as it lies on disk. A part is the caller's until it asks for the next but one.
 * @throws AppError when the file cannot be read, or its packing is damaged; the signal's error when it is aborted.
 */
export function textChunks(path: string, options: ChunkOptions): AsyncIterable<Uint8Array> {
  return isPacked(path) ? unpacked(path, options) : fileChunks(path, options);
}

/** The first bytes of a text file's content. */
export async function textHead(path: string, length: number, signal: CancelSignal): Promise<Uint8Array> {
  if (!isPacked(path)) {
    return fileHead(path, length);
  }
  const parts: Uint8Array[] = [];
  let filled = 0;
  for await (const part of unpacked(path, { signal, progress: new ByteProgress(undefined, 0), onHash: null })) {
    parts.push(part);
    filled += part.length;
    if (filled >= length) {
      break;
    }
  }
  return new Uint8Array(Buffer.concat(parts).subarray(0, length));
}

async function* unpacked(path: string, options: ChunkOptions): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // What fails comes out of the loop below as well.
  pipeline(Readable.from(copies(fileChunks(path, options))), gunzip, () => undefined);
  try {
    for await (const part of gunzip) {
      options.signal.throwIfAborted();
      yield part as Uint8Array;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_")) {
      throw fileError(path, "its packing is damaged, or it is cut off", "Fetch or write it again.", error);
    }
    throw error;
  }
}

/** The reader uses its buffers again, and unpacking may still be at an earlier one. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    yield Buffer.from(chunk);
  }
}
