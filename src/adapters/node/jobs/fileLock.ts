import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

import { AppError } from "../../../core/base/appError";
import type { CancelSignal } from "../../../core/base/cancel";
import { oneLine } from "../../../core/base/oneLine";
import { createFile, textOf } from "../atomicFile";
import { type ProcessMark, quickLiveness, quickMark } from "./processIdentity";

/** A lock is held for milliseconds; one that nobody here can ask about and that stays the same for so long is left over. */
const STALE_MS = 10_000;
/** After so long somebody is told instead of kept waiting. */
const PATIENCE_MS = 30_000;

interface Owner {
  readonly token: string;
  readonly mark: ProcessMark;
}

/**
 * Does some work while no other process does work under the same lock. A lock whose process ended is broken: only who holds the lock of
 * breaking this very lock may take it away, and looks again before, so that two processes never break each other's.
 * @param work may ask whether the lock is still its own: a process that stood still for long, as on a machine that slept, may have lost it
 * meanwhile, and has to look at what it wrote before it relies on it.
 */
export async function withFileLock<T>(
  path: string,
  signal: CancelSignal,
  work: (isHeld: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  const own = await acquire(path, signal);
  const isHeld = async (): Promise<boolean> => (await textOf(path)) === own;
  try {
    return await work(isHeld);
  } finally {
    // One that was lost is another's.
    if (await isHeld().catch(() => false)) {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
}

/** @returns what stands in the lock while it is held. */
async function acquire(path: string, signal: CancelSignal): Promise<string> {
  const begin = performance.now();
  let seen = { text: "", since: begin };
  const mine = JSON.stringify({ token: randomUUID(), mark: quickMark(process.pid) } satisfies Owner);
  for (;;) {
    signal.throwIfAborted();
    if (await createFile(path, mine)) {
      return mine;
    }
    const text = await textOf(path);
    const now = performance.now();
    if (text === null) {
      continue;
    }
    seen = seen.text === text ? seen : { text, since: now };
    if (isLeftOver(text, now - seen.since)) {
      await breakLock(path, text, signal);
      continue;
    }
    if (now - begin > PATIENCE_MS) {
      throw new AppError("file/unwritable", `Another process has held ${oneLine(path)} for half a minute.`, {
        remedy: "Try again, or close the other window.",
      });
    }
    await pause(5 + Math.random() * 20);
  }
}

function isLeftOver(text: string, unchangedMs: number): boolean {
  const owner = ownerOf(text);
  if (owner === null) {
    return unchangedMs > STALE_MS;
  }
  const liveness = quickLiveness(owner.mark);
  // Where the start of a process is not known, its number may long be another's.
  return liveness === "gone" || ((liveness === "elsewhere" || owner.mark.start === null) && unchangedMs > STALE_MS);
}

async function breakLock(path: string, text: string, signal: CancelSignal): Promise<void> {
  const name =
    ownerOf(text)
      ?.token.replace(/[^\w-]/g, "")
      .slice(0, 36) ?? "damaged";
  await withFileLock(`${path}.${name}`, signal, async () => {
    if ((await textOf(path)) === text) {
      await rm(path, { force: true });
    }
  });
}

function ownerOf(text: string): Owner | null {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    return typeof owner?.token === "string" && typeof owner.mark?.pid === "number" && typeof owner.mark.machine === "object"
      ? (owner as Owner)
      : null;
  } catch {
    return null;
  }
}
