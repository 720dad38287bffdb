import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type {
  EngineAction,
  EngineFacts,
  JobDraft,
  JobHandle,
  JobStatus,
  LogChunk,
  TrainingEngine,
} from "../../core/training/trainingEngine";
import type { TrainSpec } from "../../core/training/trainSpec";
import { dispatchRequest } from "./dispatchInputs";
import { type DispatchWorkflow, readDispatchWorkflow } from "./dispatchWorkflow";
import { findRun, timeOfJob, type FoundRun } from "./findRun";
import { pause } from "../node/pause";
import { GithubApi, type GithubReply } from "./githubApi";
import { GithubError } from "./githubErrors";
import { apiUrlOf, type GithubRepository, readRemoteUrl, webUrlOf } from "./githubRepository";
import { GithubRuns } from "./githubRuns";
import { fieldsOf, inspectWorkflow, refusedFacts } from "./inspectWorkflow";
import { ANYTHING, DISPATCHED, type RunRecord } from "./records";
import { readRunLog } from "./runLog";
import { toJobStatus, unsureStatus } from "./runState";

export interface GithubActionsOptions {
  /** The repository of a folder, as git knows it; null where there is none. */
  readonly origin: (folder: string, signal: CancelSignal) => Promise<{ readonly remote: string | null; readonly root: string } | null>;
  /**
   * A token for this host, and for no other: a repository names any host as its origin. It needs "Actions: read and write" of the repository.
   * Null where nobody signed in.
   */
  readonly token: (host: string, signal: CancelSignal) => Promise<string | null>;
  /** Where the REST API of a host is, if not where GitHub has it. */
  readonly apiUrl?: (host: string) => string;
  /** Milliseconds that one call may take. */
  readonly timeoutMs?: number;
  /** Milliseconds between looks for a run that GitHub did not name. */
  readonly pausesMs?: readonly number[];
}

const TIMEOUT_MS = 30_000;
/** GitHub lists a run some seconds after it was asked for. */
const PAUSES_MS: readonly number[] = [1000, 2000, 3000, 5000, 8000];
const HOUR_MS = 3_600_000;
/** A clock may be a little wrong; a plan is started within a quarter of an hour, and handed over within a minute. */
const BEFORE_PLAN_MS = 120_000;
const AFTER_PLAN_MS = 20 * 60_000;
/** Stands in a handle where GitHub did not name the run. */
const UNSURE = "unsure:";
const SIGN_IN = "Sign in to GitHub, so that the workflow can be started and followed.";

/** Trains by a workflow of GitHub Actions, which is started by `workflow_dispatch`. */
export function createGithubActionsEngine(options: GithubActionsOptions): TrainingEngine {
  return new GithubActionsEngine(options);
}

class GithubActionsEngine implements TrainingEngine {
  readonly id = "github_actions";
  /** By API and token, so that a request to be left alone holds for all calls. */
  private readonly apis = new Map<string, GithubApi>();
  /** By job: what is asked twice at the same time is sent once. */
  private readonly submitted = new Map<string, Promise<JobHandle>>();
  /** Jobs that GitHub clearly did not start. */
  private readonly refused = new Set<string>();

  constructor(private readonly options: GithubActionsOptions) {}

  async inspect(spec: TrainSpec, signal: CancelSignal): Promise<EngineFacts> {
    signal.throwIfAborted();
    const file = spec.githubActions?.workflow;
    if (file === undefined || !isFileName(file)) {
      return refusedFacts("train.github_actions.workflow has to be the name of a file in .github/workflows, such as train.yml.");
    }
    const local = await this.localText(spec, file, signal);
    const fields = fieldsOf(local === null ? null : readDispatchWorkflow(local, file));
    const repository = await this.repositoryOf(spec, signal);
    if (repository === null) {
      return refusedFacts('The folder is in no repository whose remote "origin" is on GitHub.', fields);
    }
    const api = await this.api(repository, signal);
    if (api === null) {
      return refusedFacts(SIGN_IN, fields);
    }
    return inspectWorkflow(api, { file, ref: spec.githubActions?.ref ?? null, local }, this.dispatchUrl(repository, file), signal);
  }

  action(draft: JobDraft, facts: EngineFacts): EngineAction {
    return { kind: "request", method: "POST", ...dispatchRequest(draft, facts) };
  }

  submit(draft: JobDraft, action: EngineAction, signal: CancelSignal): Promise<JobHandle> {
    const known = this.submitted.get(draft.jobId);
    if (known !== undefined) {
      return known;
    }
    const work = this.start(draft, action, signal);
    this.submitted.set(draft.jobId, work);
    work.catch(() => this.submitted.delete(draft.jobId));
    return work;
  }

  async find({ jobId, spec }: Pick<JobDraft, "jobId" | "spec">, signal: CancelSignal): Promise<JobHandle | null> {
    signal.throwIfAborted();
    if (this.refused.has(jobId)) {
      return null;
    }
    const { api, file } = await this.placeOf(spec, signal);
    const time = timeOfJob(jobId);
    const wanted = {
      jobId,
      workflow: file,
      since: time === null ? null : time - BEFORE_PLAN_MS,
      until: time === null ? null : time + AFTER_PLAN_MS,
      ref: spec.githubActions?.ref ?? null,
      isNamed: (await this.localWorkflow(spec, file, signal))?.showsJob ?? false,
    };
    const found = await findRun(new GithubRuns(api), wanted, signal);
    return found.kind === "none" ? null : this.handleOf(api.repository, jobId, file, found);
  }

  async status(handle: JobHandle, signal: CancelSignal): Promise<JobStatus> {
    const { runs, run } = await this.runOf(handle, signal);
    if (run === null) {
      return unsureStatus(
        handle.externalId.startsWith(UNSURE)
          ? `GitHub did not say which run was started, so that nobody can tell how it went. Look at ${handle.webUrl ?? "GitHub"}`
          : "GitHub does not show this run any more: it was deleted, or the login may not see it.",
      );
    }
    return toJobStatus(run, await runs.jobs(String(run.id), signal));
  }

  async log(handle: JobHandle, cursor: string | null, signal: CancelSignal): Promise<LogChunk> {
    const { runs, run } = await this.runOf(handle, signal);
    if (run === null) {
      return { text: "", cursor: cursor ?? "", isComplete: false };
    }
    return readRunLog(runs, run, cursor, { timeoutMs: this.timeoutMs, signal });
  }

  async cancel(handle: JobHandle, signal: CancelSignal): Promise<void> {
    const { runs, run } = await this.runOf(handle, signal);
    if (run === null) {
      throw new AppError("usage", "The run cannot be ended from here, because GitHub does not show which one it is.", {
        remedy: `End it at ${handle.webUrl ?? "GitHub"}`,
      });
    }
    if (run.status === "completed") {
      return;
    }
    await runs.api.ofRepository("POST", "/actions/runs/{run_id}/cancel", ANYTHING, {
      what: `the run ${run.id}`,
      params: { run_id: run.id },
      signal,
      accept: [409], // It was over before the request came.
    });
  }

  private get timeoutMs(): number {
    return this.options.timeoutMs ?? TIMEOUT_MS;
  }

  private async start(draft: JobDraft, action: EngineAction, signal: CancelSignal): Promise<JobHandle> {
    const { api, file } = await this.placeOf(draft.spec, signal);
    if (action.kind !== "request" || action.url !== this.dispatchUrl(api.repository, file)) {
      throw new AppError("usage", "The workflow or the repository is another one than in the plan.", { remedy: "Make the plan again." });
    }
    const runs = new GithubRuns(api);
    const since = (timeOfJob(draft.jobId) ?? Date.now()) - HOUR_MS;
    const before = await runs.startedByHand({ workflow: file, since: null }, signal);
    const wanted = { jobId: draft.jobId, workflow: file, since, until: null, ref: refOf(action.body), isNamed: false };
    const earlier = await findRun(runs, { ...wanted, isNamed: true }, signal, before);
    if (earlier.kind === "found") {
      return this.handleOf(api.repository, draft.jobId, file, earlier);
    }
    const reply = await this.dispatch(api, action, draft.jobId, signal);
    if (reply?.data != null) {
      const { workflow_run_id, html_url } = reply.data;
      return this.handle(api.repository, draft.jobId, String(workflow_run_id), html_url);
    }
    const isNamed = (await this.localWorkflow(draft.spec, file, signal))?.showsJob ?? false;
    const known = new Set(before.map(({ id }) => id));
    const found = await this.lookFor(runs, { ...wanted, isNamed }, { known, isStarted: reply !== null }, signal);
    return this.handleOf(api.repository, draft.jobId, file, found);
  }

  /** @returns null where nobody can tell whether GitHub started it. @throws AppError where it surely did not. */
  private async dispatch(
    api: GithubApi,
    action: Extract<EngineAction, { kind: "request" }>,
    jobId: string,
    signal: CancelSignal,
  ): Promise<GithubReply<{ workflow_run_id: number; html_url: string } | null> | null> {
    try {
      return await api.call(`${action.method} ${action.url}`, DISPATCHED, { what: "the start of the workflow", body: action.body, signal });
    } catch (error) {
      if (!(error instanceof GithubError)) {
        throw error;
      }
      if (error.mayHaveArrived) {
        return null;
      }
      this.refused.add(jobId);
      throw error.code === "store/unreachable"
        ? new AppError("usage", error.message, { cause: error, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) })
        : error;
    }
  }

  /** A run that came since, where GitHub does not say which it is. */
  private async lookFor(
    runs: GithubRuns,
    wanted: Parameters<typeof findRun>[1],
    { known, isStarted }: { readonly known: ReadonlySet<number>; readonly isStarted: boolean },
    signal: CancelSignal,
  ): Promise<FoundRun> {
    for (const ms of this.options.pausesMs ?? PAUSES_MS) {
      await pause(ms, signal);
      try {
        const listed = (await runs.startedByHand({ workflow: wanted.workflow, since: null }, signal)).filter(({ id }) => !known.has(id));
        const found = await findRun(runs, wanted, signal, listed);
        const [only, ...others] = found.kind === "unsure" ? found.candidates : [];
        if (found.kind === "found") {
          return found;
        }
        // Started a moment ago, by this person and nobody else.
        if (isStarted && only !== undefined && others.length === 0) {
          return { kind: "found", run: only };
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof GithubError)) {
          throw error;
        } // It may be back at the next look.
      }
    }
    return { kind: "unsure", candidates: [] };
  }

  private async runOf(handle: JobHandle, signal: CancelSignal): Promise<{ readonly runs: GithubRuns; readonly run: RunRecord | null }> {
    signal.throwIfAborted();
    const repository = handle.place === null ? null : readRemoteUrl(handle.place);
    const api = repository === null ? null : await this.api(repository, signal);
    if (api === null) {
      throw new AppError("store/unauthorized", SIGN_IN);
    }
    const runs = new GithubRuns(api);
    if (/^\d{1,16}$/.test(handle.externalId)) {
      return { runs, run: await runs.run(handle.externalId, signal) };
    }
    const workflow = handle.externalId.slice(UNSURE.length);
    if (!handle.externalId.startsWith(UNSURE) || !isFileName(workflow)) {
      return { runs, run: null };
    }
    const time = timeOfJob(handle.jobId);
    const since = time === null ? null : time - HOUR_MS;
    const found = await findRun(runs, { jobId: handle.jobId, workflow, since, until: null, ref: null, isNamed: true }, signal);
    return { runs, run: found.kind === "found" ? found.run : null };
  }

  private async placeOf(spec: TrainSpec, signal: CancelSignal): Promise<{ readonly api: GithubApi; readonly file: string }> {
    signal.throwIfAborted();
    const file = spec.githubActions?.workflow ?? "";
    const repository = await this.repositoryOf(spec, signal);
    if (repository === null || !isFileName(file)) {
      throw new AppError("usage", "There is no workflow on GitHub that could be started.", { remedy: "Make the plan again; it says why." });
    }
    const api = await this.api(repository, signal);
    if (api === null) {
      throw new AppError("store/unauthorized", SIGN_IN);
    }
    return { api, file };
  }

  private async repositoryOf({ folder }: TrainSpec, signal: CancelSignal): Promise<GithubRepository | null> {
    const remote = (await this.options.origin(folder, signal))?.remote ?? null;
    return remote === null ? null : readRemoteUrl(remote);
  }

  private async api(repository: GithubRepository, signal: CancelSignal): Promise<GithubApi | null> {
    const token = await this.options.token(repository.host, signal);
    signal.throwIfAborted();
    if (token === null || token === "") {
      return null;
    }
    const key = JSON.stringify([repository, token]);
    const known = this.apis.get(key) ?? new GithubApi(repository, this.apiUrl(repository.host), token, this.timeoutMs);
    this.apis.set(key, known);
    return known;
  }

  private apiUrl(host: string): string {
    return (this.options.apiUrl ?? apiUrlOf)(host);
  }

  private dispatchUrl({ host, owner, name }: GithubRepository, file: string): string {
    return `${this.apiUrl(host)}/repos/${owner}/${name}/actions/workflows/${encodeURIComponent(file)}/dispatches`;
  }

  private async localText(spec: TrainSpec, file: string, signal: CancelSignal): Promise<string | null> {
    const root = (await this.options.origin(spec.folder, signal))?.root ?? spec.root;
    try {
      return await readFile(join(root, ".github", "workflows", file), "utf8");
    } catch {
      signal.throwIfAborted();
      return null; // What is on GitHub counts; whether that fits is looked at there.
    }
  }

  private async localWorkflow(spec: TrainSpec, file: string, signal: CancelSignal): Promise<DispatchWorkflow | null> {
    const text = await this.localText(spec, file, signal);
    return text === null ? null : readDispatchWorkflow(text, file);
  }

  private handleOf(repository: GithubRepository, jobId: string, file: string, found: FoundRun): JobHandle {
    const url = `${webUrlOf(repository)}/actions/workflows/${encodeURIComponent(file)}`;
    return found.kind === "found"
      ? this.handle(repository, jobId, String(found.run.id), found.run.html_url)
      : this.handle(repository, jobId, `${UNSURE}${file}`, url);
  }

  private handle(repository: GithubRepository, jobId: string, externalId: string, webUrl: string): JobHandle {
    return { engine: this.id, jobId, externalId, place: webUrlOf(repository), webUrl };
  }
}

/** GitHub reads workflows from one folder and no folder in it. */
function isFileName(text: string): boolean {
  return /^[^/\\\p{Cc}]{1,200}\.ya?ml$/iu.test(text);
}

function refOf(body: Readonly<Record<string, unknown>>): string | null {
  return typeof body["ref"] === "string" ? body["ref"] : null;
}
