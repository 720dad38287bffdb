import { isAppError } from "../../base/appError";
import type { CancelSignal } from "../../base/cancel";
import type { ModelRegistry } from "../../tracking/modelRegistry";
import type { ModelVersion } from "../../tracking/registeredModel";
import type { RegisteredVersionFact } from "../lintFacts";

const PAGE = 1000;
/** Tags in which teams keep the hash of a model's files; MLflow itself keeps none. */
const DIGEST_TAGS = ["mlops.digest", "digest", "model_digest", "sha256"];

/** All versions of a model, newest first; none for a model that the store does not know. */
export async function readVersions(store: ModelRegistry, model: string, signal: CancelSignal): Promise<readonly RegisteredVersionFact[]> {
  return (await allVersions(store, model, signal)).map(toFact);
}

/** The id of the run that made a version; null where the store has no such version, or it was made by none. */
export async function runOfVersion(store: ModelRegistry, model: string, version: string, signal: CancelSignal): Promise<string | null> {
  return (await allVersions(store, model, signal)).find((one) => one.version === version)?.runId ?? null;
}

async function allVersions(store: ModelRegistry, model: string, signal: CancelSignal): Promise<readonly ModelVersion[]> {
  const versions: ModelVersion[] = [];
  try {
    let pageToken: string | undefined;
    do {
      signal.throwIfAborted();
      const page = await store.searchModelVersions(model, { pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) }, signal);
      versions.push(...page.items);
      pageToken = page.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
  } catch (error) {
    if (isAppError(error, "model/not-found")) {
      return [];
    }
    throw error;
  }
  return versions;
}

function toFact({ version, aliases, tags, creationTime, stage }: ModelVersion): RegisteredVersionFact {
  const digest = DIGEST_TAGS.map((key) => tags.get(key)?.trim().toLowerCase() ?? "").find((text) =>
    /^(?:sha256:)?[0-9a-f]{64}$/.test(text),
  );
  return {
    version,
    digest: digest === undefined ? null : `sha256:${digest.replace(/^sha256:/, "")}`,
    aliases,
    createdAt: creationTime === null ? null : new Date(creationTime).toISOString(),
    ...(stage === "" || stage === "None" ? {} : { stage }),
  };
}
