import type { Pacer } from "../../core/base/steps";

/** Milliseconds of work after which others get their turn. Far below 50, because a step that has begun ends later. */
const SLICE_MS = 10;

/** Lets the event loop breathe between slices of long work: everything else in the extension host shares it. */
export function createPacer(): Pacer {
  let began = performance.now();
  return () =>
    performance.now() - began < SLICE_MS
      ? null
      : new Promise((resolve) => {
          setImmediate(() => {
            began = performance.now();
            resolve();
          });
        });
}
