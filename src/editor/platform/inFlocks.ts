import type { Disposable } from "../../core/base/disposable";

/** Work that many reasons ask for at once. */
export interface Flock extends Disposable {
  /** The work is done once for all reasons that come within the pause after the first. */
  readonly soon: () => void;
}

/** Does work a pause after somebody has asked for it, once for all who ask meanwhile. @param pause in milliseconds. */
export function inFlocks(pause: number, work: () => void): Flock {
  let timer: NodeJS.Timeout | undefined;
  return {
    soon: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, pause);
    },
    dispose: () => clearTimeout(timer),
  };
}
