import { isAppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { ModelVersion } from "../tracking/registeredModel";
import type { TrackingStore } from "../tracking/trackingStore";
import type { ComparedVersion } from "./versionDifferences";

/** A version with the run that made it; without where it names none, or its run is gone. Null for no version. */
export async function runOf(
  store: Pick<TrackingStore, "getRun">,
  version: ModelVersion | null,
  signal: CancelSignal,
): Promise<ComparedVersion | null> {
  if (version === null) {
    return null;
  }
  if (version.runId === null || version.runId === "") {
    return { version, run: null };
  }
  try {
    return { version, run: await store.getRun(version.runId, signal) };
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) {
      throw error;
    }
    return { version, run: null };
  }
}
