import { isAppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { ModelRegistry } from "../tracking/modelRegistry";
import type { ModelVersion } from "../tracking/registeredModel";

const PAGE = 1000;

/** Some versions of a model by their numbers; those that the registry does not know are left out. */
export async function findVersions(
  registry: ModelRegistry,
  model: string,
  wanted: readonly string[],
  signal: CancelSignal,
): Promise<ReadonlyMap<string, ModelVersion>> {
  const open = new Set(wanted);
  const found = new Map<string, ModelVersion>();
  try {
    let pageToken: string | undefined;
    do {
      signal.throwIfAborted();
      const page = await registry.searchModelVersions(model, { pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) }, signal);
      for (const version of page.items) {
        if (open.delete(version.version)) {
          found.set(version.version, version);
        }
      }
      pageToken = page.nextPageToken ?? undefined;
    } while (open.size > 0 && pageToken !== undefined);
  } catch (error) {
    if (!isAppError(error, "model/not-found")) {
      throw error;
    }
  }
  return found;
}
