import { createHash } from "node:crypto";

import * as v from "valibot";

import { canonicalJson } from "../../core/base/canonicalJson";
import { oneLine } from "../../core/base/oneLine";
import { withoutLogin } from "../../core/base/withoutLogin";
import type { TargetHealth } from "../../core/deployment/deployTarget";

const REPLICA = v.object({ state: v.optional(v.string(), ""), start_time_s: v.nullish(v.number()) });
const DEPLOYMENT = v.object({
  status: v.optional(v.string(), ""),
  message: v.optional(v.string(), ""),
  target_num_replicas: v.nullish(v.number()),
  replicas: v.optional(v.array(REPLICA), []),
});
const APPLICATION = v.object({
  status: v.string(),
  message: v.optional(v.string(), ""),
  route_prefix: v.nullish(v.string()),
  /** As it was sent; none for one that was started in Python. */
  deployed_app_config: v.nullish(v.record(v.string(), v.unknown())),
  source: v.optional(v.string(), "unknown"),
  deployments: v.optional(v.record(v.string(), DEPLOYMENT), {}),
  deployment_topology: v.nullish(v.object({ ingress_deployment: v.nullish(v.string()) })),
});
export const SERVE_DETAILS = v.object({
  applications: v.record(v.string(), APPLICATION),
  target_capacity: v.nullish(v.number()),
  proxy_location: v.nullish(v.string()),
  http_options: v.nullish(
    v.object({
      host: v.nullish(v.string()),
      port: v.nullish(v.number()),
      root_path: v.nullish(v.string()),
      ssl_certfile: v.nullish(v.string()),
    }),
  ),
});
export type ServeDetails = v.InferOutput<typeof SERVE_DETAILS>;
export type ServeApplication = v.InferOutput<typeof APPLICATION>;
export type AppConfig = Readonly<Record<string, unknown>>;

/** Variables by which an application is told what to load. */
export const MODEL_ENV = { model: "MLOPS_MODEL", version: "MLOPS_MODEL_VERSION", uri: "MLOPS_MODEL_URI" } as const;

/** The version that a configuration asks for; null where it names none. */
export function versionIn(config: AppConfig | null | undefined): string | null {
  const version = record(record(config?.["runtime_env"])["env_vars"])[MODEL_ENV.version];
  return typeof version === "string" ? version : null;
}

/** Changes whenever anybody changes the application; it tells nothing of what the configuration holds. */
export function stateOfApplication(application: ServeApplication | undefined): string {
  return application === undefined ? "none" : `${application.source} ${digestOf(application.deployed_app_config ?? null)}`;
}

/** A part of the SHA-256 of a configuration, behind which nobody finds the values of its variables. */
export function digestOf(config: unknown): string {
  return createHash("sha256").update(canonicalJson(config)).digest("hex").slice(0, 32);
}

/** @param name of the application. */
export function healthOfApplication(name: string, application: ServeApplication | undefined): TargetHealth {
  const called = `The application ${oneLine(name, 80)}`;
  const nothing = { version: null, requests: null, replicas: null, since: null };
  if (application === undefined || application.status === "DELETING") {
    return { ...nothing, state: "stopped", message: `${called} is not on the cluster${application === undefined ? "" : " any more"}.` };
  }
  const { status, deployed_app_config: config } = application;
  const all = Object.values(application.deployments);
  const running = all.flatMap(({ replicas }) => replicas.filter(({ state }) => state === "RUNNING"));
  const wanted = all.reduce((sum, one) => sum + (one.target_num_replicas ?? 0), 0);
  const starts = running.flatMap(({ start_time_s: start }) => (start == null ? [] : [Math.round(start * 1000)]));
  const replicas = all.length === 0 ? null : { running: running.length, wanted };
  const version = versionIn(config);
  const facts = { version, requests: null, replicas, since: starts.length === 0 ? null : Math.min(...starts) };
  const what = version === null ? "" : ` version ${version}`;
  switch (status) {
    case "RUNNING":
      return { ...facts, state: "healthy", message: `${called} runs${what}${copies(replicas)}.` };
    case "DEPLOYING":
    case "NOT_STARTED":
      return { ...facts, state: "starting", message: `${called} gets${what === "" ? " ready" : what}${copies(replicas)}.` };
    case "DEPLOY_FAILED": {
      const why = failureOf(application);
      const message = `${called} could not be given${what === "" ? " its new state" : what}${why === null ? "." : `: ${why}`}`;
      // What is asked for is not what is there.
      return { ...facts, version: null, state: "unhealthy", message };
    }
    default: {
      const why = failureOf(application);
      return { ...facts, state: "unhealthy", message: `${called} is ${status.toLowerCase()}${why === null ? "." : `: ${why}`}` };
    }
  }
}

const COMPLAINT = /^(?:\S+: )?(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception)\b:?\s*\S?/;

/** The last complaint in the traces that Ray passes on, as a sentence; null where it says nothing. */
export function failureOf({ message, deployments }: ServeApplication): string | null {
  const own = Object.values(deployments).flatMap((one) => (one.status === "HEALTHY" ? [] : [one.message]));
  const lines = [message, ...own].flatMap((text) => text.split("\n")).map((line) => line.replace(/\u001b\[[\d;]*m/g, "").trim());
  const said = lines.findLast((line) => COMPLAINT.test(line)) ?? lines.findLast((line) => line !== "");
  if (said === undefined) {
    return null;
  }
  const sentence = oneLine(said.split(" ").map(withoutLogin).join(" "), 300);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function copies(replicas: TargetHealth["replicas"]): string {
  if (replicas === null || replicas.wanted === 0) {
    return "";
  }
  const { running, wanted } = replicas;
  return running === wanted ? ` in ${wanted === 1 ? "one copy" : `${wanted} copies`}` : ` with ${running} of ${wanted} copies`;
}

export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
