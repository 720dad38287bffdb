import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { dirname } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { CHAIN_START, chainLine, type ChainReading, readChain } from "../../core/governance/hashChain";
import { makeFolder, textOf } from "./atomicFile";
import { errnoOf } from "./errnoOf";
import { withFileLock } from "./jobs/fileLock";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** @returns an empty chain where there is no file. */
export async function readChainedLog<T>(path: string): Promise<ChainReading<T>> {
  return readChain<T>((await textOf(path)) ?? "", sha256);
}

/**
 * Adds a line to a hash-chained log; any number of processes may do so at once. What a stopped process left unfinished at the end is taken away first.
 * @param path absolute. @param shown how a message calls the file.
 * @returns the line's hash. @throws AppError where the log does not verify: nothing is added to a log that was tampered with.
 */
export async function appendChainedLine(path: string, entry: object, shown: string, signal: CancelSignal): Promise<string> {
  await makeFolder(dirname(path), shown);
  return withFileLock(`${path}.lock`, signal, async () => {
    const text = (await textOf(path)) ?? "";
    const { lines, fault, unfinished } = readChain(text, sha256);
    if (fault !== null) {
      throw new AppError("file/unreadable", `Line ${fault.line} of ${oneLine(shown)} does not verify: ${fault.why}.`, {
        remedy: "Compare the log with the one in git; nothing is added to it until it verifies.",
      });
    }
    const line = chainLine(entry, lines.at(-1)?.hash ?? CHAIN_START, sha256);
    const keep = Buffer.byteLength(text) - Buffer.byteLength(unfinished ?? "");
    try {
      const file = await open(path, text === "" ? "a" : "r+");
      try {
        if (unfinished !== null) {
          await file.truncate(keep);
        }
        await file.write(line, keep, "utf8");
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw new AppError("file/unwritable", `The log ${oneLine(shown)} was not written: the system answers ${errnoOf(error)}.`, {
        cause: error,
      });
    }
    return (JSON.parse(line) as { hash: string }).hash;
  });
}
