import { dirname, join } from "node:path";

import { AppError } from "../../../core/base/appError";
import type { CancelSignal } from "../../../core/base/cancel";
import type {
  EngineAction,
  EngineFacts,
  EngineSecrets,
  JobDraft,
  JobHandle,
  JobStatus,
  LogChunk,
  TrainingEngine,
} from "../../../core/training/trainingEngine";
import type { EngineId, TrainSpec } from "../../../core/training/trainSpec";
import { jobFolder } from "./jobPlaces";
import { OwnJobs, type OwnJobsOptions } from "./ownJobs";
import { loginOf, trackingEnv } from "./trackingPlace";

export interface OwnEngineOptions extends OwnJobsOptions {
  /** The interpreter that is chosen in the editor for a folder; null where there is none. */
  readonly pythonHint: (folder: string, signal: CancelSignal) => Promise<string | null>;
  /** Logins of the tracker, for the environment of the training only. */
  readonly secrets: (spec: TrainSpec, signal: CancelSignal) => Promise<EngineSecrets | null>;
}

/** Between being asked to end and being ended. */
const GRACE_MS = 10_000;
/** Where an environment of Python keeps its programs. */
const BIN = process.platform === "win32" ? "Scripts" : "bin";

/** What engines share whose trainings run on this machine, each under a supervisor that outlives whoever asked for it. */
export abstract class OwnEngine implements TrainingEngine {
  abstract readonly id: EngineId;
  protected readonly jobs: OwnJobs;

  constructor(protected readonly options: OwnEngineOptions) {
    this.jobs = new OwnJobs(options);
  }

  abstract inspect(spec: TrainSpec, signal: CancelSignal): Promise<EngineFacts>;

  abstract action(draft: JobDraft, facts: EngineFacts): EngineAction;

  async submit(draft: JobDraft, action: EngineAction, signal: CancelSignal): Promise<JobHandle> {
    if (action.kind !== "command") {
      throw new AppError("usage", "This machine runs commands, and sends no requests.");
    }
    const handle = this.handle(draft);
    if (this.jobs.isTaken(handle.externalId)) {
      return handle;
    }
    const { spec } = draft;
    const secrets = await this.options.secrets(spec, signal);
    await this.prepare(draft);
    const { kind: _kind, ...command } = action;
    const environment = action.env["VIRTUAL_ENV"];
    await this.jobs.start(
      handle.externalId,
      {
        ...command,
        pathFirst: environment === undefined ? null : join(environment, BIN),
        timeoutMs: spec.resources.timeoutMs,
        graceMs: GRACE_MS,
      },
      { ...loginOf(spec.tracking.uri), ...secrets?.env },
      signal,
    );
    return handle;
  }

  find(draft: Pick<JobDraft, "jobId" | "spec">, signal: CancelSignal): Promise<JobHandle | null> {
    signal.throwIfAborted();
    const handle = this.handle(draft);
    return Promise.resolve(this.jobs.isTaken(handle.externalId) ? handle : null);
  }

  status(handle: JobHandle, signal: CancelSignal): Promise<JobStatus> {
    return this.jobs.status(handle, signal);
  }

  log(handle: JobHandle, cursor: string | null, signal: CancelSignal): Promise<LogChunk> {
    return this.jobs.log(handle, cursor, signal);
  }

  cancel(handle: JobHandle, signal: CancelSignal): Promise<void> {
    return this.jobs.cancel(handle, signal);
  }

  /** Files that the command reads, made just before it is started. */
  protected prepare(_draft: JobDraft): Promise<void> {
    return Promise.resolve();
  }

  private handle({ jobId, spec }: Pick<JobDraft, "jobId" | "spec">): JobHandle {
    return { engine: this.id, jobId, externalId: jobFolder(spec.root, spec.config, jobId), place: null, webUrl: null };
  }
}

/** The environment of every training on this machine. */
export function commandEnv(draft: JobDraft, { target }: EngineFacts): Readonly<Record<string, string>> {
  return {
    ...trackingEnv(draft, target?.["trackingUri"] ?? null),
    // Lines show when they are printed.
    PYTHONUNBUFFERED: "1",
    // Its programs go first on PATH, as when it is activated; MLflow starts some of them.
    ...(target?.["bin"] === undefined ? {} : { VIRTUAL_ENV: dirname(target["bin"]) }),
  };
}
