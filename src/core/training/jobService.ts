import { AppError, isAppError, toUserText } from "../base/appError";
import { type CancelSignal, NEVER_CANCELLED } from "../base/cancel";
import { oneLine } from "../base/oneLine";
import type { JobHistory, JobJournal } from "./jobJournal";
import { isOver } from "./jobState";
import { draftOf, newJob } from "./newJob";
import { mergeStatus, unreachable } from "./mergeStatus";
import { recoverJob, refused } from "./recoverJob";
import { refusePlan } from "./refusePlan";
import type { RetrainPlan } from "./retrainPlan";
import type { RetrainPlanning, TrainingJobs } from "./training";
import type { EngineSource, JobHandle, LogChunk, TrainingEngine } from "./trainingEngine";
import type { TrainingJob, TrainingOutcome } from "./trainingJob";
import type { EngineId } from "./trainSpec";

/** Works out what came of a training that is over. @throws AppError where that cannot be told now, but perhaps later. */
export interface OutcomeFinder {
  find(job: TrainingJob, plan: RetrainPlan | null, signal: CancelSignal): Promise<TrainingOutcome>;
}

/** The world as the jobs of one workspace need it. */
export interface JobServicePorts {
  readonly journal: JobJournal;
  readonly engines: EngineSource;
  readonly planning: Pick<RetrainPlanning, "outdated">;
  readonly outcomes: OutcomeFinder;
  /** The hash that the plan's content has. */
  readonly hashOf: (plan: RetrainPlan) => string;
  /** Products' files of the workspace. */
  readonly configs: (signal: CancelSignal) => Promise<readonly string[]>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Who asks, as git or the system calls them. */
  readonly who: (signal: CancelSignal) => Promise<string | null>;
  /** Whether anything of this workspace may run. */
  readonly isTrusted: () => boolean;
  /** A text that no other process makes. */
  readonly newToken: () => string;
}

type JobRef = Pick<TrainingJob, "id" | "config">;

/** A process that works out an outcome and is gone is followed by another one after so long. */
const JUDGING_MS = 600_000;
/** An engine that was asked to end a job past its limit is asked again after so long. */
const CANCEL_AGAIN_MS = 60_000;
/** These hold a time limit themselves, also while nobody looks. */
const OWN_LIMIT: ReadonlySet<EngineId> = new Set<EngineId>(["local", "dvc"]);

/** Jobs over all engines and products of a workspace. Any number of windows and processes may do so at once; the journal is the arbiter. */
export class JobService implements TrainingJobs {
  constructor(private readonly ports: JobServicePorts) {}

  async start(plan: RetrainPlan, signal: CancelSignal): Promise<TrainingJob> {
    const { journal, now } = this.ports;
    if (!this.ports.isTrusted()) {
      throw new AppError("usage", "Nothing is trained in a folder that is not trusted.", { remedy: "Trust the folder first." });
    }
    refusePlan(plan, this.ports.hashOf(plan), now());
    const engine = await this.engine(plan.engine);
    const changed = await this.ports.planning.outdated(plan, signal);
    if (changed.length > 0) {
      throw new AppError("usage", `The plan does not hold any more: ${changed.join(" ")}`, { remedy: "Make the plan again." });
    }
    const job = newJob(plan, now(), await this.ports.who(signal));
    const claim = await journal.claim(plan, job, signal);
    if (claim.kind === "taken") {
      throw takenError(plan, claim.by);
    }
    return this.submit(plan, job, engine, signal);
  }

  async list(limit: number, signal: CancelSignal): Promise<JobHistory> {
    return this.ports.journal.list(await this.ports.configs(signal), limit, signal);
  }

  async refresh(ref: JobRef, signal: CancelSignal): Promise<TrainingJob> {
    let job = await this.known(ref, signal);
    if (job.phase === "claimed") {
      job = await this.recover(job, signal);
    }
    if (job.phase === "submitted" && job.handle !== null && !isOver(job.status.state)) {
      job = await this.ask(job, job.handle, signal);
    }
    return job.phase === "submitted" && isOver(job.status.state) && job.outcome === null ? this.judge(job, signal) : job;
  }

  async cancel(ref: JobRef, signal: CancelSignal): Promise<TrainingJob> {
    let job = await this.known(ref, signal);
    if (job.phase === "claimed") {
      job = await this.recover(job, signal);
    }
    if (isOver(job.status.state)) {
      return job;
    }
    if (job.handle === null) {
      throw new AppError("usage", `The job ${job.id} is only being handed to its engine, so that there is nothing to end yet.`, {
        remedy: "Try again in a moment.",
      });
    }
    await (await this.engine(job.engine)).cancel(job.handle, signal);
    const at = this.ports.now();
    await this.change(job, (found) => (isOver(found.status.state) ? found : { ...found, cancelAsked: { at, because: "person" } }), signal);
    return this.refresh(job, signal);
  }

  async log(ref: JobRef, cursor: string | null, signal: CancelSignal): Promise<LogChunk> {
    const job = await this.known(ref, signal);
    return job.handle === null
      ? { text: "", cursor: cursor ?? "", isComplete: isOver(job.status.state) }
      : (await this.engine(job.engine)).log(job.handle, cursor === "" ? null : cursor, signal);
  }

  plan(ref: JobRef, signal: CancelSignal): Promise<RetrainPlan | null> {
    return this.ports.journal.plan(ref, signal);
  }

  private async known({ id, config }: JobRef, signal: CancelSignal): Promise<TrainingJob> {
    const job = await this.ports.journal.read(id, config, signal);
    if (job === null) {
      throw new AppError("usage", `There is no job ${oneLine(id, 120)} in ${oneLine(config)}.`);
    }
    return job;
  }

  private async engine(id: EngineId): Promise<TrainingEngine> {
    const engine = await this.ports.engines.get(id);
    if (engine === undefined) {
      throw new AppError("usage", `The engine ${id} is not to be had here.`);
    }
    return engine;
  }

  /** From here on the job is ours: whatever comes is written down, also when nobody waits any more. */
  private async submit(plan: RetrainPlan, job: TrainingJob, engine: TrainingEngine, signal: CancelSignal): Promise<TrainingJob> {
    if (signal.aborted) {
      await this.change(job, refused("It was called off before it was started.", this.ports.now()), NEVER_CANCELLED);
      signal.throwIfAborted();
    }
    let handle: JobHandle;
    try {
      handle = await engine.submit(draftOf(plan), plan.action, signal);
    } catch (error) {
      return this.afterFailedSubmit(plan, job, engine, error, signal);
    }
    return this.submitted(job, handle);
  }

  private async submitted(job: TrainingJob, handle: JobHandle): Promise<TrainingJob> {
    // Also over a "never started" that a window said while this one slept: the engine has it now.
    const start = (found: TrainingJob): TrainingJob => ({
      ...found,
      phase: "submitted",
      handle,
      status: found.phase === "refused" ? job.status : { ...found.status, message: null },
    });
    try {
      return await this.change(job, start, NEVER_CANCELLED);
    } catch (error) {
      // It runs. Once the journal can be written again, it is found by its id.
      const told = start(job);
      return { ...told, status: { ...told.status, message: `It was started, but that could not be written down. ${toUserText(error)}` } };
    }
  }

  /** A clear no ends the job. After anything else it may have been started, so that the engine is asked, now or later. */
  private async afterFailedSubmit(
    plan: RetrainPlan,
    job: TrainingJob,
    engine: TrainingEngine,
    error: unknown,
    signal: CancelSignal,
  ): Promise<TrainingJob> {
    const isNo = isAppError(error) && /^(?:usage|file\/|store\/unauthorized|store\/forbidden)/.test(error.code);
    if (signal.aborted && !isNo) {
      throw error;
    }
    const found = await engine.find({ jobId: job.id, spec: plan.spec }, signal).catch(() => null);
    if (found !== null) {
      return this.submitted(job, found);
    }
    if (isNo) {
      await this.change(job, refused(toUserText(error), this.ports.now()), NEVER_CANCELLED);
      throw error;
    }
    const message = `Nobody can tell yet whether it was started. ${toUserText(error)}`;
    return this.change(job, (now) => (now.handle === null ? { ...now, status: { ...now.status, message } } : now), NEVER_CANCELLED);
  }

  private async recover(job: TrainingJob, signal: CancelSignal): Promise<TrainingJob> {
    const plan = await this.ports.journal.plan(job, signal);
    return this.change(job, await recoverJob(job, plan, await this.engine(job.engine), this.ports.now(), signal), signal);
  }

  private async ask(job: TrainingJob, handle: JobHandle, signal: CancelSignal): Promise<TrainingJob> {
    const engine = await this.engine(job.engine);
    try {
      const status = await engine.status(handle, signal);
      return await this.withinLimit(await this.change(job, mergeStatus(status), signal), handle, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error) || error.code === "file/unwritable") {
        throw error;
      }
      return this.change(job, unreachable(error), signal);
    }
  }

  /**
   * Remote engines know no time limit: whoever follows a job ends it once `resources.timeout` has passed since the start that the engine
   * tells. While nobody follows, nobody does.
   */
  private async withinLimit(job: TrainingJob, handle: JobHandle, signal: CancelSignal): Promise<TrainingJob> {
    const { startedAt, state } = job.status;
    const now = this.ports.now();
    const isAsked = job.cancelAsked != null && Math.abs(now - job.cancelAsked.at) < CANCEL_AGAIN_MS;
    if (OWN_LIMIT.has(job.engine) || state !== "running" || startedAt === null || isAsked) {
      return job;
    }
    const limit = (await this.ports.journal.plan(job, signal))?.spec.resources.timeoutMs ?? null;
    if (limit === null || now - startedAt <= limit) {
      return job;
    }
    await (await this.engine(job.engine)).cancel(handle, signal);
    return this.change(job, (found) => ({ ...found, cancelAsked: { at: now, because: "time_limit" } }), signal);
  }

  /** Only the process whose token the journal took works the outcome out, so that no two windows register a model. */
  private async judge(job: TrainingJob, signal: CancelSignal): Promise<TrainingJob> {
    if (!this.ports.isTrusted()) {
      return job; // Registering runs the product's Python, and an outcome is written once.
    }
    const token = this.ports.newToken();
    const since = this.ports.now();
    const isFree = ({ judging }: TrainingJob): boolean => judging == null || Math.abs(since - judging.since) > JUDGING_MS;
    const taken = await this.change(
      job,
      (found) => (found.outcome === null && isFree(found) ? { ...found, judging: { token, since } } : found),
      signal,
    );
    if (taken.judging?.token !== token) {
      return taken;
    }
    const mine = (change: Partial<TrainingJob>) => (found: TrainingJob) =>
      found.judging?.token === token ? { ...found, ...change, judging: null } : found;
    try {
      const outcome = await this.ports.outcomes.find(taken, await this.ports.journal.plan(job, signal), signal);
      return await this.change(taken, mine({ outcome, outcomeProblem: null }), NEVER_CANCELLED);
    } catch (error) {
      const isEnd = signal.aborted || !isAppError(error);
      const told = await this.change(taken, mine(isEnd ? {} : { outcomeProblem: toUserText(error) }), NEVER_CANCELLED);
      if (isEnd) {
        throw error;
      }
      return told;
    }
  }

  /** Writes only what differs from what was read last: a look that finds nothing new leaves the file as it is. */
  private async change(job: TrainingJob, change: (now: TrainingJob) => TrainingJob, signal: CancelSignal): Promise<TrainingJob> {
    const known = change(job);
    return JSON.stringify(known) === JSON.stringify(job) ? job : this.ports.journal.update(job, change, signal);
  }
}

function takenError(plan: RetrainPlan, by: TrainingJob): AppError {
  const isSame = by.id === plan.jobId;
  return new AppError(
    "usage",
    isSame ? `This plan is started already, as the job ${by.id}.` : `The same is being trained right now, by the job ${by.id}.`,
    { remedy: isSame ? "Look at that job." : "Wait for that job, or cancel it, and make the plan again." },
  );
}
