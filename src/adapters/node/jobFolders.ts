import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { isAppError } from "../../core/base/appError";
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
    return withFileLock(join(all, ".claim.lock"), signal, () => this.claimAlone(plan, job, signal));
  }

  /**
   * A job's own file is the claim of its plan, whose hash covers the id. The claim of the fingerprint is written before it: whoever ends in
   * between leaves a claim of a job that is not there, which counts for nothing.
   */
  private async claimAlone(plan: RetrainPlan, job: TrainingJob, signal: CancelSignal): Promise<Claim> {
    const folder = this.folder(job);
    const same = await this.read(job.id, job.config, signal);
    if (same !== null) {
      return { kind: "taken", by: same };
    }
    const claim = claimFile(jobsFolder(this.root, job.config), job);
    if (claim !== null) {
      const holder = (await textOf(claim))?.trim() ?? "";
      const other = isJobId(holder) ? await this.readable({ id: holder, config: job.config }, signal) : null;
      if (other !== null && other.phase !== "refused" && !isOver(other.status.state)) {
        return { kind: "taken", by: other };
      }
    }
    await this.writer.replace(join(folder, "plan.json"), JSON.stringify(plan));
    if (claim !== null) {
      await this.writer.makeFolder(dirname(claim));
      await this.writer.replace(claim, `${job.id}\n`);
    }
    await this.writer.replace(join(folder, "job.json"), jobText(job));
    return { kind: "claimed" };
  }

  async update(ref: JobRef, change: (now: TrainingJob) => TrainingJob, signal: CancelSignal): Promise<TrainingJob> {
    const folder = this.folder(ref);
    return withFileLock(join(folder, ".lock"), signal, async () => {
      const now = await this.read(ref.id, ref.config, signal);
      if (now === null) {
        throw new DamagedJob(`The training ${ref.id} is not there any more.`);
      }
      const next = change(now);
      if (next !== now) {
        await this.writer.replace(join(folder, "job.json"), jobText(next));
      }
      return next;
    });
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

function claimFile(all: string, { config, fingerprint }: TrainingJob): string | null {
  if (fingerprint === null) {
    return null;
  }
  const key = createHash("sha256")
    .update(JSON.stringify([config, fingerprint]))
    .digest("hex")
    .slice(0, 40);
  return join(all, ".claims", key);
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
