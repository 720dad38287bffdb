import { isOver } from "../../src/core/training/jobState";
import type { JobHistory, JobJournal } from "../../src/core/training/jobJournal";
import type { RetrainPlan } from "../../src/core/training/retrainPlan";
import type { TrainingJob } from "../../src/core/training/trainingJob";

type Claim = Awaited<ReturnType<JobJournal["claim"]>>;

/** What several windows share, in memory: each call is one step, and what is handed out is a copy. Failures can be set. */
export class MemoryJournal implements JobJournal {
  /** How often something was written. */
  writes = 0;
  /** Thrown by every write. */
  failure: Error | null = null;
  private readonly jobs = new Map<string, string>();
  private readonly plans = new Map<string, string>();

  claim(plan: RetrainPlan, job: TrainingJob): Promise<Claim> {
    const running = this.all().find((other) => !isOver(other.status.state) && other.fingerprint === job.fingerprint);
    const by = this.get(job) ?? running;
    if (by !== undefined) {
      return Promise.resolve({ kind: "taken", by });
    }
    return this.write(job).then(() => {
      this.plans.set(keyOf(job), JSON.stringify(plan));
      return { kind: "claimed" };
    });
  }

  async update(ref: Pick<TrainingJob, "id" | "config">, change: (now: TrainingJob) => TrainingJob): Promise<TrainingJob> {
    // Others come in between, as they do with files.
    await Promise.resolve();
    const now = this.get(ref);
    if (now === undefined) {
      throw new Error(`There is no job ${ref.id}.`);
    }
    return this.write(change(now));
  }

  read(id: string, config: string): Promise<TrainingJob | null> {
    return Promise.resolve(this.get({ id, config }) ?? null);
  }

  plan(ref: Pick<TrainingJob, "id" | "config">): Promise<RetrainPlan | null> {
    const text = this.plans.get(keyOf(ref));
    return Promise.resolve(text === undefined ? null : (JSON.parse(text) as RetrainPlan));
  }

  list(configs: readonly string[], limit: number): Promise<JobHistory> {
    const jobs = this.all().filter(({ config }) => configs.includes(config));
    return Promise.resolve({ jobs: jobs.sort((a, b) => b.createdAt - a.createdAt).slice(0, limit), problems: [], total: jobs.length });
  }

  folder({ id }: Pick<TrainingJob, "id" | "config">): string {
    return `/nowhere/${id}`;
  }

  private write(job: TrainingJob): Promise<TrainingJob> {
    if (this.failure !== null) {
      return Promise.reject(this.failure);
    }
    this.writes++;
    this.jobs.set(keyOf(job), JSON.stringify(job));
    return Promise.resolve(this.get(job) ?? job);
  }

  private get(ref: Pick<TrainingJob, "id" | "config">): TrainingJob | undefined {
    const text = this.jobs.get(keyOf(ref));
    return text === undefined ? undefined : (JSON.parse(text) as TrainingJob);
  }

  private all(): TrainingJob[] {
    return [...this.jobs.values()].map((text) => JSON.parse(text) as TrainingJob);
  }
}

function keyOf({ id, config }: Pick<TrainingJob, "id" | "config">): string {
  return `${config}\n${id}`;
}
