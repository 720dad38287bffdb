import { isAppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { ArtifactOwner } from "../tracking/artifact";
import type { Run } from "../tracking/run";
import type { Store } from "../tracking/store";
import { parseCondaEnv, parsePythonEnv } from "./parsePythonEnvironment";
import { parseRequirements } from "./parseRequirements";

/** MLflow writes a few kilobytes; more is no list of packages. */
const MAX_BYTES = 256_000;
const MAX_PACKAGES = 1000;
/** A run logs one model as a rule; a search may log one for each trial. */
const MAX_MODELS = 3;
const MAX_FOLDERS = 5;
const LOGGED_MODELS_TAG = "mlflow.log-model.history";

// The platform's own, present in Node, browsers and workers; declared here because this layer sees no platform types.
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

interface Place {
  readonly owner: ArtifactOwner;
  readonly path: string;
}

/**
 * Packages and the interpreter that a run was made with, as far as it logged them: beside its models (MLflow does that by
 * itself), or as a requirements.txt, conda.yaml or python_env.yaml of its own. Null where it logged none.
 * @throws AppError of a store that fails; a file that is missing, too large, broken or out of reach is left out.
 */
export async function readEnvironment(store: Store, run: Run, signal: CancelSignal): Promise<ReadonlyMap<string, string> | null> {
  const found = new Map<string, Set<string>>();
  const root: Place = { owner: { kind: "run", runId: run.runId }, path: "" };
  const models = modelsOf(run);
  for (const place of [...models, root]) {
    await readPlace(store, place, found, signal);
  }
  if (found.size === 0 && models.length === 0) {
    // MLflow 2 on a server may not tell the models of a run; they are folders like any other.
    for (const { path } of (await entriesOf(store, root, signal)).filter(({ isDirectory }) => isDirectory).slice(0, MAX_FOLDERS)) {
      await readPlace(store, { ...root, path }, found, signal);
    }
  }
  return found.size === 0
    ? null
    : new Map([...found].slice(0, MAX_PACKAGES).map(([name, versions]) => [name, [...versions].sort().join(" | ")]));
}

/** What the reading of a run's environment depends on; the same text means that it need not be read again. */
export function environmentKey({ status, endTime, outputs, tags }: Run): string {
  return [status, endTime, outputs.length, tags.get(LOGGED_MODELS_TAG)?.length].join();
}

/** The models that the run names: by id since MLflow 3, by path in a tag before. */
function modelsOf({ runId, outputs, tags }: Run): readonly Place[] {
  const byId = outputs.map(({ modelId }): Place => ({ owner: { kind: "loggedModel", modelId }, path: "" }));
  const byPath = loggedPaths(tags.get(LOGGED_MODELS_TAG)).map((path): Place => ({ owner: { kind: "run", runId }, path }));
  return byId.length > 0 ? byId.slice(0, MAX_MODELS) : byPath.slice(-MAX_MODELS);
}

function loggedPaths(history: string | undefined): readonly string[] {
  try {
    const models: unknown = JSON.parse(history ?? "[]");
    const paths = Array.isArray(models) ? models.map((model: { readonly artifact_path?: unknown } | null) => model?.artifact_path) : [];
    return [...new Set(paths.filter((path) => typeof path === "string" && path !== ""))] as string[];
  } catch {
    // Cut by a database: the run's folder tells as well.
    return [];
  }
}

async function readPlace(store: Store, place: Place, found: Map<string, Set<string>>, signal: CancelSignal): Promise<void> {
  const names = new Set((await entriesOf(store, place, signal)).map(({ path }) => path.slice(path.lastIndexOf("/") + 1)));
  const read = async (name: string, parse: (text: string) => ReadonlyMap<string, string>): Promise<void> => {
    const text = names.has(name) ? await readText(store, place, name, signal) : null;
    for (const [key, version] of text === null ? [] : parse(text)) {
      found.set(key, (found.get(key) ?? new Set()).add(version));
    }
  };
  await read("requirements.txt", parseRequirements);
  await read("python_env.yaml", parsePythonEnv);
  if (!names.has("requirements.txt") || !names.has("python_env.yaml")) {
    await read("conda.yaml", parseCondaEnv);
  }
}

function entriesOf(store: Store, { owner, path }: Place, signal: CancelSignal): ReturnType<Store["listArtifacts"]> {
  signal.throwIfAborted();
  return store.listArtifacts(owner, path, signal).catch(ifMissing([]));
}

async function readText(store: Store, { owner, path }: Place, name: string, signal: CancelSignal): Promise<string | null> {
  signal.throwIfAborted();
  const file = path === "" ? name : `${path}/${name}`;
  const bytes = await store.readArtifact(owner, file, { maxBytes: MAX_BYTES }, signal).catch(ifMissing(null));
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** These say something of the files, not of the store: that it may not read them, or that they are on a storage of their own. */
const OF_FILES: ReadonlySet<string> = new Set(["store/unsupported", "store/unreadable", "store/forbidden"]);

function ifMissing<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (isAppError(error) && (!error.code.startsWith("store/") || OF_FILES.has(error.code))) {
      return nothing;
    }
    throw error;
  };
}
