import { basename, dirname, extname, join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
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
import type { TrainSpec } from "../../core/training/trainSpec";
import { choosePython, type ChosenPython, hasPackage } from "../node/jobs/choosePython";
import { fillCommand, refuseUntaken } from "../node/jobs/fillCommand";
import { findProgram, isBatchFile } from "../node/jobs/findProgram";
import { jobFolder } from "../node/jobs/jobPlaces";
import { OwnJobs, type OwnJobsOptions } from "../node/jobs/ownJobs";
import { loginOf, trackingEnv, trackingPlace } from "../node/jobs/trackingPlace";
import { writeParamsFile } from "../node/jobs/writeParamsFile";

export interface LocalEngineOptions extends OwnJobsOptions {
  /** The interpreter that is chosen in the editor for a folder; null where there is none. */
  readonly pythonHint: (folder: string, signal: CancelSignal) => Promise<string | null>;
  /** Logins of the tracker, for the environment of the training only. */
  readonly secrets: (spec: TrainSpec, signal: CancelSignal) => Promise<EngineSecrets | null>;
}

const GRACE_MS = 10_000;
const PYTHON_NAME = /^python(?:3(?:\.\d+)?)?(?:\.exe)?$/i;

/** Trains on this machine, by a process that outlives the window or terminal that asked for it. */
export function createLocalEngine(options: LocalEngineOptions): TrainingEngine {
  return new LocalEngine(options);
}

class LocalEngine implements TrainingEngine {
  readonly id = "local";
  private readonly jobs: OwnJobs;

  constructor(private readonly options: LocalEngineOptions) {
    this.jobs = new OwnJobs(options);
  }

  async inspect(spec: TrainSpec, signal: CancelSignal): Promise<EngineFacts> {
    signal.throwIfAborted();
    const { env } = this.options;
    const configured = spec.python ?? null;
    const hint = await this.options.pythonHint(spec.folder, signal);
    const python = await choosePython({ folder: spec.folder, root: spec.root, configured, hint, env });
    signal.throwIfAborted();
    const problem = programProblem(spec, python, configured, env);
    const isPython = python !== null && isPythonCommand(spec);
    const warnings = isPython && (await hasPackage(python.path, "mlflow")) === false ? [noMlflow(python)] : [];
    const place = trackingPlace(spec);
    const version = python?.version == null ? "" : ` ${python.version}`;
    const runs = isPython ? `Python${version} from ${python.from}, on this machine.` : "A command on this machine.";
    return {
      health: { ok: problem === null, message: problem ?? runs },
      fields: [],
      warnings,
      consents: [],
      blockers: problem === null ? [] : [problem],
      python: python === null ? null : { path: python.path, version: python.version, from: python.from },
      target: { ...(python?.bin == null ? {} : { bin: python.bin }), ...(place === null ? {} : { trackingUri: place }) },
    };
  }

  action(draft: JobDraft, facts: EngineFacts): EngineAction {
    const { spec } = draft;
    if (spec.command.length === 0) {
      throw new AppError("usage", "train.command is empty, so that there is nothing to run.");
    }
    const filled = fillCommand(draft, paramsFileOf(draft));
    refuseUntaken(draft, filled);
    const [program = "", ...args] = filled.argv;
    const argv = isPythonCommand(spec) && facts.python !== null ? [facts.python.path, ...args] : filled.argv;
    if (program.trim() === "" || argv.some((arg) => arg.includes("\0"))) {
      throw new AppError("usage", "train.command names no program that can be run.");
    }
    return { kind: "command", argv, shell: spec.shell, cwd: spec.folder, env: commandEnv(draft, facts) };
  }

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
    await writeParamsFile(draft, paramsFileOf(draft));
    const { kind: _kind, ...command } = action;
    const pathFirst = action.env["VIRTUAL_ENV"] === undefined ? null : join(action.env["VIRTUAL_ENV"], BIN);
    await this.jobs.start(
      handle.externalId,
      { ...command, pathFirst, timeoutMs: spec.resources.timeoutMs, graceMs: GRACE_MS },
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

  private handle({ jobId, spec }: Pick<JobDraft, "jobId" | "spec">): JobHandle {
    return { engine: this.id, jobId, externalId: jobFolder(spec.root, spec.config, jobId), place: null, webUrl: null };
  }
}

const BIN = process.platform === "win32" ? "Scripts" : "bin";

function commandEnv(draft: JobDraft, { target }: EngineFacts): Readonly<Record<string, string>> {
  return {
    ...trackingEnv(draft, target?.["trackingUri"] ?? null),
    // Lines show when they are printed.
    PYTHONUNBUFFERED: "1",
    // Its programs go first on PATH, as when it is activated; MLflow starts some of them.
    ...(target?.["bin"] === undefined ? {} : { VIRTUAL_ENV: dirname(target["bin"]) }),
  };
}

function paramsFileOf({ spec, jobId }: Pick<JobDraft, "spec" | "jobId">): string {
  return join(jobFolder(spec.root, spec.config, jobId), `params${extname(spec.paramsFile ?? "") === ".json" ? ".json" : ".yaml"}`);
}

function isPythonCommand({ command: [program = ""], shell }: TrainSpec): boolean {
  return !shell && PYTHON_NAME.test(program);
}

function programProblem(
  spec: TrainSpec,
  python: ChosenPython | null,
  configured: string | null,
  env: OwnJobsOptions["env"],
): string | null {
  const [program = ""] = spec.command;
  if (program.trim() === "") {
    return "train.command is empty, so that there is nothing to run.";
  }
  if (configured !== null && python === null) {
    return `There is no Python at ${configured}, which train.python names.`;
  }
  if (isPythonCommand(spec)) {
    return python === null ? "No Python was found: choose one in the editor, or make an environment beside mlops.yaml." : null;
  }
  if (spec.shell || program.includes("{")) {
    return null;
  }
  const path = findProgram(program, spec.folder, env, python?.bin ?? null);
  if (path === null) {
    return `There is no program "${program}" on this machine.`;
  }
  return isBatchFile(path)
    ? `"${basename(path)}" is a batch file, whose arguments a shell would read as commands: name the program that it starts, or set train.shell.`
    : null;
}

function noMlflow({ from }: ChosenPython): string {
  return `The package mlflow is not in the Python from ${from}, so that the training cannot record its run.`;
}
