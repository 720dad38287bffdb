import { isAbsolute, relative, resolve } from "node:path";

import type { JobDraft } from "../../../core/training/trainingEngine";
import type { TrainSpec } from "../../../core/training/trainSpec";
import { nearestStore } from "../nearestStore";

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;

/** Where runs go as MLflow is told, whole and without a login; null where nothing names a place. Looks at the disk where the file names none. */
export function trackingPlace({ root, folder, tracking: { uri } }: Pick<TrainSpec, "root" | "folder" | "tracking">): string | null {
  if (uri === null) {
    const store = nearestStore(root, relative(root, folder).replaceAll("\\", "/"));
    return store === null ? null : store.kind === "sqlite" ? sqliteUri(store.path) : store.kind === "file" ? store.path : null;
  }
  if (uri.startsWith("sqlite:")) {
    const path = /^sqlite(?:\+\w+)?:\/\/\/(.*)$/s.exec(uri)?.[1];
    return path === undefined || isAbsolute(path) ? uri : sqliteUri(resolve(folder, path));
  }
  if (SCHEME.test(uri) && !/^[A-Za-z]:[\\/]/.test(uri)) {
    return withoutLogin(uri);
  }
  const path = resolve(folder, uri);
  return /\.(?:db|sqlite3?)$/i.test(path) ? sqliteUri(path) : path;
}

/** Username and password of an address, for the environment of a process and nothing else. */
export function loginOf(uri: string | null): Readonly<Record<string, string>> {
  const url = uri !== null && /^https?:/i.test(uri) && URL.canParse(uri) ? new URL(uri) : null;
  return url === null || url.username === ""
    ? {}
    : { MLFLOW_TRACKING_USERNAME: decodeURIComponent(url.username), MLFLOW_TRACKING_PASSWORD: decodeURIComponent(url.password) };
}

/** What tells MLflow of a process where runs go and which job they belong to. */
export function trackingEnv({ spec, tags }: Pick<JobDraft, "spec" | "tags">, place: string | null): Readonly<Record<string, string>> {
  const isFolder = place !== null && (place.startsWith("file:") || isAbsolute(place));
  return {
    ...(place === null ? {} : { MLFLOW_TRACKING_URI: place }),
    // Since 3.13 MLflow refuses folders unless told otherwise.
    ...(isFolder ? { MLFLOW_ALLOW_FILE_STORE: "true" } : {}),
    ...(spec.tracking.experiment === null ? {} : { MLFLOW_EXPERIMENT_NAME: spec.tracking.experiment }),
    MLFLOW_RUN_CONTEXT: JSON.stringify(tags),
  };
}

/** Four slashes before a path of POSIX, three before a drive. */
function sqliteUri(path: string): string {
  return `sqlite:///${path.replaceAll("\\", "/")}`;
}

function withoutLogin(uri: string): string {
  if (!/^https?:/i.test(uri) || !URL.canParse(uri)) {
    return uri;
  }
  const url = new URL(uri);
  if (url.username === "" && url.password === "") {
    return uri;
  }
  url.username = "";
  url.password = "";
  return url.href;
}
