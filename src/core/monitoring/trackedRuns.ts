import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { oneLine } from "../base/oneLine";
import { activeExperiments } from "../tracking/listExperiments";
import type { ArtifactOwner } from "../tracking/artifact";
import type { DatasetInput, Run } from "../tracking/run";
import type { Store } from "../tracking/store";
import type { DataSource, ModelVersionWish } from "./dataSource";
import type { TrackedRun, TrackerWish } from "./monitoringTracker";

const PAGE = 200;
/** A data set that no run of so many pages read is not looked for any longer. */
const MOST_PAGES = 25;

/** Finished runs that speak for a product, the newest first. @throws AppError where nothing says which runs those are. */
export async function trackedRuns(store: Store, wish: TrackerWish, limit: number, signal: CancelSignal): Promise<readonly TrackedRun[]> {
  if (wish.model !== null && limit === 1) {
    const { name, version } = wish.model;
    const found = (await versionsOf(store, name, signal)).find((one) => one.version === version);
    if (found?.runId !== undefined && found.runId !== null) {
      return [toTracked(await store.getRun(found.runId, signal))];
    }
  }
  const experimentIds = await experimentsOf(store, wish, signal);
  const runs = await store.searchRuns(
    {
      experimentIds,
      lifecycle: "active",
      filter: "attributes.status = 'FINISHED'",
      nesting: { kind: "roots" },
      pageSize: Math.min(PAGE, limit),
    },
    signal,
  );
  return runs.items.map(toTracked);
}

function toTracked({ runId, name, startTime, metrics }: Run): TrackedRun {
  const finite = [...metrics].flatMap(([key, { value }]) => (Number.isFinite(value) ? [[key, value] as const] : []));
  return { runId, name, startTime, metrics: Object.fromEntries(finite) };
}

async function experimentsOf(store: Store, { experiment }: TrackerWish, signal: CancelSignal): Promise<readonly string[]> {
  const found = await activeExperiments(store, signal);
  const named = found.filter(({ name }) => name === experiment);
  if (experiment !== null && named.length === 0) {
    throw new AppError("run/not-found", `There is no experiment "${oneLine(experiment)}" in the store of runs.`, {
      remedy: "Correct tracking.experiment.",
    });
  }
  // MLflow makes an experiment "Default" that nobody asked for.
  const own = found.filter(({ name }) => name !== "Default");
  if (experiment === null && own.length > 1) {
    throw new AppError("usage", `The store of runs has ${own.length} experiments, and nothing says which one is meant.`, {
      remedy: "Name it in tracking.experiment.",
    });
  }
  return (experiment === null ? (own.length === 0 ? found : own) : named).map(({ experimentId }) => experimentId);
}

async function versionsOf(
  store: Store,
  model: string,
  signal: CancelSignal,
): Promise<readonly { readonly version: string; readonly runId: string | null; readonly aliases: readonly string[] }[]> {
  return (await store.searchModelVersions(model, { pageSize: 1000 }, signal)).items;
}

/** Whose artifacts an address means, and the path in them. @throws AppError `model/not-found`. */
export async function artifactOf(
  store: Store,
  source: Extract<DataSource, { readonly kind: "run" | "model" }>,
  signal: CancelSignal,
): Promise<{ readonly owner: ArtifactOwner; readonly path: string }> {
  if (source.kind === "run") {
    return { owner: { kind: "run", runId: source.runId }, path: source.path };
  }
  const versions = await versionsOf(store, source.model, signal);
  const found = versions.find((one) => isWanted(one, source.version));
  if (found === undefined) {
    throw new AppError("model/not-found", `The model "${oneLine(source.model)}" has no ${sayVersion(source.version)}.`, {
      remedy: "Correct the address of the data.",
    });
  }
  return { owner: { kind: "modelVersion", modelName: source.model, version: found.version }, path: source.path };
}

function isWanted(one: { readonly version: string; readonly aliases: readonly string[] }, wish: ModelVersionWish): boolean {
  return wish.kind === "latest" || (wish.kind === "version" ? one.version === wish.version : one.aliases.includes(wish.alias));
}

function sayVersion(wish: ModelVersionWish): string {
  return wish.kind === "latest" ? "version" : wish.kind === "version" ? `version ${wish.version}` : `alias "${oneLine(wish.alias)}"`;
}

export interface LoggedDataset {
  /** The path or address that it was read from. */
  readonly place: string;
  readonly run: string;
  readonly digest: string;
}

/** The newest data set of that name that a run of the product logged. @throws AppError `run/not-found`. */
export async function loggedDataset(
  store: Store,
  wish: TrackerWish,
  { name, digest }: Extract<DataSource, { readonly kind: "dataset" }>,
  signal: CancelSignal,
): Promise<LoggedDataset> {
  const experimentIds = await experimentsOf(store, wish, signal);
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    signal.throwIfAborted();
    const runs = await store.searchRuns(
      { experimentIds, lifecycle: "active", pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) },
      signal,
    );
    for (const run of runs.items) {
      const input = run.inputs.find((one) => one.name === name && (digest === null || one.digest === digest));
      if (input !== undefined) {
        return { place: placeOf(input), run: run.name, digest: input.digest };
      }
    }
    if (runs.nextPageToken === null) {
      break;
    }
    pageToken = runs.nextPageToken;
  }
  const which = digest === null ? "" : ` with the digest ${digest}`;
  throw new AppError("run/not-found", `No run has logged a data set "${oneLine(name)}"${which}.`, {
    remedy: "Correct its name, or log it with mlflow.log_input.",
  });
}

/** The address inside of the source's JSON. @throws AppError where it has none: data that was only in memory. */
function placeOf({ name, source }: DatasetInput): string {
  try {
    const parsed: unknown = JSON.parse(source);
    for (const key of ["uri", "url", "path"]) {
      const value = typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>)[key] : undefined;
      if (typeof value === "string" && value !== "") {
        return value;
      }
    }
  } catch {
    // Not JSON, so that nothing says where the data are.
  }
  throw new AppError("file/unreadable", `The data set "${oneLine(name)}" does not say which file it came from.`, {
    remedy: "Name a file in its place.",
  });
}
