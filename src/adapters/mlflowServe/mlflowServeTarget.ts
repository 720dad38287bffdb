import { AppError, isAppError, toUserText } from "../../core/base/appError";
import { type CancelSignal, NEVER_CANCELLED } from "../../core/base/cancel";
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
import { isOver } from "../../core/training/jobState";
import type { JobStatus } from "../../core/training/trainingEngine";
import { sendHttp } from "../node/httpJson";
import { hasPackage } from "../node/jobs/choosePython";
import type { OwnJobsOptions } from "../node/jobs/ownJobs";
import { pause } from "../node/pause";
import { scoreByHttp } from "../node/scoreByHttp";
import { failureWords } from "./failureWords";
import { freePort, isListening, portTaken, untilFree } from "./ports";
import { RequestCount } from "./requestCount";
import { addressOn, serveAddress, type ServeAddress } from "./serveAddress";
import { serveArgv, serveEnv, TRY_PORT } from "./serveCommand";
import { type Served, ServedModels, type ServeWish } from "./servedModels";
import { serveStep, serveSteps } from "./serveSteps";

export interface MlflowServeOptions extends OwnJobsOptions {
  /** Logins of the registry, for the environment of the server only, such as `MLFLOW_TRACKING_TOKEN`. */
  readonly secrets: (spec: TargetSpec, signal: CancelSignal) => Promise<Readonly<Record<string, string>>>;
}

const ASK_MS = 5000;
const SCORE_MS = 60_000;
const LOOK_MS = 150;
/** Part of the time of a step after which it is told what is wrong, before whoever waits for it gives up. */
const PATIENCE = 0.9;
const PACKAGES: readonly string[] = ["mlflow", "uvicorn"];

/** Serves by MLflow's own server on this machine, in a process that outlives the window or terminal that asked for it. */
export function createMlflowServeTarget(options: MlflowServeOptions): DeployTarget {
  return new MlflowServeTarget(options);
}

/** What a target was told to serve, and how its process is. */
interface Sight {
  readonly served: Served | null;
  /** Null where its process never started. */
  readonly status: JobStatus | null;
  readonly isRunning: boolean;
}

class MlflowServeTarget implements DeployTarget {
  readonly type = "mlflow_serve";
  readonly scale = null;
  private readonly models: ServedModels;
  private readonly counts = new RequestCount();

  constructor(private readonly options: MlflowServeOptions) {
    this.models = new ServedModels(options);
  }

  async inspect(spec: TargetSpec, signal: CancelSignal): Promise<TargetFacts> {
    signal.throwIfAborted();
    const { served, status, isRunning } = await this.look(spec, signal);
    const blockers = await this.blockers(spec, isRunning || (await this.models.hasLiving(spec, signal)));
    signal.throwIfAborted();
    const version = isRunning ? (served?.version ?? null) : null;
    const what = served === null ? null : `Version ${served.version} of ${served.model}`;
    const warnings = served === null || isRunning ? [] : [`${what ?? ""} was served here: ${endWords(status)}`];
    const moved = isRunning && served !== null && served.address !== spec.address;
    const there = isRunning ? `${what ?? ""} is served at ${served?.address ?? ""}.` : `Nothing is served at ${spec.address ?? "it"}.`;
    return {
      health: { ok: blockers.length === 0, message: blockers[0] ?? there },
      version,
      canTell: true,
      isDown: served !== null && !isRunning,
      since: isRunning ? (status?.startedAt ?? null) : null,
      state: served === null ? "nothing" : `${served.process} ${isRunning ? "runs" : "ended"} ${String(status?.endedAt ?? 0)}`,
      warnings: [...warnings, ...(moved ? [`It moves from ${served.address} to ${spec.address ?? ""}.`] : [])],
      blockers,
      webUrl: isRunning && served !== null ? `${this.addressOf(spec, served).url}/docs` : null,
    };
  }

  steps(draft: DeployDraft, facts: TargetFacts): readonly TargetStep[] {
    return serveSteps(draft, facts);
  }

  async apply(draft: DeployDraft, step: TargetStep, log: (line: string) => void, signal: CancelSignal): Promise<void> {
    signal.throwIfAborted();
    const { id } = step;
    if ((id !== "try" && id !== "stop" && id !== "start") || JSON.stringify(serveStep(draft, id)) !== JSON.stringify(step)) {
      throw new AppError("usage", "The step is another one than in the plan.", { remedy: "Make the plan again." });
    }
    switch (id) {
      case "try":
        return this.try(draft, log, signal);
      case "stop": {
        const kept = await this.models.endOthers(draft.spec, wishOf(draft), signal);
        log(kept ? `Version ${draft.version} is served already and stays.` : "What was served has ended.");
        return;
      }
      case "start":
        return this.serve(draft.spec, wishOf(draft), { anew: false }, log, signal);
    }
  }

  async health(spec: TargetSpec, signal: CancelSignal): Promise<TargetHealth> {
    signal.throwIfAborted();
    const { served, status, isRunning } = await this.look(spec, signal);
    const nobody = { version: null, requests: null, replicas: null, since: null };
    if (served === null) {
      return { ...nobody, state: "stopped", message: `Nothing is served at ${serveAddress(spec.address, spec.name).url}.` };
    }
    const what = `Version ${served.version} of ${served.model}`;
    const requests = await this.counts.of(this.models.logFile(spec, served.process));
    if (!isRunning) {
      const isAsked = status === null || status.state === "cancelled";
      const words = isAsked ? null : await failureWords(this.models.logFile(spec, served.process));
      const message = `${what} is not served: ${endWords(status)}${words === null ? "" : ` Its log says: ${ended(words)}`}`;
      return { ...nobody, state: isAsked ? "stopped" : "unhealthy", message, requests };
    }
    const address = this.addressOf(spec, served);
    const common = { version: served.version, requests, replicas: null, since: status?.startedAt ?? null };
    const problem = await this.ask(spec, address, signal);
    if (problem === null) {
      return { ...common, state: "healthy", message: `${what} answers at ${address.url}.` };
    }
    const isLoading = !this.models.wasReady(spec, served.process) && Date.now() - (status?.startedAt ?? 0) < spec.timeoutMs;
    return isLoading
      ? { ...common, state: "starting", message: `${what} is loading.` }
      : { ...common, state: "unhealthy", message: `${what} runs and does not answer: ${problem}` };
  }

  async score(spec: TargetSpec, input: ScoringInput, signal: CancelSignal): Promise<ScoringResult | null> {
    signal.throwIfAborted();
    const served = await this.models.current(spec);
    const address = this.addressOf(spec, served);
    return scoreByHttp({ url: urlBelow(address, spec.score ?? "/invocations"), timeoutMs: SCORE_MS }, input, signal);
  }

  readonly stop = async (spec: TargetSpec, signal: CancelSignal): Promise<void> => {
    await this.models.endOthers(spec, null, signal);
  };

  readonly restart = async (spec: TargetSpec, signal: CancelSignal): Promise<void> => {
    signal.throwIfAborted();
    const served = await this.models.current(spec);
    if (served === null) {
      throw new AppError("usage", `Nothing was released to "${spec.name}" yet, so that nothing can be started again.`, {
        remedy: "Deploy a version.",
      });
    }
    await this.serve(spec, wishOf({ ...served, spec: { ...spec, model: served.model } }), { anew: true }, () => undefined, signal);
  };

  private async look(spec: TargetSpec, signal: CancelSignal): Promise<Sight> {
    const served = await this.models.current(spec);
    const status = served === null ? null : await this.models.statusOf(spec, served, signal);
    return { served, status, isRunning: status !== null && !isOver(status.state) };
  }

  /** @param isOurs whether it may be ourselves who listen. */
  private async blockers(spec: TargetSpec, isOurs: boolean): Promise<readonly string[]> {
    const found: string[] = [];
    try {
      const address = serveAddress(spec.address, spec.name);
      if (!isOurs && (await isListening(address.url))) {
        found.push(toUserText(portTaken(address.url)));
      }
    } catch (error) {
      if (!isAppError(error)) {
        throw error;
      }
      found.push(toUserText(error));
    }
    const { python } = spec;
    if (python === null) {
      return [...found, "No Python was found that could serve the model. Name it in python, such as python: .venv/bin/python."];
    }
    const has = await Promise.all(PACKAGES.map((name) => hasPackage(python, name)));
    const missing = PACKAGES.filter((_, index) => has[index] === false);
    return missing.length === 0
      ? found
      : [...found, `${python} lacks ${missing.join(" and ")}, which serves the model. Install mlflow there.`];
  }

  private async try(draft: DeployDraft, log: (line: string) => void, signal: CancelSignal): Promise<void> {
    const { spec, version, deploymentId } = draft;
    const { host } = serveAddress(spec.address, spec.name);
    const address = addressOn(host, await freePort(host));
    const argv = serveArgv(spec, draft, address, TRY_PORT).map((word) => (word === TRY_PORT ? String(address.port) : word));
    const process = await this.models.try(spec, deploymentId, argv, await this.options.secrets(spec, signal), signal);
    log(`Version ${version} loads at ${address.url}; its output is in ${this.models.logFile(spec, process)}.`);
    try {
      // A health address that is written whole is the one of what is served.
      const ms = await this.ready(isWhole(spec.health) ? { ...spec, health: null } : spec, process, address, version, signal);
      log(`It answered after ${seconds(ms)}.`);
    } finally {
      await this.models.end(spec, process, NEVER_CANCELLED);
    }
  }

  private async serve(
    spec: TargetSpec,
    wish: ServeWish,
    more: { readonly anew: boolean },
    log: (line: string) => void,
    signal: CancelSignal,
  ): Promise<void> {
    const address = serveAddress(spec.address, spec.name);
    const secrets = await this.options.secrets(spec, signal);
    signal.throwIfAborted();
    const { served, isNew } = await this.models.become(spec, wish, () => untilFree(address.url, signal), secrets, signal, more);
    const { version, process } = served;
    log(
      isNew
        ? `Version ${version} loads at ${address.url}; its output is in ${this.models.logFile(spec, process)}.`
        : `Version ${version} is served already and stays.`,
    );
    try {
      const ms = await this.ready(spec, process, address, version, signal);
      await this.models.markReady(spec, process);
      log(`It answered after ${seconds(ms)}.`);
    } catch (error) {
      if (isNew) {
        await this.models.end(spec, process, NEVER_CANCELLED);
      }
      throw error;
    }
  }

  /** @returns milliseconds until it answered. @throws AppError with what its log says where it ends before. */
  private async ready(spec: TargetSpec, process: string, address: ServeAddress, version: string, signal: CancelSignal): Promise<number> {
    const begin = performance.now();
    for (;;) {
      const status = await this.models.status(spec, process, signal);
      if (isOver(status.state)) {
        const words = await failureWords(this.models.logFile(spec, process));
        throw new AppError("store/unreachable", `Version ${version} did not start: ${words === null ? endWords(status) : ended(words)}`, {
          remedy: `Its log says more: ${this.models.logFile(spec, process)}.`,
        });
      }
      const problem = await this.ask(spec, address, signal);
      const ms = performance.now() - begin;
      if (problem === null) {
        return ms;
      }
      if (ms > spec.timeoutMs * PATIENCE) {
        throw new AppError("store/timeout", `Version ${version} did not answer within ${seconds(ms)}: ${problem}`, {
          remedy: `Its log says more: ${this.models.logFile(spec, process)}.`,
        });
      }
      await pause(LOOK_MS, signal);
    }
  }

  /** @returns null where it is healthy, else why not. */
  private async ask(spec: TargetSpec, address: ServeAddress, signal: CancelSignal): Promise<string | null> {
    const url = urlBelow(address, spec.health ?? "/ping");
    try {
      const { status } = await sendHttp({ method: "GET", url, timeoutMs: ASK_MS, signal });
      return status >= 200 && status < 300 ? null : `${url} answers HTTP ${status}.`;
    } catch (error) {
      if (!isAppError(error)) {
        throw error;
      }
      return error.message;
    }
  }

  private addressOf(spec: TargetSpec, served: Served | null): ServeAddress {
    return serveAddress(served?.address ?? spec.address, spec.name);
  }
}

function wishOf(draft: Pick<DeployDraft, "spec" | "version" | "source" | "deploymentId">): ServeWish {
  const { spec, version, source, deploymentId } = draft;
  const address = serveAddress(spec.address, spec.name);
  return {
    deploymentId,
    model: spec.model,
    version,
    source,
    address: spec.address ?? address.url,
    argv: serveArgv(spec, draft, address, String(address.port)),
    env: serveEnv(spec),
  };
}

function endWords(status: JobStatus | null): string {
  return status === null
    ? "its server was not started."
    : status.state === "cancelled"
      ? "it was stopped."
      : ended(lower(status.message ?? "it ended"));
}

function urlBelow({ url }: ServeAddress, path: string): string {
  return isWhole(path) ? path : `${url}/${path.replace(/^\/+/, "")}`;
}

function isWhole(path: string | null): boolean {
  return path !== null && /^https?:\/\//i.test(path);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} seconds`;
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function lower(sentence: string): string {
  return sentence.replace(/^It /, "it ");
}
