import { isAbsolute, resolve } from "node:path";

import { AppError } from "../../core/base/appError";
import type { JobDraft } from "../../core/training/trainingEngine";
import type { TrainSpec } from "../../core/training/trainSpec";
import { parseStoreUri } from "../../core/tracking/storeLocation";
import { isLoopbackUrl, serverAddress } from "../node/httpJson";
import { rayCommand } from "./rayCommand";
import { posixQuote } from "./posixQuote";

/** Seconds between the polite end and the hard one at the time limit. */
const GRACE_S = 30;
const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** What Ray is asked for. @throws AppError `usage` for what cannot be sent. */
export function rayRequest(draft: JobDraft): { readonly url: string; readonly body: Record<string, unknown> } {
  const { spec, jobId, tags } = draft;
  const address = addressOf(spec);
  const place = placeOf(spec);
  const { cpus, gpus, memory, timeoutMs } = spec.resources;
  const seconds = timeoutMs === null ? null : Math.max(1, Math.ceil(timeoutMs / 1000));
  return {
    url: `${address}/api/jobs/`,
    body: {
      submission_id: jobId,
      entrypoint: entrypoint(rayCommand(draft), { isShell: spec.shell, folder: place.folder, seconds }),
      runtime_env: { env_vars: environment(draft, address), ...(place.uri === null ? {} : { working_dir: place.uri }) },
      metadata: {
        job: jobId,
        product: spec.product,
        plan: tags["mlops.plan"] ?? "",
        ...(seconds === null ? {} : { time_limit_s: String(seconds) }),
      },
      ...(cpus === null ? {} : { entrypoint_num_cpus: cpus }),
      ...(gpus === null ? {} : { entrypoint_num_gpus: gpus }),
      ...(memory === null ? {} : { entrypoint_memory: memoryBytes(memory) }),
    },
  };
}

/** @throws AppError `usage`. */
export function addressOf({ ray }: TrainSpec): string {
  if (ray === null || ray.address === "") {
    throw new AppError("usage", "train.ray.address is missing: it is the address of the cluster's dashboard, such as http://head:8265.");
  }
  return serverAddress(ray.address, "train.ray.address");
}

/**
 * The line that the head's shell runs. Ray keeps no time limit itself, so that `timeout` does, where the head has it; a job that is followed is
 * ended by its follower besides. `exec` makes the command the process that Ray stops.
 */
export function entrypoint(
  argv: readonly string[],
  { isShell, folder, seconds }: { readonly isShell: boolean; readonly folder: string | null; readonly seconds: number | null },
): string {
  const words = (isShell ? ["sh", "-c", argv.join(" ")] : argv).map(posixQuote).join(" ");
  const enter = folder === null ? "" : `cd ${posixQuote(folder)} && `;
  if (seconds === null) {
    return `${enter}exec ${words}`;
  }
  const limit = `if command -v timeout >/dev/null 2>&1; then set -- timeout -k ${GRACE_S} ${seconds} "$@"; fi`;
  return `${enter}{ set -- ${words}; ${limit}; exec "$@"; }`;
}

/** A remote archive goes to Ray; a path lies on a disk that the cluster shares. */
function placeOf({ ray }: TrainSpec): { readonly uri: string | null; readonly folder: string | null } {
  const place = ray?.workingDir ?? null;
  if (place === null) {
    return { uri: null, folder: null };
  }
  if (/^[a-z][a-z0-9+]*:\/\//i.test(place)) {
    return { uri: place, folder: null };
  }
  if (!place.startsWith("/") && !isAbsolute(place)) {
    throw new AppError("usage", "train.ray.working_dir has to be an absolute path that the cluster sees, or the address of a zip archive.");
  }
  return { uri: null, folder: place };
}

/** What MLflow reads. Logins are left out: everybody who can open Ray's dashboard could read them. */
function environment({ spec, tags }: JobDraft, address: string): Readonly<Record<string, string>> {
  const uri = trackingUri(spec, address);
  return {
    ...(uri === null ? {} : { MLFLOW_TRACKING_URI: uri }),
    ...(spec.tracking.experiment === null ? {} : { MLFLOW_EXPERIMENT_NAME: spec.tracking.experiment }),
    MLFLOW_RUN_CONTEXT: JSON.stringify(tags),
  };
}

/** Null where the store is a file on this machine and the cluster is elsewhere. */
export function trackingUri({ tracking, folder }: TrainSpec, address: string): string | null {
  if (tracking.uri === null) {
    return null;
  }
  const url = URL.canParse(tracking.uri) ? new URL(tracking.uri) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) {
    url.username = "";
    url.password = "";
    return url.href.replace(/\/$/, "");
  }
  if (url?.protocol.startsWith("databricks") === true) {
    return tracking.uri;
  }
  if (!isLoopbackUrl(address)) {
    return null;
  }
  const location = parseStoreUri(tracking.uri, (path) => resolve(folder, path));
  return location.kind === "sqlite" ? `sqlite:///${location.path}` : location.kind === "file" ? location.path : tracking.uri;
}

/** @throws AppError `usage`. */
function memoryBytes(text: string): number {
  const [, number, unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]i?)?b?\s*$/i.exec(text) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (number === undefined || factor === undefined) {
    throw new AppError("usage", "train.resources.memory has to be a number with a unit, such as 8GiB.");
  }
  return Math.round(Number(number) * factor);
}
