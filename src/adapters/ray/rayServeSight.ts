import { isAppError, toUserText } from "../../core/base/appError";
import type { TargetHealth } from "../../core/deployment/deployTarget";
import type { TargetSpec } from "../../core/deployment/targetSpec";
import { isLoopbackUrl } from "../node/httpJson";
import type { ServeApplication, ServeDetails } from "./serveDetails";
import { patched, patchOf, registryOf, wholeRequest } from "./serveRequest";

/** One look at the cluster. */
export interface Sight {
  readonly address: string;
  readonly name: string;
  readonly details: ServeDetails;
  readonly application: ServeApplication | undefined;
}

/** What forbids a release, a sentence each. */
export function blockersOf(spec: TargetSpec, { address, application, details, name }: Sight): readonly string[] {
  const place = spec.runtimeEnv?.["working_dir"];
  const isLocal = typeof place === "string" && !/^[a-z][a-z0-9+]*:\/\//i.test(place);
  const found = isLocal
    ? ["runtime_env.working_dir has to be the address of a zip archive; name a folder that the cluster sees in env_vars.PYTHONPATH."]
    : [];
  try {
    const config = patched(name, application?.deployed_app_config ?? null, patchOf({ spec, version: "0" }, null));
    wholeRequest(details, address, name, config);
  } catch (error) {
    if (!isAppError(error)) {
      throw error;
    }
    found.push(toUserText(error));
  }
  return found;
}

/** What a person should see before. */
export function warningsOf(spec: TargetSpec, { address, application }: Sight, health: TargetHealth): readonly string[] {
  const warnings: readonly (readonly [boolean, string])[] = [
    [health.state === "unhealthy", health.message],
    [
      application !== undefined && health.state !== "unhealthy" && health.version === null,
      "The application that is there does not say which version it runs, so that nothing can go back to it by itself.",
    ],
    [
      application?.source === "imperative",
      "The application was started in Python; from now on it is as the cluster's list of applications says.",
    ],
    [
      registryOf(spec) === null,
      "The cluster is not told of a registry that it could reach. Name a server under tracking.uri, or let the application know by itself.",
    ],
    [
      !isLoopbackUrl(address) && address.startsWith("http:"),
      "The cluster's address is not encrypted; a login would be readable on the way.",
    ],
  ];
  return warnings.flatMap(([holds, text]) => (holds ? [text] : []));
}
