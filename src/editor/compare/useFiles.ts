import type { CancelSignal } from "../../core/base/cancel";
import type { Store } from "../../core/tracking/store";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";

/**
 * Reads files of a store. They may lie elsewhere than the store, so that trouble with them says nothing of its health:
 * it reaches the caller, and the catalog sees a store that answered.
 */
export async function useFiles<T>(
  catalog: StoreCatalog,
  storeId: StoreId,
  signal: CancelSignal,
  read: (store: Store) => Promise<T>,
): Promise<T> {
  const work = await catalog.use(storeId, signal, async (store) => {
    const reading = read(store);
    await reading.catch(() => undefined); // The caller gets it below.
    return { reading };
  });
  return work.reading;
}
