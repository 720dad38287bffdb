import { isAppError } from "../../base/appError";
import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import type { ModelVersion } from "../../tracking/registeredModel";
import type { Run } from "../../tracking/run";
import type { Store } from "../../tracking/store";

/** What people call the version that is at work. */
const ALIASES = ["champion", "production"] as const;

export interface Champion {
  readonly model: string;
  readonly version: string;
  readonly runId: string | null;
  /** Null where the version names no run, or its run is gone. */
  readonly run: Run | null;
}

/** The registered version that is at work: by alias, else as the product's file names it, else by its stage. Null where there is none. */
export async function findChampion(store: Store, { model }: Product, signal: CancelSignal): Promise<Champion | null> {
  const name = model?.name;
  if (name === undefined) {
    return null;
  }
  const versions = await orNull(store.searchModelVersions(name, { pageSize: 1000 }, signal), signal);
  const found = versions === null ? undefined : atWork(versions.items, model?.version);
  if (found === undefined) {
    return null;
  }
  const run = found.runId === null || found.runId === "" ? null : await orNull(store.getRun(found.runId, signal), signal);
  return { model: name, version: found.version, runId: found.runId === "" ? null : found.runId, run };
}

function atWork(versions: readonly ModelVersion[], written: string | undefined): ModelVersion | undefined {
  return (
    ALIASES.map((alias) => versions.find(({ aliases }) => aliases.includes(alias))).find((version) => version !== undefined) ??
    versions.find(({ version }) => version === written) ??
    versions.find(({ stage }) => stage === "Production")
  );
}

/** What is not there is no champion; a store that is away is told. */
async function orNull<T>(work: Promise<T>, signal: CancelSignal): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    signal.throwIfAborted();
    if (isAppError(error, "model/not-found") || isAppError(error, "run/not-found")) {
      return null;
    }
    throw error;
  }
}
