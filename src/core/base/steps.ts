import type { CancelSignal } from "./cancel";

/** Long work in short steps: it yields wherever something else may be done in between. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Tells after each step whether to go on at once (null), or what to wait for first. */
export type Pacer = () => Promise<void> | null;

/** Does all steps in one go: for a command line, where nobody else waits. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}

/** Does the steps as fast as the pacer lets it, and stops between two of them when the signal says so. */
export async function finishInSlices<T>(steps: Steps<T>, pacer: Pacer, signal: CancelSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
    const pause = pacer();
    if (pause !== null) {
      await pause;
    }
  }
}

/** Maps a list, one step an item. */
export function* mapInSteps<T, R>(items: Iterable<T>, map: (item: T, index: number) => R): Steps<R[]> {
  const mapped: R[] = [];
  for (const item of items) {
    mapped.push(map(item, mapped.length));
    yield;
  }
  return mapped;
}
