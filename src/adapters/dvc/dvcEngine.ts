import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type {
  EngineAction,
  EngineFacts,
  EngineSecrets,
  JobDraft,
  JobHandle,
  JobStatus,
  LogChunk,
  TrainingEngine,
} from "../../core/training/trainingEngine";
import type { ParamValue, TrainSpec } from "../../core/training/trainSpec";
import { readLogTail } from "../node/jobs/jobLog";
import { jobFolder } from "../node/jobs/jobPlaces";
import { OwnJobs, type OwnJobsOptions } from "../node/jobs/ownJobs";
import { RUNNER_FILES } from "../node/jobs/runnerFiles";
import { loginOf, trackingEnv, trackingPlace } from "../node/jobs/trackingPlace";
import { DVC_ENV, findDvc, readDvc } from "./dvcCommand";
import { dvcStages } from "./dvcStages";
import { dvcStatus, type DvcStatus } from "./dvcStatus";

export interface DvcEngineOptions extends OwnJobsOptions {
  readonly pythonHint: (folder: string, signal: CancelSignal) => Promise<string | null>;
  readonly secrets: (spec: TrainSpec, signal: CancelSignal) => Promise<EngineSecrets | null>;
}

const GRACE_MS = 10_000;
/** Stages are named in the log; so much of its end is looked through for them. */
const STAGES_BYTES = 256 * 1024;
/** `dvc exp run` knows `--set-param` since then. */
const FIRST_VERSION = 2;
const PARAM_NAME = /^[A-Za-z_][\w.\-[\]]*$/;

/** Trains by `dvc repro`, or by `dvc exp run` where parameters are set, under the same supervisor as every training on this machine. */
export function createDvcEngine(options: DvcEngineOptions): TrainingEngine {
  return new DvcEngine(options);
}

class DvcEngine implements TrainingEngine {
  readonly id = "dvc";
  private readonly jobs: OwnJobs;

  constructor(private readonly options: DvcEngineOptions) {
    this.jobs = new OwnJobs(options);
  }

  async inspect(spec: TrainSpec, signal: CancelSignal): Promise<EngineFacts> {
    signal.throwIfAborted();
    const { env } = this.options;
    const pythonHint = await this.options.pythonHint(spec.folder, signal);
    const dvc = await findDvc({ folder: spec.folder, root: spec.root, configuredPython: spec.python ?? null, pythonHint, env });
    const place = trackingPlace(spec);
    let version: string | null = null;
    let problem: string | null = dvc === null ? "DVC was not found: install it in the Python that trains, or choose that Python." : null;
    if (dvc !== null) {
      version = await this.version(dvc, spec.folder, signal);
      problem = version === null ? `${oneLine(dvc.path)} does not tell its version, so that it cannot be run.` : pipelineProblem(spec);
    }
    if (version !== null && Number.parseInt(version, 10) < FIRST_VERSION) {
      problem = `DVC ${version} is too old: update it to version 2 or newer.`;
    }
    const dvcPlace = { folder: spec.folder, root: spec.root, configuredPython: spec.python ?? null, pythonHint, env };
    const status = problem === null ? await dvcStatus(dvcPlace, [], signal) : null;
    return {
      health: { ok: problem === null, message: problem ?? `DVC ${String(version)} at ${oneLine(dvc?.path ?? "")}, on this machine.` },
      fields: [],
      warnings: status === null ? [] : statusWarnings(status),
      consents: [],
      blockers: problem === null ? [] : [problem],
      python: dvc?.python ?? null,
      target: {
        ...(dvc === null ? {} : { dvc: dvc.path }),
        ...(dvc?.bin == null ? {} : { bin: dvc.bin }),
        ...(place === null ? {} : { trackingUri: place }),
      },
    };
  }

  action(draft: JobDraft, { target }: EngineFacts): EngineAction {
    const { spec, overrides } = draft;
    const sets = Object.entries(overrides).flatMap(([name, value]) => ["--set-param", setParam(draft, name, value)]);
    const file = spec.pipeline === null ? [] : [join(spec.root, spec.pipeline)];
    const targets = spec.command.length > 0 ? stagesOf(spec) : file;
    const what = sets.length === 0 ? ["repro"] : ["exp", "run", "--no-hydra", ...sets];
    return {
      kind: "command",
      argv: [target?.["dvc"] ?? "dvc", ...what, ...targets],
      shell: false,
      cwd: spec.folder,
      env: {
        ...trackingEnv(draft, target?.["trackingUri"] ?? null),
        ...DVC_ENV,
        PYTHONUNBUFFERED: "1",
        ...(target?.["bin"] === undefined ? {} : { VIRTUAL_ENV: dirname(target["bin"]) }),
      },
    };
  }

  async submit(draft: JobDraft, action: EngineAction, signal: CancelSignal): Promise<JobHandle> {
    if (action.kind !== "command") {
      throw new AppError("usage", "DVC runs on this machine, and is sent no requests.");
    }
    const handle = this.handle(draft);
    if (this.jobs.isTaken(handle.externalId)) {
      return handle;
    }
    const secrets = await this.options.secrets(draft.spec, signal);
    const { kind: _kind, ...command } = action;
    const environment = action.env["VIRTUAL_ENV"];
    const pathFirst = environment === undefined ? null : join(environment, process.platform === "win32" ? "Scripts" : "bin");
    await this.jobs.start(
      handle.externalId,
      { ...command, pathFirst, timeoutMs: draft.spec.resources.timeoutMs, graceMs: GRACE_MS },
      { ...loginOf(draft.spec.tracking.uri), ...secrets?.env },
      signal,
    );
    return handle;
  }

  find(draft: Pick<JobDraft, "jobId" | "spec">, signal: CancelSignal): Promise<JobHandle | null> {
    signal.throwIfAborted();
    const handle = this.handle(draft);
    return Promise.resolve(this.jobs.isTaken(handle.externalId) ? handle : null);
  }

  async status(handle: JobHandle, signal: CancelSignal): Promise<JobStatus> {
    const status = await this.jobs.status(handle, signal);
    const tail = await readLogTail(join(handle.externalId, RUNNER_FILES.log), STAGES_BYTES);
    const error = status.state === "failed" ? /^ERROR: (.+)$/m.exec(tail)?.[1] : undefined;
    const message = error === undefined ? status.message : `${status.message ?? ""} DVC says: ${oneLine(error, 300)}`.trim();
    return { ...status, message, tasks: dvcStages(tail, status.state) };
  }

  log(handle: JobHandle, cursor: string | null, signal: CancelSignal): Promise<LogChunk> {
    return this.jobs.log(handle, cursor, signal);
  }

  cancel(handle: JobHandle, signal: CancelSignal): Promise<void> {
    return this.jobs.cancel(handle, signal);
  }

  private handle({ jobId, spec }: Pick<JobDraft, "jobId" | "spec">): JobHandle {
    return { engine: this.id, jobId, externalId: jobFolder(spec.root, spec.config, jobId), place: null, webUrl: null };
  }

  private async version(dvc: { readonly path: string }, folder: string, signal: CancelSignal): Promise<string | null> {
    try {
      return /^(\d+\.\d+\S*)/.exec((await readDvc(dvc, ["--version"], folder, this.options.env, signal)).trim())?.[1] ?? null;
    } catch {
      signal.throwIfAborted();
      return null;
    }
  }
}

function pipelineProblem(spec: TrainSpec): string | null {
  const file = spec.pipeline === null ? join(spec.folder, "dvc.yaml") : join(spec.root, spec.pipeline);
  return existsSync(file) ? null : `There is no pipeline at ${oneLine(file)}.`;
}

/** `train.command` of a pipeline names stages. */
function stagesOf(spec: TrainSpec): readonly string[] {
  const stages = spec.command[0] === "dvc" ? spec.command.slice(2) : spec.command;
  if (stages.some((stage) => stage.startsWith("-"))) {
    throw new AppError("usage", "train.command names stages of DVC, and no options.");
  }
  return stages;
}

/** `[file:]name=value`; DVC reads the value as YAML, so that text is quoted as JSON, which YAML reads back as it was. */
function setParam({ spec }: JobDraft, name: string, value: ParamValue): string {
  if (!PARAM_NAME.test(name)) {
    throw new AppError("usage", `"${oneLine(name, 80)}" is no name of a parameter that DVC can set.`);
  }
  const file =
    spec.paramsFile === null || spec.paramsFile.endsWith("/params.yaml") || spec.paramsFile === "params.yaml"
      ? ""
      : `${spec.paramsFile.split("/").pop() ?? ""}:`;
  return `${file}${name}=${typeof value === "string" ? quoted(value) : String(value)}`;
}

function quoted(text: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text) ? text : JSON.stringify(text);
}

/** What DVC itself says of a repetition: it skips what has not changed, but who starts it should know. */
function statusWarnings(status: DvcStatus): readonly string[] {
  switch (status.kind) {
    case "up_to_date":
      return ["DVC says that nothing has changed since the last training: without other parameters it would compute nothing."];
    case "changed":
      return [];
    case "unknown":
      return [status.message];
  }
}
