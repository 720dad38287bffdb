/**
 * The part of the platform's `AbortSignal` that core code needs. An `AbortSignal` satisfies it, so ports take this type
 * and core stays free of DOM and Node types.
 */
export interface CancelSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** True for the error that an aborted signal throws. Cancelling is not an error: it is never shown and never logged. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "Canceled");
}

/** For work that nobody can cancel. */
export const NEVER_CANCELLED: CancelSignal = {
  aborted: false,
  throwIfAborted: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
};

/** Waits for shared work, but no longer than the caller wants; the work itself goes on for others. */
export function unlessCancelled<T>(work: Promise<T>, signal: CancelSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      try {
        signal.throwIfAborted();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
