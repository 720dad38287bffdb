import { AppError, isAppError, toFailure } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import type { RetrainPlan, RetrainWish } from "../../core/training/retrainPlan";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { EngineId } from "../../core/training/trainSpec";
import { toJobPage } from "../../core/training/view/toJobPage";
import { toPlanPage } from "../../core/training/view/toPlanPage";
import type { PlanPage, RetrainForm, RetrainLog, RetrainView } from "../../protocol/retrain";
import type { JobBoard } from "./jobBoard";
import { JobLogTail } from "./jobLogTail";
import { EMPTY_FORM, type RetrainTarget } from "./retrainTarget";
import type { TrainingFolder, TrainingServices } from "./trainingServices";

export interface RetrainSessionParts {
  readonly board: JobBoard;
  readonly services: Pick<TrainingServices, "readTail" | "folderOf">;
  readonly isTrusted: () => boolean;
  readonly logError: (error: unknown) => void;
  /** A job was started here, so that its end is told here. */
  readonly started: (job: TrainingJob) => void;
}

/** One training on a page, from the plan to what came of it; without the panel. */
export class RetrainSession implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly viewChanged = this.disposables.add(new Emitter<RetrainView>());
  private readonly targetChanged = this.disposables.add(new Emitter<RetrainTarget>());
  private readonly logChanged = this.disposables.add(new Emitter<RetrainLog>());
  readonly onDidChangeView = this.viewChanged.event;
  readonly onDidChangeTarget = this.targetChanged.event;
  readonly onDidChangeLog = this.logChanged.event;
  private readonly folder: TrainingFolder;
  private work = new AbortController();
  private planned: { readonly plan: RetrainPlan; readonly wish: RetrainWish } | null = null;
  private job: { readonly job: TrainingJob; readonly plan: RetrainPlan | null; readonly problem: string | null } | null = null;
  private tail: JobLogTail | undefined;
  private revision = 0;
  private step: string | null = null;
  private isStarting = false;
  private failure: RetrainView["failure"] = null;
  private notice: string | null = null;
  /** Somebody ended planning, so that what is shown is older than what is chosen. */
  private isStopped = false;

  constructor(
    private target: RetrainTarget,
    private readonly parts: RetrainSessionParts,
  ) {
    this.folder = parts.services.folderOf(target.root);
    this.disposables.add(
      parts.board.onDidChangeJob(({ root, job, problem }) => {
        if (this.target.kind === "job" && root === this.target.root && job.id === this.target.id) {
          this.show(job, problem);
        }
      }),
    );
    this.disposables.add({ dispose: () => this.work.abort() });
  }

  get place(): RetrainTarget {
    return this.target;
  }

  get log(): RetrainLog {
    return this.tail?.log ?? { text: "", isCut: false, problem: null };
  }

  get shownJob(): TrainingJob | null {
    return this.job?.job ?? null;
  }

  get view(): RetrainView {
    const { planned, job } = this;
    const isJob = this.target.kind === "job";
    return {
      revision: this.revision,
      product: job?.job.product ?? planned?.plan.product ?? this.target.config,
      step: this.step,
      isStarting: this.isStarting,
      failure: this.failure,
      notice: this.notice,
      plan: isJob || planned === null ? null : this.planPage(planned),
      job: isJob && job !== null ? toJobPage(job.job, job.plan, job.problem) : null,
    };
  }

  /** Reads everything anew. */
  load(): void {
    if (this.target.kind === "plan") {
      this.plan();
    } else {
      void this.open(this.target.id);
    }
  }

  /** Shows another plan of the same product. */
  planFor(target: RetrainTarget): void {
    if (target.kind === "plan" && this.target.kind === "plan" && !this.isStarting) {
      this.planned = null;
      this.notice = null;
      this.go(target);
      this.plan();
    }
  }

  setForm(form: RetrainForm): void {
    if (this.target.kind === "plan" && !this.isStarting) {
      this.notice = null;
      this.go({ ...this.target, form });
      this.plan();
    }
  }

  /** What was shown before stays. */
  cancelPlanning(): void {
    if (this.step !== null && !this.isStarting) {
      this.work.abort();
      this.step = null;
      this.isStopped = true;
      this.publish();
    }
  }

  /** @throws AppError where the page shows another plan than the newest. */
  demandPlan(hash: string): RetrainPlan {
    if (this.planned?.plan.hash !== hash || this.target.kind !== "plan") {
      throw new AppError("usage", "Another plan is shown by now.", { remedy: "Look at it again." });
    }
    return this.planned.plan;
  }

  /** Carries the plan out; one that does not hold any more is made anew, and the page says what changed. */
  async start(hash: string): Promise<void> {
    const plan = this.demandPlan(hash);
    if (this.isStarting || this.step !== null) {
      return;
    }
    this.isStarting = true;
    this.failure = this.notice = null;
    this.step = "Looking whether the plan still holds";
    this.publish();
    try {
      const job = await this.folder.jobs.start(plan, this.work.signal);
      this.parts.started(job);
      this.isStarting = false;
      this.step = null;
      this.go({ kind: "job", root: this.target.root, config: this.target.config, id: job.id });
      this.job = { job, plan, problem: null };
      this.parts.board.take(this.folder, job);
      this.follow(job);
      this.publish();
    } catch (error) {
      this.isStarting = false;
      this.step = null;
      if (isCancelled(error)) {
        return;
      }
      if (!isAppError(error, "usage")) {
        this.fail(error);
        return;
      }
      this.notice = error.message; // What to do is done here already: the plan is made anew.
      this.plan();
    }
  }

  /** Plans anew with the values of the job that is shown. */
  again(): void {
    const job = this.job;
    if (job !== null) {
      this.planOf(job.job, job.plan);
    }
  }

  async cancelJob(): Promise<void> {
    if (this.job !== null) {
      this.parts.board.take(this.folder, await this.folder.jobs.cancel(this.job.job, this.work.signal));
    }
  }

  dispose(): void {
    this.tail?.dispose();
    this.disposables.dispose();
  }

  private planPage({ plan, wish }: { readonly plan: RetrainPlan; readonly wish: RetrainWish }): PlanPage {
    const page = toPlanPage(plan, wish);
    return this.isStopped
      ? { ...page, blocked: ["Planning was stopped, so that this plan is older than what is chosen. Plan again."] }
      : page;
  }

  private planOf(job: TrainingJob, plan: RetrainPlan | null): void {
    const { root, config } = this.target;
    this.tail?.dispose();
    this.tail = undefined;
    this.job = this.planned = null;
    this.notice = this.failure = null;
    this.go({ kind: "plan", root, config, form: formOf(job, plan), reason: { kind: "manual", text: `Trained again, as in ${job.id}.` } });
    this.plan();
  }

  private plan(): void {
    if (this.target.kind !== "plan") {
      return;
    }
    const revision = this.renew();
    if (!this.parts.isTrusted()) {
      this.failure = {
        message: "Nothing is trained in a folder that you do not trust.",
        remedy: "Trust the folder first: run Workspaces: Manage Workspace Trust.",
      };
      this.step = null;
      this.publish();
      return;
    }
    const wish = toWish(this.target);
    const { signal } = this.work;
    this.failure = null;
    this.isStopped = false;
    this.step = "Reading mlops.yaml";
    this.publish();
    const progress = (step: string): void => {
      if (revision === this.revision && step !== this.step) {
        this.step = step;
        this.publish();
      }
    };
    this.folder.planning.plan(wish, progress, signal).then(
      (plan) => {
        if (revision === this.revision) {
          this.planned = { plan, wish };
          this.step = null;
          this.publish();
        }
      },
      (error: unknown) => {
        if (revision === this.revision && !isCancelled(error)) {
          this.step = null;
          this.planned = null;
          this.fail(error);
        }
      },
    );
  }

  /** Ends what is under way; its answers are dropped. */
  private renew(): number {
    this.work.abort();
    this.work = new AbortController();
    return ++this.revision;
  }

  private async open(id: string): Promise<void> {
    const { config } = this.target;
    this.renew();
    const { signal } = this.work;
    this.failure = null;
    this.step = "Looking for the training";
    this.publish();
    try {
      const plan = await this.folder.jobs.plan({ id, config }, signal).catch(() => null);
      const job = await this.folder.jobs.refresh({ id, config }, signal);
      this.step = null;
      this.job = { job, plan, problem: null };
      this.parts.board.take(this.folder, job);
      this.follow(job);
      this.publish();
    } catch (error) {
      if (!isCancelled(error)) {
        this.step = null;
        this.fail(error);
      }
    }
  }

  private show(job: TrainingJob, problem: string | null): void {
    this.job = { job, plan: this.job?.plan ?? null, problem };
    this.tail?.update(job);
    this.publish();
  }

  private follow(job: TrainingJob): void {
    this.tail?.dispose();
    this.tail = new JobLogTail(job, this.folder, this.parts.services, (log) => this.logChanged.fire(log));
  }

  private go(target: RetrainTarget): void {
    this.target = target;
    this.targetChanged.fire(target);
  }

  private fail(error: unknown): void {
    this.parts.logError(error);
    this.failure = toFailure(error);
    this.publish();
  }

  private publish(): void {
    this.viewChanged.fire(this.view);
  }
}

/** What somebody chose for a job, to be chosen again. */
export function formOf(job: TrainingJob, plan: RetrainPlan | null): RetrainForm {
  const params = Object.entries(plan?.overrides ?? {}).map(([name, value]) => [name, String(value)] as const);
  return { ...EMPTY_FORM, engine: job.engine, params: Object.fromEntries(params) };
}

function toWish({ config, form, reason }: Extract<RetrainTarget, { readonly kind: "plan" }>): RetrainWish {
  return { config, reason, ...form, engine: form.engine as EngineId | null };
}
