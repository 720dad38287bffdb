/**
 * One look at the store, made for one call. Every cached thing compares itself with the disk once a look, when it is first
 * asked for, and never twice; what a call does not ask for is not looked at.
 */
export interface Pass {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Also compare files that MLflow does not change any more, such as the metrics of a finished run. */
  readonly thorough: boolean;
}

export function newPass(thorough = false): Pass {
  return { startedAt: Date.now(), thorough };
}

/**
 * A change that follows a read within the clock tick of the file system leaves the same time. What was changed so shortly
 * before it was read is therefore read again. Two seconds is the coarsest tick in use (FAT).
 */
const TICK_MS = 2000;

export function isTooFresh(mtime: number, readAt: number): boolean {
  return mtime > readAt - TICK_MS;
}
