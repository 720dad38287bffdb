import { open } from "node:fs/promises";

import { AppError } from "../../../core/base/appError";
import { errnoOf } from "../errnoOf";

/** Bytes of one chunk at most. */
const MOST_BYTES = 1024 * 1024;

/**
 * The next part of a growing file, from a byte on. A character whose bytes are not all there yet comes with the next part.
 * @param isEnded nobody writes any more: what is there at the end comes as it is.
 */
export async function readLogPart(
  path: string,
  from: number,
  isEnded: boolean,
): Promise<{ readonly text: string; readonly next: number; readonly isAtEnd: boolean }> {
  const part = await bytesOf(path, (size) => [Math.min(from, size), Math.min(size, from + MOST_BYTES)]);
  if (part === null) {
    return { text: "", next: from, isAtEnd: true };
  }
  const { bytes, start, size } = part;
  const isLast = start + bytes.length >= size;
  const kept = isLast && isEnded ? bytes.length : wholeCharacters(bytes);
  return { text: bytes.toString("utf8", 0, kept), next: start + kept, isAtEnd: isLast };
}

/** The last lines of a file, whatever its size. @param most bytes; the first line is left out where it is not whole. */
export async function readLogTail(path: string, most: number): Promise<string> {
  const part = await bytesOf(path, (size) => [Math.max(0, size - most), size]);
  if (part === null) {
    return "";
  }
  const { bytes, start } = part;
  const line = start === 0 ? -1 : bytes.indexOf(10);
  const first = line === -1 && start > 0 ? bytes.findIndex((byte) => (byte & 0xc0) !== 0x80) : line + 1;
  return bytes.toString("utf8", Math.max(0, first));
}

async function bytesOf(
  path: string,
  range: (size: number) => readonly [number, number],
): Promise<{ readonly bytes: Buffer; readonly start: number; readonly size: number } | null> {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      const [start, end] = range(size);
      const buffer = Buffer.allocUnsafe(Math.max(0, end - start));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      return { bytes: buffer.subarray(0, bytesRead), start, size };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errnoOf(error) === "ENOENT") {
      return null;
    }
    throw new AppError("file/unreadable", `The log cannot be read: the system answers ${errnoOf(error)}.`, { cause: error });
  }
}

/** How many bytes belong to whole characters. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) !== 0x80) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
