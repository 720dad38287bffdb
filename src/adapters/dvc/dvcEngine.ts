import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { AppError, isAppError, toUserText } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { PipelineStatus } from "../../core/training/pipelineStatus";
import type { EngineAction, EngineFacts, JobDraft, JobHandle, JobStatus, TrainingEngine } from "../../core/training/trainingEngine";
import { AGAIN_TAG } from "../../core/training/trainingTags";
import type { ParamValue, TrainSpec } from "../../core/training/trainSpec";
import { readLogTail } from "../node/jobs/jobLog";
import { commandEnv, OwnEngine, type OwnEngineOptions } from "../node/jobs/ownEngine";
import { RUNNER_FILES } from "../node/jobs/runnerFiles";
import { trackingPlace } from "../node/jobs/trackingPlace";
import { DVC_ENV, type DvcPlace, findDvc, type FoundDvc, readDvc } from "./dvcCommand";
import { hydraValue } from "./hydraValue";
import { dvcStages } from "./dvcStages";
import { dvcStatus } from "./dvcStatus";

/** Stages are named in the log; so much of its end is looked through for them. */
const STAGES_BYTES = 256 * 1024;
/** `dvc exp run` knows `--set-param` since then. */
const FIRST_VERSION = 2;
/** What DVC keeps of the last run of a pipeline, beside it. */
const LOCK = "dvc.lock";
const PARAMS_FILE = "params.yaml";
const PARAM_NAME = /^[A-Za-z_][\w.\-[\]]*$/;

/** Trains by `dvc repro`, or by `dvc exp run` where parameters are set, under the same supervisor as every training on this machine. */
export function createDvcEngine(options: OwnEngineOptions): TrainingEngine {
  return new DvcEngine(options);
}

class DvcEngine extends OwnEngine {
  readonly id = "dvc";

  async inspect(spec: TrainSpec, signal: CancelSignal): Promise<EngineFacts> {
    signal.throwIfAborted();
    const { env } = this.options;
    const pythonHint = await this.options.pythonHint(spec.folder, signal);
    const where = { folder: spec.folder, root: spec.root, configuredPython: spec.python ?? null, pythonHint, env };
    const dvc = await findDvc(where);
    const place = trackingPlace(spec);
    const isThere = existsSync(pipelineFile(spec));
    const [version, told] =
      dvc === null
        ? [null, null]
        : await Promise.all([this.version(dvc, spec.folder, signal), isThere ? statusOf(spec, dvc, env, signal) : null]);
    let problem: string | null = dvc === null ? "DVC was not found: install it in the Python that trains, or choose that Python." : null;
    if (dvc !== null) {
      problem = version === null ? `${oneLine(dvc.path)} does not tell its version, so that it cannot be run.` : pipelineProblem(spec);
    }
    if (version !== null && Number.parseInt(version, 10) < FIRST_VERSION) {
      problem = `DVC ${version} is too old: update it to version 2 or newer.`;
    }
    const status = problem === null ? told : null;
    return {
      health: { ok: problem === null, message: problem ?? `DVC ${String(version)} at ${oneLine(dvc?.path ?? "")}, on this machine.` },
      fields: [],
      warnings: status?.kind === "unknown" ? [status.message] : [],
      consents: [],
      blockers: problem === null ? [] : [problem],
      python: dvc?.python ?? null,
      ...(status === null ? {} : { pipeline: status }),
      target: {
        ...(dvc === null ? {} : { dvc: dvc.path }),
        ...(dvc?.bin == null ? {} : { bin: dvc.bin }),
        ...(place === null ? {} : { trackingUri: place }),
      },
    };
  }

  action(draft: JobDraft, facts: EngineFacts): EngineAction {
    const { spec, overrides } = draft;
    const sets = Object.entries(overrides).flatMap(([name, value]) => ["--set-param", setParam(draft, name, value)]);
    const what = sets.length === 0 ? ["repro"] : ["exp", "run", "--no-hydra", ...sets];
    // Who wants the same again says why; without this, DVC would compute nothing.
    const again = Object.hasOwn(draft.tags, AGAIN_TAG) ? ["--force"] : [];
    return {
      kind: "command",
      argv: [facts.target?.["dvc"] ?? "dvc", ...what, ...again, ...targetsOf(spec)],
      shell: false,
      cwd: spec.folder,
      env: { ...commandEnv(draft, facts), ...DVC_ENV },
    };
  }

  override async status(handle: JobHandle, signal: CancelSignal): Promise<JobStatus> {
    const status = await super.status(handle, signal);
    const tail = await readLogTail(join(handle.externalId, RUNNER_FILES.log), STAGES_BYTES);
    const error = status.state === "failed" ? /^ERROR: (.+)$/m.exec(tail)?.[1] : undefined;
    const message = error === undefined ? status.message : `${status.message ?? ""} DVC says: ${oneLine(error, 300)}`.trim();
    return { ...status, message, tasks: dvcStages(tail, status.state) };
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

function pipelineFile(spec: TrainSpec): string {
  return spec.pipeline === null ? join(spec.folder, "dvc.yaml") : join(spec.root, spec.pipeline);
}

function pipelineProblem(spec: TrainSpec): string | null {
  const file = pipelineFile(spec);
  return existsSync(file) ? null : `There is no pipeline at ${oneLine(file)}.`;
}

/** Stages, or a file of a pipeline; empty for the one in the folder. @throws AppError `usage` where the command is none of stages. */
function targetsOf(spec: TrainSpec): readonly string[] {
  return spec.command.length > 0 ? stagesOf(spec) : spec.pipeline === null ? [] : [join(spec.root, spec.pipeline)];
}

/** `train.command` of a pipeline names stages. */
function stagesOf(spec: TrainSpec): readonly string[] {
  const stages = spec.command[0] === "dvc" ? spec.command.slice(2) : spec.command;
  if (stages.some((stage) => stage.startsWith("-"))) {
    throw new AppError("usage", "train.command names stages of DVC, and no options.");
  }
  return stages;
}

/** `[file:]name=value`. DVC looks for the file from the folder in which it is started; without one it means the `params.yaml` there. */
function setParam({ spec, lists = [] }: JobDraft, name: string, value: ParamValue): string {
  if (!PARAM_NAME.test(name)) {
    throw new AppError("usage", `"${oneLine(name, 80)}" is no name of a parameter that DVC can set.`);
  }
  const file = spec.paramsFile === null ? PARAMS_FILE : relative(spec.folder, join(spec.root, spec.paramsFile)).replaceAll("\\", "/");
  if (/[:=]/.test(file)) {
    throw new AppError("usage", `DVC cannot set a parameter in ${oneLine(file)}, because of the colon or equals sign in its name.`);
  }
  const written = hydraValue(lists.includes(name) ? (JSON.parse(String(value)) as unknown) : value);
  return `${file === PARAMS_FILE ? "" : `${file}:`}${name}=${written}`;
}

/** Whether a training would do anything. Stages of which it is made count with it, as they are run with it. */
async function statusOf(spec: TrainSpec, dvc: FoundDvc, env: DvcPlace["env"], signal: CancelSignal): Promise<PipelineStatus> {
  try {
    const hasRun = existsSync(join(dirname(pipelineFile(spec)), LOCK));
    return await dvcStatus({ dvc, folder: spec.folder, env }, targetsOf(spec), hasRun, signal);
  } catch (error) {
    if (!isAppError(error)) {
      throw error;
    }
    return { kind: "unknown", message: toUserText(error) };
  }
}
