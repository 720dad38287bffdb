import { basename, extname, join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { fillCommand, refuseUntaken } from "../../core/training/fillCommand";
import type { EngineAction, EngineFacts, JobDraft, TrainingEngine } from "../../core/training/trainingEngine";
import type { TrainSpec } from "../../core/training/trainSpec";
import { choosePython, type ChosenPython, hasPackage } from "../node/jobs/choosePython";
import { findProgram, isBatchFile } from "../node/jobs/findProgram";
import { jobFolder } from "../node/jobs/jobPlaces";
import { commandEnv, OwnEngine, type OwnEngineOptions } from "../node/jobs/ownEngine";
import type { OwnJobsOptions } from "../node/jobs/ownJobs";
import { trackingPlace } from "../node/jobs/trackingPlace";
import { writeParamsFile } from "../node/jobs/writeParamsFile";

const PYTHON_NAME = /^python(?:3(?:\.\d+)?)?(?:\.exe)?$/i;

/** Trains on this machine, by a process that outlives the window or terminal that asked for it. */
export function createLocalEngine(options: OwnEngineOptions): TrainingEngine {
  return new LocalEngine(options);
}

class LocalEngine extends OwnEngine {
  readonly id = "local";

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

  protected override async prepare(draft: JobDraft): Promise<void> {
    await writeParamsFile(draft, paramsFileOf(draft));
  }
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
  return `The package mlflow is not in the Python from ${from}, so that a script that logs with it cannot record its run.`;
}
