import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { DeployDraft } from "../../core/deployment/deployTarget";
import type { TargetSpec } from "../../core/deployment/targetSpec";
import { isLoopbackUrl, serverAddress } from "../node/httpJson";
import { storeUri } from "../node/storeUri";
import { type AppConfig, MODEL_ENV, record, type ServeDetails } from "./serveDetails";

export const SERVE_PATH = "/api/serve/applications/";
/** What Ray puts in place of values of variables that it does not tell. */
const REDACTED = "<redacted>";

/** What is set in the configuration of an application; all else in it stays. Plain JSON without secrets. */
export interface AppPatch {
  readonly import_path?: string;
  readonly route_prefix?: string;
  readonly runtime_env: Readonly<Record<string, unknown>>;
}

/** What was there at the time of the plan, as far as it may be kept. */
export interface BeforePatch {
  readonly importPath: string | null;
  readonly routePrefix: string | null;
}

/** @throws AppError `usage`. */
export function dashboardOf({ address, name }: Pick<TargetSpec, "address" | "name">): string {
  if (address === null) {
    throw new AppError("usage", `The address of the target "${name}" is missing: it is the cluster's dashboard, such as http://head:8265.`);
  }
  return serverAddress(address, `The address of the target "${name}"`);
}

/** @throws AppError `usage`. */
export function applicationOf({ application, name }: Pick<TargetSpec, "application" | "name">): string {
  if (application === null || application === "") {
    throw new AppError("usage", `The target "${name}" names no application of Ray Serve.`);
  }
  return application;
}

/** @param before set for the way back to what was there: its place is restored too. */
export function patchOf({ spec, version }: Pick<DeployDraft, "spec" | "version">, before: BeforePatch | null): AppPatch {
  const { env_vars: own, ...runtime } = spec.runtimeEnv ?? {};
  const store = registryOf(spec);
  const importPath = before?.importPath ?? spec.importPath;
  const routePrefix = before?.routePrefix ?? spec.routePrefix;
  return {
    ...(importPath === null ? {} : { import_path: importPath }),
    ...(routePrefix === null ? {} : { route_prefix: routePrefix }),
    runtime_env: {
      ...runtime,
      env_vars: {
        ...record(own),
        ...(store === null ? {} : { MLFLOW_TRACKING_URI: store }),
        [MODEL_ENV.model]: spec.model,
        [MODEL_ENV.version]: version,
        [MODEL_ENV.uri]: `models:/${spec.model}/${version}`,
      },
    },
  };
}

/** Where the cluster finds the registry; null where it is a file on this machine and the cluster is elsewhere. Logins are never passed on: the dashboard shows them. */
export function registryOf({ store, address }: Pick<TargetSpec, "store" | "address">): string | null {
  const isHere = address !== null && URL.canParse(address) && isLoopbackUrl(address);
  return store === null || (store.kind !== "rest" && !isHere) ? null : storeUri(store);
}

/** The configuration of the application with what is to be set. @throws AppError `usage` for a new one that nobody can import. */
export function patched(name: string, config: AppConfig | null, patch: AppPatch): AppConfig {
  const base = config ?? {};
  const runtime = record(base["runtime_env"]);
  const env = { ...record(runtime["env_vars"]), ...record(patch.runtime_env["env_vars"]) };
  const merged: Record<string, unknown> = {
    ...base,
    ...patch,
    name,
    route_prefix: patch.route_prefix ?? (config === null ? `/${name}` : (base["route_prefix"] ?? null)),
    runtime_env: { ...runtime, ...patch.runtime_env, env_vars: env },
  };
  if (typeof merged["import_path"] !== "string") {
    throw new AppError("usage", `The cluster has no application "${oneLine(name, 80)}" yet, and nothing says what Ray is to import.`, {
      remedy: "Add import_path to the target, such as serve_app:build.",
    });
  }
  return merged;
}

/** The number of copies of one deployment of an application, beside what else is set of it. */
export function withReplicas(config: AppConfig, deployment: string, replicas: number): AppConfig {
  const listed = Array.isArray(config["deployments"]) ? (config["deployments"] as readonly unknown[]) : [];
  const others = listed.filter((one) => record(one)["name"] !== deployment);
  const own = record(listed.find((one) => record(one)["name"] === deployment));
  if (own["autoscaling_config"] !== undefined && own["autoscaling_config"] !== null) {
    throw new AppError("usage", `The deployment ${deployment} chooses the number of its copies by itself.`, {
      remedy: "Change its autoscaling_config on the cluster.",
    });
  }
  return { ...config, deployments: [...others, { ...own, name: deployment, num_replicas: replicas }] };
}

/**
 * The whole list as Ray takes it, which ends whatever is not in it: each application that came by such a list goes back as it is, but one.
 * @param config of that one; null takes it away.
 * @throws AppError `usage` where the cluster does not tell all of what it would be sent.
 */
export function wholeRequest(
  details: ServeDetails,
  address: string,
  name: string,
  config: AppConfig | null,
): Readonly<Record<string, unknown>> {
  const others = Object.entries(details.applications).flatMap(([other, { deployed_app_config: theirs, source, status }]) => {
    if (other === name || status === "DELETING" || source === "imperative") {
      return [];
    }
    if (theirs == null) {
      throw untold(other);
    }
    return [theirs];
  });
  const applications = config === null ? others : [...others, config];
  const redacted = applications.find((one) => JSON.stringify(one).includes(JSON.stringify(REDACTED)));
  if (redacted !== undefined) {
    throw untold(String(redacted["name"]));
  }
  const isNew = details.http_options == null;
  return {
    ...(details.target_capacity == null ? {} : { target_capacity: details.target_capacity }),
    // Left alone, the first start would listen on all addresses of this machine.
    ...(isNew && isLoopbackUrl(address) ? { http_options: { host: "127.0.0.1" } } : {}),
    applications,
  };
}

function untold(name: string): AppError {
  return new AppError(
    "usage",
    `The cluster does not tell how its application "${oneLine(name, 80)}" is configured, so that it would be lost.`,
    {
      remedy: "Deploy on the cluster itself, or ask its dashboard without a proxy between.",
    },
  );
}
