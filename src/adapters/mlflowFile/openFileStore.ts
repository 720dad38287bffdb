import type { CancelSignal } from "../../core/base/cancel";
import type { Store } from "../../core/tracking/store";

/** Opens an `mlruns` folder, read-only. */
export function openFileStore(path: string, signal: CancelSignal): Promise<Store> {
  signal.throwIfAborted();
  return Promise.reject(new Error(`not yet: ${path}`));
}
