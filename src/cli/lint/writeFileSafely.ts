import { randomUUID } from "node:crypto";
import { chmod, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isInside } from "../../adapters/node/isInside";
import { AppError } from "../../core/base/appError";
import { printable } from "../printable";

export interface Change {
  /** The workspace's folder; a link that leads out of it is not followed. */
  readonly root: string;
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly file: string;
  /** The text that was judged. */
  readonly before: string;
  readonly after: string;
}

/**
 * Puts a new text in the place of the one that was judged, whole or not at all: it is written beside the file and then takes its name.
 * The encoding, its mark and the file's rights stay.
 * @throws AppError `usage` where the file cannot be written, or is not what was judged any more.
 */
export async function writeFileSafely({ root, path, file, before, after }: Change): Promise<void> {
  const fail = (why: string, remedy: string, cause?: unknown): AppError =>
    new AppError("usage", `The file "${printable(file)}" was not changed: ${why}.`, { remedy, cause });
  let temporary: string | undefined;
  try {
    // Where the file is a link inside of the workspace, what it leads to is replaced, and the link stays.
    const place = await realpath(path);
    if (!isInside(await realpath(root), place)) {
      throw fail("it is a link that leads out of the workspace", "Change the file that it leads to.");
    }
    const about = await stat(place);
    // Renaming needs no right to the file itself, but its owner has said that it is not to be written.
    if ((about.mode & 0o222) === 0) {
      throw fail("it is read-only", "Make it writable, then try again.");
    }
    const encoding = encodingOf(await readFile(place));
    temporary = join(dirname(place), `.${basename(place).slice(0, 100)}.${randomUUID().slice(0, 8)}.tmp`);
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(encode(after, encoding));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(temporary, about.mode & 0o7777);
    // As late as can be, so that what somebody saved meanwhile is not lost.
    if (!encode(before, encoding).equals(await readFile(place))) {
      throw fail("it has changed since it was read, or is not written in Unicode", "Run mlops lint --fix again.");
    }
    await rename(temporary, place);
    temporary = undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw error instanceof AppError || code === undefined
      ? error
      : fail(`the system answers ${code}`, "Check the rights of its folder.", error);
  } finally {
    if (temporary !== undefined) {
      await rm(temporary, { force: true });
    }
  }
}

interface TextEncoding {
  readonly name: "utf8" | "utf16le" | "utf16be";
  readonly hasMark: boolean;
}

function encodingOf(bytes: Buffer): TextEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { name: "utf16le", hasMark: true };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { name: "utf16be", hasMark: true };
  }
  return { name: "utf8", hasMark: bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf };
}

function encode(text: string, { name, hasMark }: TextEncoding): Buffer {
  const whole = `${hasMark ? "\ufeff" : ""}${text}`;
  return name === "utf8"
    ? Buffer.from(whole, "utf8")
    : name === "utf16le"
      ? Buffer.from(whole, "utf16le")
      : Buffer.from(whole, "utf16le").swap16();
}
