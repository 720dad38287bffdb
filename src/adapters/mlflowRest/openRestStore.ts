import type { CancelSignal } from "../../core/base/cancel";
import type { Store } from "../../core/tracking/store";
import type { RestConnection } from "./restConnection";

/** Opens an MLflow server. Contacts it once, to learn its version and what it can do. */
export function openRestStore(connection: RestConnection, signal: CancelSignal): Promise<Store> {
  signal.throwIfAborted();
  return Promise.reject(new Error(`not yet: ${connection.url}`));
}
