import type { CancelSignal } from "../../core/base/cancel";
import type { Store } from "../../core/tracking/store";

/** Opens an `mlflow.db`, read-only. */
export function openSqliteStore(path: string, signal: CancelSignal): Promise<Store> {
  signal.throwIfAborted();
  return Promise.reject(new Error(`not yet: ${path}`));
}
