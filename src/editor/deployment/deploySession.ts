import { AppError, isAppError, toFailure } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import type { DeployPlan } from "../../core/deployment/deployPlan";
import type { Deployment } from "../../core/deployment/deployment";
import { sayHashing } from "../../core/deployment/hashProgress";
import { toDeploymentView } from "../../core/deployment/view/toDeploymentView";
import { toDeployPlanView } from "../../core/deployment/view/toDeployPlanView";
import type { DeployChoices, DeployForm, DeployView } from "../../protocol/deploy";
import type { DeploymentFolder } from "./deploymentServices";
import { type DeploySubject, EMPTY_DEPLOY_FORM } from "./deploySubject";

export interface DeploySessionParts {
  readonly folderOf: (root: string) => DeploymentFolder;
  readonly isTrusted: () => boolean;
  readonly logError: (error: unknown) => void;
  /** A deployment has begun or is over, so that views look again. */
  readonly changed: () => void;
  /** A deployment of this window came to its end. */
  readonly ended: (root: string, deployment: Deployment) => void;
}

const JUDGING = "Judging the version";
const LOOKING_AGAIN = "Looking whether the plan still holds";
/** The end of the log that is drawn. */
const LOG_CHARACTERS = 40_000;
/** What another window carries out is looked at so often. */
const FOLLOW_MS = 2000;

/** One deployment on a page, from the choice of a version to what came of it; without the panel. */
export class DeploySession implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly viewChanged = this.disposables.add(new Emitter<DeployView>());
  private readonly subjectChanged = this.disposables.add(new Emitter<DeploySubject>());
  readonly onDidChangeView = this.viewChanged.event;
  readonly onDidChangeSubject = this.subjectChanged.event;
  private readonly folder: DeploymentFolder;
  private work = new AbortController();
  /** Ends what is carried out, apart from looking at things. */
  private carrying: AbortController | null = null;
  /** Something may have been changed already, so that to stop means to go back. */
  private isBegun = false;
  private planned: DeployPlan | null = null;
  private choices: DeployChoices | null = null;
  private deployment: Deployment | null = null;
  private log = "";
  private revision = 0;
  private step: string | null = null;
  private failure: DeployView["failure"] = null;
  private notice: string | null = null;
  /** Somebody ended planning, so that what is shown is older than what is chosen. */
  private isStopped = false;
  private following: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private subject: DeploySubject,
    private readonly parts: DeploySessionParts,
  ) {
    this.folder = parts.folderOf(subject.root);
    this.disposables.add({ dispose: () => this.end() });
  }

  get place(): DeploySubject {
    return this.subject;
  }

  get isRunning(): boolean {
    return this.carrying !== null;
  }

  get view(): DeployView {
    const { planned, deployment, subject } = this;
    const isPlan = subject.kind === "plan";
    const plan = isPlan && planned !== null ? toDeployPlanView(planned) : null;
    return {
      revision: this.revision,
      product: deployment?.product ?? planned?.product ?? subject.config,
      intent: isPlan ? subject.intent : (deployment?.intent ?? "deploy"),
      step: this.step,
      isRunning: this.isRunning,
      failure: this.failure,
      notice: this.notice,
      choices: isPlan ? this.choices : null,
      plan:
        plan !== null && this.isStopped
          ? { ...plan, blocked: ["Planning was stopped, so that this plan is older than what is chosen. Plan again."] }
          : plan,
      deployment: isPlan || deployment === null ? null : toDeploymentView(deployment),
      log: this.log,
    };
  }

  /** Reads everything anew. */
  load(): void {
    if (this.isRunning) {
      return;
    }
    if (this.subject.kind === "plan") {
      void this.plan();
    } else {
      void this.open(this.subject.id);
    }
  }

  /** Shows another plan of the same product. */
  planFor(subject: DeploySubject): void {
    if (subject.kind === "plan" && !this.isRunning) {
      this.planned = this.deployment = null;
      this.notice = this.failure = null;
      this.log = "";
      this.go(subject);
      void this.plan();
    }
  }

  setForm(form: DeployForm): void {
    if (this.subject.kind === "plan" && !this.isRunning) {
      this.notice = null;
      this.go({ ...this.subject, form });
      void this.plan();
    }
  }

  cancelPlanning(): void {
    if (this.isRunning && !this.isBegun) {
      this.carrying?.abort(); // The plan is looked through once more, and nothing was changed.
    } else if (this.step !== null && !this.isRunning) {
      this.work.abort();
      this.step = null;
      this.isStopped = true;
      this.publish();
    }
  }

  /** @throws AppError where the page shows another plan than the newest. */
  demandPlan(hash: string): DeployPlan {
    if (this.planned?.hash !== hash || this.subject.kind !== "plan") {
      throw new AppError("usage", "Another plan is shown by now.", { remedy: "Look at it again." });
    }
    return this.planned;
  }

  /** Carries the plan out; one that does not hold any more is made anew, and the page says what changed. */
  async start(hash: string, confirmation: string): Promise<void> {
    const plan = this.demandPlan(hash);
    if (this.isRunning || this.step !== null) {
      return;
    }
    this.demandTrust();
    const carrying = (this.carrying = new AbortController());
    this.failure = this.notice = null;
    this.log = "";
    this.isBegun = false;
    this.step = LOOKING_AGAIN;
    this.publish();
    const progress = (now: Deployment): void => {
      this.deployment = now;
      this.isBegun = true;
      this.step = null;
      if (this.subject.kind === "plan") {
        this.go({ kind: "deployment", root: this.subject.root, config: this.subject.config, id: now.id });
        this.parts.changed();
      }
      this.publish();
    };
    const log = (line: string): void => {
      this.log = `${this.log}${line}\n`.slice(-LOG_CHARACTERS);
      this.publish();
    };
    const hashed = sayHashing((step) => {
      if (!this.isBegun) {
        this.step = step ?? LOOKING_AGAIN;
        this.publish();
      }
    });
    try {
      const typed = confirmation === "" ? null : confirmation;
      const ended = await this.folder.deployments.run(plan, typed, progress, log, carrying.signal, hashed);
      this.carrying = null;
      progress(ended);
      this.parts.ended(this.subject.root, ended);
    } catch (error) {
      this.carrying = null;
      this.step = null;
      if (isCancelled(error)) {
        this.publish();
      } else if (isAppError(error, "usage") && this.subject.kind === "plan") {
        this.notice = error.message; // What to do is done here already: the plan is made anew.
        await this.plan();
      } else {
        this.fail(error);
      }
    } finally {
      this.parts.changed();
    }
  }

  /** Ends what is carried out; what was done goes back. */
  cancel(): void {
    this.carrying?.abort();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Where the deployment that is shown can be planned again, or back from. */
  nextSubject(intent: "deploy" | "rollback"): DeploySubject | null {
    const { deployment, subject } = this;
    if (deployment === null) {
      return null;
    }
    const version = intent === "rollback" ? deployment.previous : deployment.version;
    const form = { ...EMPTY_DEPLOY_FORM, target: deployment.target, version };
    return { kind: "plan", root: subject.root, config: subject.config, intent, form };
  }

  private demandTrust(): void {
    if (!this.parts.isTrusted()) {
      throw new AppError("usage", "Nothing is deployed from a folder that you do not trust.", {
        remedy: "Trust the folder first: run Workspaces: Manage Workspace Trust.",
      });
    }
  }

  private async plan(): Promise<void> {
    if (this.subject.kind !== "plan") {
      return;
    }
    const { config, intent, form } = this.subject;
    const revision = this.renew();
    const { signal } = this.work;
    this.failure = null;
    this.isStopped = false;
    const isCurrent = (): boolean => revision === this.revision && !signal.aborted;
    const say = (step: string | null): void => {
      this.step = step;
      this.publish();
    };
    try {
      this.demandTrust();
      say("Looking for targets and versions");
      const choices = await this.folder.choices(config, signal);
      if (!isCurrent()) {
        return;
      }
      this.choices = choices;
      const target = form.target ?? (choices.targets.length === 1 ? (choices.targets[0]?.value ?? null) : null);
      if (target === null || (intent === "deploy" && form.version === null)) {
        this.planned = null;
        say(null);
        return;
      }
      say(JUDGING);
      const hashed = sayHashing((step) => (isCurrent() ? say(step ?? JUDGING) : undefined));
      const wish = { config, intent, target, version: form.version, reason: form.reason };
      const planned = await this.folder.planning.plan(wish, signal, hashed);
      if (isCurrent()) {
        this.planned = planned;
        say(null);
      }
    } catch (error) {
      if (isCurrent() && !isCancelled(error)) {
        this.step = null;
        this.planned = null;
        this.fail(error);
      }
    }
  }

  /** Ends what is under way; its answers are dropped. */
  private renew(): number {
    this.end();
    this.work = new AbortController();
    return ++this.revision;
  }

  private end(): void {
    this.work.abort();
    clearTimeout(this.following);
  }

  private async open(id: string): Promise<void> {
    const revision = this.renew();
    const { signal } = this.work;
    this.failure = null;
    this.step = "Looking for the deployment";
    this.publish();
    try {
      await this.read(id, signal);
    } catch (error) {
      if (revision === this.revision && !isCancelled(error)) {
        this.step = null;
        this.fail(error);
      }
    }
  }

  /** Shows a deployment as it is written down. One that another window carries out is followed until it is over. */
  private async read(id: string, signal: AbortSignal): Promise<void> {
    const found = await this.folder.read(this.subject.config, id, signal);
    if (signal.aborted) {
      return;
    }
    if (found === null) {
      throw new AppError("usage", `The deployment ${id} is not there any more.`, { remedy: "The log tells what came of it." });
    }
    this.step = null;
    this.failure = null;
    this.deployment = found.deployment;
    this.log = found.log.slice(-LOG_CHARACTERS);
    this.publish();
    if (found.deployment.state === "running") {
      this.followSoon(id, signal);
    }
  }

  private followSoon(id: string, signal: AbortSignal): void {
    this.following = setTimeout(() => void this.follow(id, signal), FOLLOW_MS);
  }

  private async follow(id: string, signal: AbortSignal): Promise<void> {
    try {
      await this.read(id, signal);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) {
        return;
      }
      if (this.failure === null) {
        this.fail(error);
      }
      // A file that cannot be read right now may be there again at the next look; one that is gone is not.
      if (!isAppError(error, "usage")) {
        this.followSoon(id, signal);
      }
    }
  }

  private go(subject: DeploySubject): void {
    this.subject = subject;
    this.subjectChanged.fire(subject);
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
