/**
 * Long work in small portions: the generator pauses where somebody else may run, the caller decides whether it waits there.
 * Portions are a few milliseconds, so that a thread that also answers a person stays quick.
 */
export type Work<T> = Generator<void, T, void>;

/** How many cheap steps (a comparison, a cell) fit between two pauses. */
export const STEPS_BETWEEN_PAUSES = 50_000;

/** Does the work at once: for tests, and where nobody waits. */
export function runNow<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return step.value;
    }
  }
}
