import { dirname } from "node:path";

import { AppError } from "../../core/base/appError";
import type { TargetSpec } from "../../core/deployment/targetSpec";
import { environmentBin } from "../node/jobs/choosePython";
import { storeUri } from "../node/storeUri";
import type { ServeAddress } from "./serveAddress";

/** Which model is served. */
export interface ModelWish {
  readonly version: string;
  /** Where its files are, as the registry has it; used where no registry is known. */
  readonly source: string | null;
}

/** Stands for the port of a start that only tries whether a model loads. */
export const TRY_PORT = "{free port}";

/** The program and its arguments; no shell reads them. @throws AppError `usage` where something is missing. */
export function serveArgv(spec: TargetSpec, wish: ModelWish, { host }: Pick<ServeAddress, "host">, port: string): readonly string[] {
  if (spec.python === null) {
    throw new AppError("usage", "No Python was found that could serve the model.", {
      remedy: "Name it in python, such as python: .venv/bin/python.",
    });
  }
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  return [spec.python, "-m", "mlflow", "models", "serve", "-m", modelUri(spec, wish), "--env-manager", "local", "-h", bare, "-p", port];
}

/** What MLflow is told beside that; without logins. */
export function serveEnv({ store, python }: TargetSpec): Readonly<Record<string, string>> {
  const bin = python === null ? null : environmentBin(python);
  const uri = store === null ? null : storeUri(store);
  return {
    // The registry too, or one that the caller's environment names would be asked for the version.
    ...(uri === null ? {} : { MLFLOW_TRACKING_URI: uri, MLFLOW_REGISTRY_URI: uri }),
    // Since 3.13 MLflow refuses folders unless told otherwise.
    ...(store?.kind === "file" ? { MLFLOW_ALLOW_FILE_STORE: "true" } : {}),
    MLFLOW_DISABLE_TELEMETRY: "true",
    PYTHONUNBUFFERED: "1",
    ...(bin === null ? {} : { VIRTUAL_ENV: dirname(bin) }),
  };
}

function modelUri({ store, model, name }: TargetSpec, { version, source }: ModelWish): string {
  if (store !== null) {
    return `models:/${model}/${version}`;
  }
  if (source === null) {
    throw new AppError("usage", `Nobody knows where the files of version ${version} are, so that "${name}" cannot serve it.`, {
      remedy: 'Name the registry, such as tracking: {uri: "sqlite:///mlflow.db"}.',
    });
  }
  return source;
}
