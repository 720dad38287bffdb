import type { CancelSignal } from "../../core/base/cancel";
import type { ModelVersion } from "../../core/tracking/registeredModel";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";

const MOST_VERSIONS = 200;

/** Versions of a model in all stores that hold it. A store that cannot be read, or does not know the model, has none. */
export async function versionsByName(catalog: StoreCatalog, model: string, signal: CancelSignal): Promise<readonly ModelVersion[]> {
  const found = await Promise.all(
    catalog.entries().map(async ({ id }) => {
      try {
        return (await catalog.use(id, signal, (store) => store.searchModelVersions(model, { pageSize: MOST_VERSIONS }, signal))).items;
      } catch {
        signal.throwIfAborted();
        return []; // The trees tell of a store that cannot be read.
      }
    }),
  );
  return found.flat();
}
