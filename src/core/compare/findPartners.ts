import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { Page } from "../tracking/page";
import type { ModelVersion } from "../tracking/registeredModel";
import type { Store } from "../tracking/store";

const CHAMPION = "champion";
const PAGE_SIZE = 100;

/** The version that bears the alias "champion" of a model, or null where none does. */
export async function championOf(store: Store, modelName: string, signal: CancelSignal): Promise<ModelVersion | null> {
  const wanted = (await store.getRegisteredModel(modelName, signal)).aliases.get(CHAMPION);
  return wanted === undefined ? null : findVersion(store, modelName, signal, ({ version }) => version === wanted);
}

/** The champions that a run can be measured against: those of the models made from it, or else those of all models of its store. */
export async function championsFor(store: Store, runId: string, signal: CancelSignal): Promise<readonly ModelVersion[]> {
  const own = new Set((await store.versionsOfRun(runId, signal)).map(({ modelName }) => modelName));
  const names = own.size > 0 ? [...own] : await modelsWithChampion(store, signal);
  const champions: ModelVersion[] = [];
  for (const name of names) {
    signal.throwIfAborted();
    const champion = await championOf(store, name, signal);
    if (champion?.runId != null) {
      champions.push(champion);
    }
  }
  return champions;
}

/** The newest older version of the same model that was made by a run, or null for the first. */
export function previousVersion(store: Store, { modelName, version }: ModelVersion, signal: CancelSignal): Promise<ModelVersion | null> {
  // Newest first, so that the first that fits is the nearest.
  return findVersion(store, modelName, signal, (other) => Number(other.version) < Number(version) && other.runId !== null);
}

/** @throws AppError where the version was not made by a run. */
export function demandRun({ modelName, version, runId }: ModelVersion): string {
  if (runId === null || runId === "") {
    throw new AppError("usage", `The version ${version} of ${modelName} names no run, so that there is nothing to compare.`, {
      remedy: "Choose a version that a run logged.",
    });
  }
  return runId;
}

async function modelsWithChampion(store: Store, signal: CancelSignal): Promise<readonly string[]> {
  const names: string[] = [];
  let pageToken: string | null = null;
  do {
    const page: Awaited<ReturnType<Store["searchRegisteredModels"]>> = await store.searchRegisteredModels(request(pageToken), signal);
    names.push(...page.items.filter(({ aliases }) => aliases.has(CHAMPION)).map(({ name }) => name));
    pageToken = page.nextPageToken;
  } while (pageToken !== null);
  return names;
}

async function findVersion(
  store: Store,
  modelName: string,
  signal: CancelSignal,
  fits: (version: ModelVersion) => boolean,
): Promise<ModelVersion | null> {
  let pageToken: string | null = null;
  do {
    signal.throwIfAborted();
    const page: Page<ModelVersion> = await store.searchModelVersions(modelName, request(pageToken), signal);
    const found = page.items.find(fits);
    if (found !== undefined) {
      return found;
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== null);
  return null;
}

function request(pageToken: string | null): { readonly pageSize: number; readonly pageToken?: string } {
  return pageToken === null ? { pageSize: PAGE_SIZE } : { pageSize: PAGE_SIZE, pageToken };
}
