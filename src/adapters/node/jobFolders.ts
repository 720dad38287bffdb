import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { AppError, isAppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { JobHistory, JobJournal } from "../../core/training/jobJournal";
import { isOver } from "../../core/training/jobState";
import type { RetrainPlan } from "../../core/training/retrainPlan";
import type { TrainingJob } from "../../core/training/trainingJob";
import { createFile, makeFolder, replaceFile, textOf } from "./atomicFile";
import { withFileLock } from "./jobs/fileLock";
import { isJobId, jobFolder, jobsFolder } from "./jobs/jobPlaces";
import { DamagedJob, readJobText } from "./jobs/readJobText";

type JobRef = Pick<TrainingJob, "id" | "config">;
type Claim = Awaited<ReturnType<JobJournal["claim"]>>;

/** So many files are open at once while a list is read. */
const AT_ONCE = 16;

/** How the journal writes; a parameter so that a full or read-only disk can be tested wherever it cannot be mounted. */
export interface JobFileWriter {
  readonly create: (path: string, text: string) => Promise<boolean>;
  readonly replace: (path: string, text: string) => Promise<void>;
  readonly makeFolder: (path: string) => Promise<void>;
}

const WRITER: JobFileWriter = { create: createFile, replace: replaceFile, makeFolder };

/** The jobs of a workspace in `.mlops/jobs/<id>/` beside each product's file. @param root absolute path of the workspace. */
export function openJobFolders(root: string, writer: JobFileWriter = WRITER): JobJournal {
  return new JobFolders(root, writer);
}

class JobFolders implements JobJournal {
  constructor(
    private readonly root: string,
    private readonly writer: JobFileWriter,
  ) {}

  folder({ id, config }: JobRef): string {
    return jobFolder(this.root, config, id);
  }

  async claim(plan: RetrainPlan, job: TrainingJob, signal: CancelSignal): Promise<Claim> {
    signal.throwIfAborted();
    const all = jobsFolder(this.root, job.config);
    const folder = this.folder(job);
    await this.writer.makeFolder(folder);
    await this.writer.create(join(all, ".gitignore"), "*\n");
    return withFileLock(join(all, ".claim.lock"), signal, (isHeld) => this.claimAlone(plan, job, isHeld, signal));
  }

  /**
   * A job's own file is the claim of its plan, whose hash covers the id. Its claim of the fingerprint is a file of its own too, so that nobody
   * writes over another's; whoever ends in between leaves a claim of a job that is not there, which counts for nothing. Whoever lost the
   * lock meanwhile gives up, since another one may not have seen its claim.
   */
  private async claimAlone(plan: RetrainPlan, job: TrainingJob, isHeld: () => Promise<boolean>, signal: CancelSignal): Promise<Claim> {
    const folder = this.folder(job);
    const same = await this.read(job.id, job.config, signal);
    if (same !== null) {
      return { kind: "taken", by: same };
    }
    const claims = claimsFolder(jobsFolder(this.root, job.config), job);
    const other = claims === null ? null : await this.claimedBy(claims, job.config, signal);
    if (other !== null) {
      return { kind: "taken", by: other };
    }
    await this.writer.replace(join(folder, "plan.json"), JSON.stringify(plan));
    if (claims !== null) {
      await this.writer.makeFolder(claims);
      await this.writer.create(join(claims, job.id), "");
    }
    if (!(await this.writer.create(join(folder, "job.json"), jobText(job)))) {
      const by = await this.read(job.id, job.config, signal);
      if (by !== null) {
        return { kind: "taken", by };
      }
    }
    if (!(await isHeld())) {
      await this.writer.replace(join(folder, "job.json"), jobText(givenUp(job)));
      throw new AppError("usage", LOST, { remedy: "Make the plan again." });
    }
    return { kind: "claimed" };
  }

  /** The job that holds a fingerprint; claims of jobs that are over are taken away. */
  private async claimedBy(claims: string, config: string, signal: CancelSignal): Promise<TrainingJob | null> {
    for (const id of (await readdir(claims).catch(() => [])).filter(isJobId)) {
      const job = await this.readable({ id, config }, signal);
      if (job !== null && job.phase !== "refused" && !isOver(job.status.state)) {
        return job;
      }
      await rm(join(claims, id), { force: true }).catch(() => undefined);
    }
    return null;
  }

  async update(ref: JobRef, change: (now: TrainingJob) => TrainingJob, signal: CancelSignal): Promise<TrainingJob> {
    const folder = this.folder(ref);
    for (;;) {
      const changed = await withFileLock(join(folder, ".lock"), signal, async (isHeld) => {
        const now = await this.read(ref.id, ref.config, signal);
        if (now === null) {
          throw new DamagedJob(`The training ${ref.id} is not there any more.`);
        }
        const next = change(now);
        if (next === now) {
          return now;
        }
        // Somebody else may have changed it since it was read.
        if (!(await isHeld())) {
          return null;
        }
        await this.writer.replace(join(folder, "job.json"), jobText(next));
        return next;
      });
      if (changed !== null) {
        return changed;
      }
    }
  }

  async read(id: string, config: string, signal: CancelSignal): Promise<TrainingJob | null> {
    signal.throwIfAborted();
    const path = join(this.folder({ id, config }), "job.json");
    const text = await textOf(path);
    return text === null ? null : { ...readJobText(text, id, path), config };
  }

  async plan(job: JobRef, signal: CancelSignal): Promise<RetrainPlan | null> {
    signal.throwIfAborted();
    const text = await textOf(join(this.folder(job), "plan.json"));
    try {
      const plan = text === null ? null : (JSON.parse(text) as RetrainPlan | null);
      return plan?.schema === 1 && plan.jobId === job.id ? plan : null;
    } catch {
      return null;
    }
  }

  async list(configs: readonly string[], limit: number, signal: CancelSignal): Promise<JobHistory> {
    const found = new Map<string, JobRef>();
    for (const config of configs) {
      for (const id of await idsIn(jobsFolder(this.root, config))) {
        const folder = this.folder({ id, config });
        found.set(folder, found.get(folder) ?? { id, config });
      }
    }
    const newest = [...found.values()].sort((a, b) => (stampOf(a.id) < stampOf(b.id) ? 1 : -1));
    const jobs: TrainingJob[] = [];
    const problems: string[] = [];
    for (let start = 0; start < newest.length && jobs.length < limit; start += AT_ONCE) {
      const some = newest.slice(start, Math.min(start + AT_ONCE, start + limit - jobs.length));
      for (const entry of await Promise.all(some.map((ref) => this.readOrProblem(ref, signal)))) {
        if (typeof entry === "string") {
          problems.push(entry);
        } else if (entry !== null) {
          jobs.push(entry);
        }
      }
    }
    jobs.sort((a, b) => b.createdAt - a.createdAt);
    return { jobs, problems, total: newest.length };
  }

  private async readOrProblem({ id, config }: JobRef, signal: CancelSignal): Promise<TrainingJob | string | null> {
    try {
      return await this.read(id, config, signal);
    } catch (error) {
      return sentenceOf(error);
    }
  }

  /** A damaged job holds no right; it shows in the list. */
  private async readable({ id, config }: JobRef, signal: CancelSignal): Promise<TrainingJob | null> {
    try {
      return await this.read(id, config, signal);
    } catch (error) {
      sentenceOf(error);
      return null;
    }
  }
}

/** @throws what is no sentence for people, such as the reason of a cancelled call. */
function sentenceOf(error: unknown): string {
  if (!isAppError(error)) {
    throw error;
  }
  return error.message;
}

const LOST = "This process stood still for so long while it took the training that another one went on.";

function givenUp(job: TrainingJob): TrainingJob {
  return { ...job, phase: "refused", status: { ...job.status, state: "failed", message: LOST, endedAt: job.createdAt } };
}

/** Claims of a fingerprint, each a file that is called like its job. */
function claimsFolder(all: string, { config, fingerprint }: TrainingJob): string | null {
  if (fingerprint === null) {
    return null;
  }
  const key = createHash("sha256")
    .update(JSON.stringify([config, fingerprint]))
    .digest("hex")
    .slice(0, 40);
  return join(all, ".claimed", key);
}

async function idsIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && isJobId(entry.name)).map(({ name }) => name);
  } catch {
    // A folder that is not there has no jobs; one that cannot be read is somebody else's.
    return [];
  }
}

/** The time in an id, behind which ids of all products can be sorted. */
function stampOf(id: string): string {
  const stamp = /(\d{8}-\d{6})-[0-9a-f]{6}$/.exec(id)?.[1];
  return `${stamp ?? "0"} ${id}`;
}

function jobText(job: TrainingJob): string {
  return `${JSON.stringify(job, undefined, 1)}\n`;
}
