import type { CancelSignal } from "../../core/base/cancel";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";

/** How long a restored page waits for its store to be found, in milliseconds. */
const PATIENCE = 15_000;

/** Waits until a store is listed: after a reload a page is back before the folders were searched. Gives up without an error. */
export function storeListed(catalog: StoreCatalog, id: StoreId, signal: CancelSignal): Promise<void> {
  if (catalog.entry(id) !== undefined) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      subscription.dispose();
      resolve();
    };
    const timer = setTimeout(end, PATIENCE);
    const subscription = catalog.onDidChangeStores(() => {
      if (catalog.entry(id) !== undefined) {
        end();
      }
    });
    signal.addEventListener("abort", end, { once: true });
  });
}
