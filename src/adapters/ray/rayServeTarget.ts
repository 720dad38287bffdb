import { AppError, isAppError, toUserText } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { ownValue } from "../../core/base/ownValue";
import type {
  DeployDraft,
  DeployTarget,
  ScoringInput,
  ScoringResult,
  TargetFacts,
  TargetHealth,
  TargetStep,
} from "../../core/deployment/deployTarget";
import type { TargetSpec } from "../../core/deployment/targetSpec";
import type { EngineSecrets } from "../../core/training/trainingEngine";
import { sendHttp } from "../node/httpJson";
import { pause } from "../node/pause";
import { scoreByHttp } from "../node/scoreByHttp";
import { RayHttp } from "./rayHttp";
import { RayServeApi } from "./rayServeApi";
import { blockersOf, type Sight, warningsOf } from "./rayServeSight";
import { bodyOf, setStep } from "./rayServeStep";
import {
  type AppConfig,
  digestOf,
  failureOf,
  healthOfApplication,
  type ServeApplication,
  type ServeDetails,
  stateOfApplication,
  textOf,
  versionIn,
} from "./serveDetails";
import { applicationOf, type AppPatch, type BeforePatch, dashboardOf, patched, wholeRequest, withReplicas } from "./serveRequest";
import { applicationUrl, urlBelow } from "./serveUrls";

export interface RayServeOptions {
  /** The login for this address, and for no other. */
  readonly secrets: (address: string, signal: CancelSignal) => Promise<Pick<EngineSecrets, "token" | "login">>;
  /** Milliseconds that one call may take. */
  readonly timeoutMs?: number;
}

/** The first request starts Serve itself, which takes five seconds and more. */
const TIMEOUT_MS = 60_000;
const ASK_MS = 10_000;
const LOOK_MS = 500;
/** Part of the time of a step after which it is told what is wrong, before whoever waits for it gives up. */
const PATIENCE = 0.9;
const RESTARTED = "MLOPS_RESTARTED";

/** Releases to an application of Ray Serve, and leaves all others of the cluster as they are. */
export function createRayServeTarget(options: RayServeOptions): DeployTarget {
  return new RayServeTarget(options);
}

class RayServeTarget implements DeployTarget {
  readonly type = "ray_serve";

  constructor(private readonly options: RayServeOptions) {}

  async inspect(spec: TargetSpec, signal: CancelSignal): Promise<TargetFacts> {
    signal.throwIfAborted();
    let sight: Sight;
    try {
      sight = await this.look(spec, signal);
    } catch (error) {
      signal.throwIfAborted();
      const message = toUserText(error);
      const nobody = { version: null, canTell: false, since: null, webUrl: null };
      return { ...nobody, health: { ok: false, message }, state: "unknown", warnings: [], blockers: [message] };
    }
    const { address, application, name } = sight;
    const health = healthOfApplication(name, application);
    const blockers = blockersOf(spec, sight);
    const config = application?.deployed_app_config;
    const before: BeforePatch = { importPath: textOf(config?.["import_path"]), routePrefix: textOf(config?.["route_prefix"]) };
    return {
      health: { ok: blockers.length === 0, message: blockers[0] ?? health.message },
      version: health.version,
      canTell: health.state === "stopped" || health.version !== null,
      since: health.since,
      state: stateOfApplication(application),
      warnings: warningsOf(spec, sight, health),
      blockers,
      webUrl: `${address}/#/serve`,
      detail: { ...before, others: Object.keys(sight.details.applications).filter((one) => one !== name).length },
    };
  }

  steps(draft: DeployDraft, facts: TargetFacts): readonly TargetStep[] {
    return [setStep(draft, facts)];
  }

  async apply(draft: DeployDraft, step: TargetStep, log: (line: string) => void, signal: CancelSignal): Promise<void> {
    signal.throwIfAborted();
    const { spec, version, isRollback } = draft;
    const name = applicationOf(spec);
    const body = bodyOf(draft, step);
    const api = await this.api(dashboardOf(spec), signal);
    const { before, isSent } = await api.change((details) => {
      const application = ownValue(details.applications, name);
      const config = application?.deployed_app_config ?? null;
      const set = patched(name, config, body.set as AppPatch);
      const deployment = ingressOf(application);
      const wanted = body.replicas === null || deployment === null ? set : withReplicas(set, deployment, body.replicas);
      if (config !== null && digestOf(wanted) === digestOf(config) && application?.status !== "DEPLOY_FAILED") {
        return null;
      }
      if (!isRollback && stateOfApplication(application) !== body.instead_of && versionIn(config) !== version) {
        throw movedMeanwhile(name, versionIn(config));
      }
      return wholeRequest(details, dashboardOf(spec), name, wanted);
    }, signal);
    log(isSent ? `The cluster has taken version ${version}; it starts.` : `The cluster has version ${version} already.`);
    let now = await this.untilRuns(api, spec, version, signal);
    if (body.replicas !== null && this.copiesDiffer(now.application, body.replicas)) {
      await this.setReplicas(api, spec, body.replicas, signal);
      now = await this.untilRuns(api, spec, version, signal);
    }
    log(now.message);
    const lost = Object.keys(before.applications).filter((one) => one !== name && !(one in now.details.applications));
    if (lost.length > 0) {
      log(`Gone meanwhile from the cluster, by somebody else: ${lost.map((one) => oneLine(one, 80)).join(", ")}.`);
    }
  }

  async health(spec: TargetSpec, signal: CancelSignal): Promise<TargetHealth> {
    signal.throwIfAborted();
    const { address, application, details, name } = await this.look(spec, signal);
    const health = healthOfApplication(name, application);
    if (health.state !== "healthy" || spec.health === null || application === undefined) {
      return health;
    }
    const url = urlBelow(applicationUrl(details, application, address) ?? address, spec.health);
    try {
      const { status } = await sendHttp({ method: "GET", url, timeoutMs: ASK_MS, signal });
      return status < 300 ? health : { ...health, state: "unhealthy", message: `The application runs, and ${url} answers HTTP ${status}.` };
    } catch (error) {
      if (!isAppError(error)) {
        throw error;
      }
      return { ...health, state: "unhealthy", message: `The application runs, and does not answer: ${error.message}` };
    }
  }

  async score(spec: TargetSpec, input: ScoringInput, signal: CancelSignal): Promise<ScoringResult | null> {
    signal.throwIfAborted();
    const { address, application, details, name } = await this.look(spec, signal);
    const base = application === undefined ? null : applicationUrl(details, application, address);
    if (base === null) {
      const message = `The application ${oneLine(name, 80)} does not answer over HTTP, so that nothing was sent.`;
      return { ok: false, message, tookMs: 0, answer: null };
    }
    return scoreByHttp({ url: urlBelow(base, spec.score), timeoutMs: TIMEOUT_MS }, input, signal);
  }

  readonly stop = async (spec: TargetSpec, signal: CancelSignal): Promise<void> => {
    signal.throwIfAborted();
    const name = applicationOf(spec);
    const api = await this.api(dashboardOf(spec), signal);
    await api.change((details) => {
      const application = ownValue(details.applications, name);
      if (application?.source === "imperative") {
        throw new AppError("usage", `The application ${oneLine(name, 80)} was started in Python, so that Ray's list does not end it.`, {
          remedy: "End it with serve.delete on the cluster.",
        });
      }
      return application === undefined || application.status === "DELETING" ? null : wholeRequest(details, dashboardOf(spec), name, null);
    }, signal);
    await this.until(api, spec, ({ application }) => application === undefined, signal);
  };

  readonly restart = async (spec: TargetSpec, signal: CancelSignal): Promise<void> => {
    signal.throwIfAborted();
    const name = applicationOf(spec);
    const api = await this.api(dashboardOf(spec), signal);
    const { before } = await api.change((details) => {
      const config = configOf(details, name);
      // Ray starts copies anew where the environment changes, one after the other.
      const anew = patched(name, config, { runtime_env: { env_vars: { [RESTARTED]: String(Date.now()) } } });
      return wholeRequest(details, dashboardOf(spec), name, anew);
    }, signal);
    await this.untilRuns(api, spec, versionIn(configOf(before, name)), signal);
  };

  readonly scale = async (spec: TargetSpec, replicas: number, signal: CancelSignal): Promise<void> => {
    signal.throwIfAborted();
    if (!Number.isSafeInteger(replicas) || replicas < 1) {
      throw new AppError("usage", "The number of copies has to be 1 or more.");
    }
    await this.setReplicas(await this.api(dashboardOf(spec), signal), spec, replicas, signal);
  };

  private async setReplicas(api: RayServeApi, spec: TargetSpec, replicas: number, signal: CancelSignal): Promise<void> {
    const name = applicationOf(spec);
    await api.change((details) => {
      const deployment = ingressOf(ownValue(details.applications, name));
      const config = configOf(details, name);
      if (deployment === null) {
        throw new AppError("usage", `The cluster does not tell of what the application ${oneLine(name, 80)} consists.`, {
          remedy: "Wait until it runs, then try again.",
        });
      }
      return wholeRequest(details, dashboardOf(spec), name, withReplicas(config, deployment, replicas));
    }, signal);
  }

  private copiesDiffer(application: ServeApplication | undefined, wanted: number): boolean {
    const deployment = ingressOf(application);
    const now = deployment === null ? null : (application?.deployments[deployment]?.target_num_replicas ?? null);
    return now !== null && now !== wanted;
  }

  /** Comes back once the application runs a version. @throws AppError where it fails, or where somebody puts another version there. */
  private async untilRuns(
    api: RayServeApi,
    spec: TargetSpec,
    version: string | null,
    signal: CancelSignal,
  ): Promise<Sight & { readonly message: string }> {
    const sight = await this.until(
      api,
      spec,
      ({ application, name }) => {
        const there = versionIn(application?.deployed_app_config);
        if (there !== version || application === undefined) {
          throw movedMeanwhile(name, there);
        }
        if (application.status === "DEPLOY_FAILED") {
          const why = failureOf(application);
          throw new AppError(
            "store/bad-reply",
            `Version ${version ?? ""} does not run in ${oneLine(name, 80)}${why === null ? "." : `: ${why}`}`,
            {
              remedy: "The cluster's pages say more.",
            },
          );
        }
        return application.status === "RUNNING";
      },
      signal,
    );
    return { ...sight, message: healthOfApplication(sight.name, sight.application).message };
  }

  private async until(api: RayServeApi, spec: TargetSpec, isDone: (sight: Sight) => boolean, signal: CancelSignal): Promise<Sight> {
    const address = dashboardOf(spec);
    const name = applicationOf(spec);
    const begin = performance.now();
    for (;;) {
      const details = await api.details(signal);
      const application = ownValue(details.applications, name);
      const sight = { address, name, details, application };
      if (isDone(sight)) {
        return sight;
      }
      const ms = performance.now() - begin;
      if (ms > spec.timeoutMs * PATIENCE) {
        const { message } = healthOfApplication(name, application);
        const why = application === undefined ? null : failureOf(application);
        throw new AppError("store/timeout", `After ${Math.round(ms / 1000)} seconds: ${message}${why === null ? "" : ` ${why}`}`, {
          remedy: "See on the cluster's pages whether it has room for the copies.",
        });
      }
      await pause(LOOK_MS, signal);
    }
  }

  private async look(spec: TargetSpec, signal: CancelSignal): Promise<Sight> {
    const address = dashboardOf(spec);
    const name = applicationOf(spec);
    const details = await (await this.api(address, signal)).details(signal);
    return { address, name, details, application: ownValue(details.applications, name) };
  }

  private async api(address: string, signal: CancelSignal): Promise<RayServeApi> {
    const secrets = await this.options.secrets(address, signal);
    signal.throwIfAborted();
    return new RayServeApi(new RayHttp(address, secrets, this.options.timeoutMs ?? TIMEOUT_MS));
  }
}

/** @throws AppError `usage` where there is nothing to change. */
function configOf(details: ServeDetails, name: string): AppConfig {
  const config = ownValue(details.applications, name)?.deployed_app_config;
  if (config == null) {
    throw new AppError("usage", `The cluster has no application ${oneLine(name, 80)} that could be changed.`, {
      remedy: "Deploy a version.",
    });
  }
  return config;
}

/** The deployment that answers requests; null where the cluster does not tell. */
function ingressOf(application: ServeApplication | undefined): string | null {
  const names = Object.keys(application?.deployments ?? {});
  return application?.deployment_topology?.ingress_deployment ?? (names.length === 1 ? (names[0] ?? null) : null);
}

function movedMeanwhile(name: string, version: string | null): AppError {
  const what = version === null ? "is not there, or tells of no version" : `was given version ${version}`;
  return new AppError("usage", `Somebody else has changed the application ${oneLine(name, 80)} meanwhile: it ${what}.`, {
    remedy: "Make the plan again.",
  });
}
