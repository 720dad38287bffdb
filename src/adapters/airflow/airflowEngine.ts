import { AppError, isAppError, toUserText } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { isOver } from "../../core/training/jobState";
import { airflowParamFields } from "../../core/training/paramSources/airflowParamFields";
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
import { isLoopbackUrl, serverAddress } from "../node/httpJson";
import { loginWanted } from "../node/loginWanted";
import { lookAgain } from "../node/lookAgain";
import { SendOnce } from "../node/sendOnce";
import { AirflowApi } from "./airflowApi";

import { CANCEL_NOTE, lostStatus, stateOf, toJobStatus } from "./airflowState";
import { DAG, DAG_RUN, type DagRun, HEALTH, IMPORT_ERRORS, TASKS, type TaskRecord } from "./records";
import { taskLogs } from "./taskLogs";

export interface AirflowEngineOptions {
  /** The login for this address, and for no other: a user and a password, or a ready token. `env` is not used. */
  readonly secrets: (address: string, signal: CancelSignal) => Promise<EngineSecrets>;
  /** Milliseconds that one call may take. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;
/** More tasks of one run are not listed. */
const MOST_TASKS = 1000;
const UNPAUSE = "unpause";

/** Trains by a run of a DAG; Airflow 3, and starting, following and ending also of Airflow 2. */
export function createAirflowEngine(options: AirflowEngineOptions): TrainingEngine {
  return new AirflowEngine(options);
}

interface Place {
  readonly address: string;
  readonly dag: string;
}

class AirflowEngine implements TrainingEngine {
  readonly id = "airflow";
  /** By address and login, so that a token is asked for once. */
  private readonly apis = new Map<string, AirflowApi>();
  private readonly sending = new SendOnce();

  constructor(private readonly options: AirflowEngineOptions) {}

  async inspect(spec: TrainSpec, signal: CancelSignal): Promise<EngineFacts> {
    signal.throwIfAborted();
    try {
      return await this.look(placeOf(spec), signal);
    } catch (error) {
      signal.throwIfAborted();
      const message = toUserText(error);
      const nothing = { fields: [], warnings: [], consents: [], python: null };
      return { ...nothing, health: { ok: false, message }, blockers: [message], ...loginWanted(error, () => placeOf(spec).address) };
    }
  }

  action({ jobId, spec, params, overrides, lists = [], tags }: JobDraft, { target, blockers, health }: EngineFacts): EngineAction {
    const { address, dag } = placeOf(spec);
    const prefix = target?.["prefix"];
    if (prefix === undefined) {
      throw new AppError("usage", blockers[0] ?? health.message);
    }
    if (Object.hasOwn({ ...params, ...overrides }, "mlops")) {
      throw new AppError("usage", 'A parameter cannot be called "mlops": the run is told under that name what job it belongs to.');
    }
    const values = Object.entries({ ...params, ...overrides }).map(
      ([name, value]) => [name, lists.includes(name) ? (JSON.parse(String(value)) as unknown) : value] as const,
    );
    const mlops = { job: jobId, fingerprint: tags["mlops.fingerprint"] ?? null, run_context: tags };
    const isNew = prefix === "/api/v2";
    return {
      kind: "request",
      method: "POST",
      url: `${address}${prefix}/dags/${encodeURIComponent(dag)}/dagRuns`,
      // Airflow 3 wants the date named, and takes none; Airflow 2 makes one up.
      body: { dag_run_id: jobId, ...(isNew ? { logical_date: null } : {}), conf: { ...Object.fromEntries(values), mlops } },
    };
  }

  submit(draft: JobDraft, action: EngineAction, signal: CancelSignal): Promise<JobHandle> {
    return this.sending.start(draft.jobId, () => this.start(draft, action, signal));
  }

  async find({ jobId, spec }: Pick<JobDraft, "jobId" | "spec">, signal: CancelSignal): Promise<JobHandle | null> {
    const place = placeOf(spec);
    return this.findAt(await this.api(place.address, signal), place, jobId, signal);
  }

  async status(handle: JobHandle, signal: CancelSignal): Promise<JobStatus> {
    const { api, place, run } = await this.runOf(handle, signal);
    if (run === null) {
      return lostStatus();
    }
    const isPaused = run.state === "queued" && (await this.isPaused(api, place, signal));
    return toJobStatus(run, await this.tasks(api, runPath(place, handle.externalId), signal), isPaused);
  }

  async log(handle: JobHandle, cursor: string | null, signal: CancelSignal): Promise<LogChunk> {
    const { api, place, run } = await this.runOf(handle, signal);
    if (run === null) {
      return { text: "", cursor: cursor ?? "", isComplete: true };
    }
    const path = runPath(place, handle.externalId);
    const tasks = await this.tasks(api, path, signal);
    return taskLogs(api, path, { tasks, isRunOver: isOver(stateOf(run)), cursor }, signal);
  }

  /** Airflow can only let a run fail; its note then says that this was wanted. */
  async cancel(handle: JobHandle, signal: CancelSignal): Promise<void> {
    const { api, place, run } = await this.runOf(handle, signal);
    if (run === null) {
      throw new AppError("usage", "Airflow does not show this run any more, so that it cannot be ended.");
    }
    if (isOver(stateOf(run))) {
      return;
    }
    const path = runPath(place, handle.externalId);
    const what = "the end of the run";
    const { prefix } = await api.version(signal);
    const note = [CANCEL_NOTE, run.note ?? ""].join(" ").trim();
    if (prefix === "/api/v2") {
      await api.call({ method: "PATCH", path, body: { state: "failed", note }, what }, signal);
      return;
    }
    await api.call({ method: "PATCH", path: `${path}/setNote`, body: { note }, what }, signal);
    await api.call({ method: "PATCH", path, body: { state: "failed" }, what }, signal);
  }

  private async look(place: Place, signal: CancelSignal): Promise<EngineFacts> {
    const { address, dag } = place;
    const api = await this.api(address, signal);
    const { version, prefix } = await api.version(signal);
    const health = await api.get(prefix === "/api/v2" ? "/monitor/health" : "/health", HEALTH, "its health", signal);
    const details = await api.getIfThere(`/dags/${encodeURIComponent(dag)}/details`, DAG, `the DAG "${dag}"`, signal);
    const warnings: string[] = [];
    const blockers: string[] = [];
    if (health.scheduler.status !== "healthy") {
      warnings.push("Airflow's scheduler is not healthy, so that a run would wait until it is.");
    }
    if (!isLoopbackUrl(address) && address.startsWith("http:")) {
      warnings.push("The address of Airflow is not encrypted; a login is readable on the way.");
    }
    if (details === null) {
      const broken = await this.importErrors(api, signal);
      blockers.push(
        `Airflow at ${api.host} shows no DAG "${dag}".${broken === "" ? " Check train.airflow.dag, and whether the login may see it." : ` ${broken}`}`,
      );
    } else if (details.has_import_errors === true) {
      blockers.push(`The file of the DAG "${dag}" cannot be read by Airflow at the moment. ${await this.importErrors(api, signal)}`.trim());
    }
    const question = `The DAG "${dag}" is paused. Unpause it? Its own schedule then starts runs again as well.`;
    return {
      health: { ok: true, message: `Airflow ${version} at ${address}.` },
      fields: airflowParamFields(details?.params),
      warnings,
      consents: details?.is_paused === true ? [{ id: UNPAUSE, question }] : [],
      blockers,
      python: null,
      target: { prefix },
    };
  }

  private async start(draft: JobDraft, action: EngineAction, signal: CancelSignal): Promise<JobHandle> {
    const place = placeOf(draft.spec);
    const api = await this.api(place.address, signal);
    const { prefix } = await api.version(signal);
    const path = `/dags/${encodeURIComponent(place.dag)}/dagRuns`;
    if (action.kind !== "request" || action.url !== `${place.address}${prefix}${path}` || action.body["dag_run_id"] !== draft.jobId) {
      throw new AppError("usage", "The Airflow, the DAG or the job is another one than in the plan.", { remedy: "Make the plan again." });
    }
    const mayUnpause = draft.consents.includes(UNPAUSE);
    const handle =
      (await this.findAt(api, place, draft.jobId, signal)) ?? (await this.trigger(api, place, { draft, action, mayUnpause }, signal));
    // The run is asked for first: should it be refused, nothing has changed.
    if (mayUnpause && (await this.isPaused(api, place, signal))) {
      const unpause = { method: "PATCH", path: `/dags/${encodeURIComponent(place.dag)}`, body: { is_paused: false } } as const;
      await api.call({ ...unpause, what: `to unpause the DAG "${place.dag}"` }, signal);
    }
    return handle;
  }

  private async trigger(
    api: AirflowApi,
    place: Place,
    { draft, action, mayUnpause }: { draft: JobDraft; action: Extract<EngineAction, { kind: "request" }>; mayUnpause: boolean },
    signal: CancelSignal,
  ): Promise<JobHandle> {
    if (!mayUnpause && (await this.isPaused(api, place, signal))) {
      throw new AppError("usage", `The DAG "${place.dag}" is paused, so that the run would wait for ever.`, {
        remedy: "Make the plan again, and say yes to unpausing it.",
      });
    }
    try {
      const path = `/dags/${encodeURIComponent(place.dag)}/dagRuns`;
      await api.call({ method: "POST", path, body: action.body, what: `to start the DAG "${place.dag}"` }, signal);
    } catch (error) {
      // It may be there all the same: an answer got lost, or another window was faster (409).
      return lookAgain(() => this.findAt(api, place, draft.jobId, signal), error, signal);
    }
    return handleOf(place, draft.jobId);
  }

  private async findAt(api: AirflowApi, place: Place, jobId: string, signal: CancelSignal): Promise<JobHandle | null> {
    const run = await api.getIfThere(runPath(place, jobId), DAG_RUN, "the run", signal);
    return run === null ? null : handleOf(place, jobId);
  }

  private async isPaused(api: AirflowApi, { dag }: Place, signal: CancelSignal): Promise<boolean> {
    return (await api.getIfThere(`/dags/${encodeURIComponent(dag)}`, DAG, `the DAG "${dag}"`, signal))?.is_paused === true;
  }

  /** The last line of the first error, which names it; "" where there is none or the login may not see them. */
  private async importErrors(api: AirflowApi, signal: CancelSignal): Promise<string> {
    try {
      const { import_errors } = await api.get("/importErrors?limit=5", IMPORT_ERRORS, "errors of files", signal);
      const [first] = import_errors;
      const line = (first?.stack_trace ?? "").trim().split("\n").at(-1) ?? "";
      return first === undefined ? "" : `Airflow could not read ${oneLine(first.filename ?? "a file", 200)}: ${oneLine(line, 200)}`;
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error)) {
        throw error;
      }
      return "";
    }
  }

  private async tasks(api: AirflowApi, path: string, signal: CancelSignal): Promise<readonly TaskRecord[]> {
    const listed: TaskRecord[] = [];
    for (;;) {
      const page = `${path}/taskInstances?limit=100&offset=${listed.length}`;
      const { task_instances } = await api.get(page, TASKS, "the tasks of the run", signal);
      listed.push(...task_instances);
      if (task_instances.length < 100 || listed.length >= MOST_TASKS) {
        return listed;
      }
    }
  }

  private async runOf(
    { externalId, place }: JobHandle,
    signal: CancelSignal,
  ): Promise<{ readonly api: AirflowApi; readonly place: Place; readonly run: DagRun | null }> {
    const [, address = "", dag = ""] = /^(.+)\/dags\/([^/]+)$/.exec(place ?? "") ?? [];
    const at = { address: serverAddress(address, "The address of the job's Airflow"), dag: decodeURIComponent(dag) };
    const api = await this.api(at.address, signal);
    return { api, place: at, run: await api.getIfThere(runPath(at, externalId), DAG_RUN, "the run", signal) };
  }

  private async api(address: string, signal: CancelSignal): Promise<AirflowApi> {
    signal.throwIfAborted();
    const { token, login } = await this.options.secrets(address, signal);
    signal.throwIfAborted();
    const key = JSON.stringify([address, token, login]);
    const api = this.apis.get(key) ?? new AirflowApi(address, { token, login }, this.options.timeoutMs ?? TIMEOUT_MS);
    this.apis.set(key, api);
    return api;
  }
}

/** @throws AppError `usage`. */
function placeOf({ airflow }: TrainSpec): Place {
  if (airflow === null || airflow.url === "" || airflow.dag === "") {
    throw new AppError("usage", "train.airflow needs a url and a dag.");
  }
  return { address: serverAddress(airflow.url, "train.airflow.url"), dag: airflow.dag };
}

function runPath({ dag }: Place, runId: string): string {
  return `/dags/${encodeURIComponent(dag)}/dagRuns/${encodeURIComponent(runId)}`;
}

function handleOf(place: Place, jobId: string): JobHandle {
  const dag = `${place.address}/dags/${encodeURIComponent(place.dag)}`;
  return { engine: "airflow", jobId, externalId: jobId, place: dag, webUrl: `${dag}/runs/${encodeURIComponent(jobId)}` };
}
