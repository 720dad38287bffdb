import type { FrameSights } from "./probe";

/** Milliseconds of the drawing thread in tasks of 50 ms and more, from one time to another. Frames that share a thread see the same tasks. */
export function blockedMs(frames: readonly FrameSights[], from: number, to: number): number {
  const tasks = frames.flatMap(({ longTasks }) => longTasks).filter(({ at, ms }) => at + ms > from && at < to);
  const each = [...tasks].sort((a, b) => a.at - b.at).filter(({ at }, index, all) => index === 0 || at - (all[index - 1]?.at ?? 0) > 2);
  return each.reduce((sum, { at, ms }) => sum + Math.min(to, at + ms) - Math.max(from, at), 0);
}
