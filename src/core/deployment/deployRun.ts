import { isAppError, toUserText } from "../base/appError";
import { attempt } from "../base/attempt";
import { type CancelSignal, isCancelled, NEVER_CANCELLED } from "../base/cancel";
import type { DeployPlan } from "./deployPlan";
import type { Deployment, DeploymentState, DeploymentStep } from "./deployment";
import { deploymentEntry } from "./deploymentEntry";
import type { DeployDraft, DeployTarget, TargetFacts, TargetStep } from "./deployTarget";
import type { DeployWorld } from "./deployWorld";
import { STOP_STEP, wayBackDraft } from "./wayBack";

/** How often is asked whether what was released works by now. */
const POLL_MS = 500;
/** A step that did what it should and found that what is there does not work. */
class StepFailed extends Error {
  override readonly name = "StepFailed";
}

/** What ends a step that somebody else has overtaken: their release stands, and nothing goes back. */
class MovedMeanwhile extends Error {
  override readonly name = "MovedMeanwhile";
}

/** Who follows a deployment. */
export interface DeployEvents {
  readonly onProgress: (now: Deployment) => void;
  readonly log: (line: string) => void;
}

/** The first state of a deployment: every step waits. */
export function newDeployment(plan: DeployPlan, who: string | null, now: number): Deployment {
  const { spec } = plan;
  return {
    schema: 1,
    id: plan.deploymentId,
    ...{ intent: plan.intent, product: plan.product, config: plan.config },
    ...{ target: spec.name, type: spec.type, model: spec.model, version: plan.version, previous: plan.previous },
    planHash: plan.hash,
    state: "running",
    message: null,
    steps: [
      ...plan.steps.map(({ id, text }) => waiting(id, text)),
      waiting("health", "Ask whether what is there works."),
      waiting("score", "Send the model's input example."),
      waiting("settle", "Look again which version is there."),
    ],
    ...{ health: null, scoring: null, serves: plan.facts.version, who, startedAt: now, endedAt: null },
  };
}

/**
 * Carries out one plan whose target is held: each step is written before and after, then health, scoring, and a last look at who is there.
 * What fails goes back by itself. Always comes to an end with a line in the log.
 */
export class DeployRun {
  private now: Deployment;
  private notes: Promise<void> = Promise.resolve();

  constructor(
    private readonly world: DeployWorld,
    private readonly plan: DeployPlan,
    private readonly target: DeployTarget,
    begun: Deployment,
    private readonly events: DeployEvents,
    private readonly signal: CancelSignal,
  ) {
    this.now = begun;
  }

  async run(): Promise<Deployment> {
    const { plan } = this;
    try {
      await this.forward();
      return await this.end("succeeded", `Version ${plan.version} of ${plan.spec.model} is at ${plan.spec.name}.`);
    } catch (error) {
      return this.failed(error);
    }
  }

  private async forward(): Promise<void> {
    const { plan, target, signal } = this;
    const draft = draftOf(plan);
    for (const step of plan.steps) {
      await this.step(step.id, signal, async (limited) => {
        await target.apply(draft, step, this.log, limited);
        return null;
      });
    }
    await this.step("health", signal, (limited) => this.checkHealth(plan.version, plan.previous, limited));
    await this.step("score", signal, (limited) => this.checkScore(limited));
    await this.step("settle", signal, (limited) => this.settle(limited));
  }

  /** Written before it is done and after. @param work says what came of it. */
  private async step(id: string, signal: CancelSignal, work: (signal: CancelSignal) => Promise<string | null>): Promise<void> {
    const { world, plan } = this;
    signal.throwIfAborted();
    await this.change({ id, state: "running", startedAt: world.now() });
    try {
      const text = this.now.steps.find((step) => step.id === id)?.text ?? id;
      this.log(text);
      const message = await world.within(plan.spec.timeoutMs, `The step "${text.replace(/\.$/, "")}"`, signal, work);
      if (message !== null) {
        this.log(message);
      }
      await this.change({ id, state: "done", message, endedAt: world.now() });
    } catch (error) {
      const message = sentenceOf(error);
      this.log(message);
      await this.change({ id, state: "failed", message, endedAt: world.now() }).catch(() => undefined);
      throw error;
    }
  }

  /** @param before the version that is left: as long as it still answers, the other one is on its way. */
  private async checkHealth(version: string, before: string | null, signal: CancelSignal): Promise<string> {
    for (;;) {
      const health = await this.target.health(this.plan.spec, signal);
      this.now = { ...this.now, health };
      if (health.state === "unhealthy" || health.state === "stopped") {
        throw new StepFailed(health.message);
      }
      if (health.state !== "starting" && !this.isOnItsWay(health.version, version, before)) {
        if (health.version !== null && health.version !== version) {
          throw new MovedMeanwhile(`Version ${health.version} answers there, not ${version}.`);
        }
        return health.message;
      }
      await this.world.pause(POLL_MS, signal);
    }
  }

  /** What a command began, such as a rolling release, goes on after the command has ended; other targets are done when their steps are. */
  private isOnItsWay(there: string | null, version: string | null, before: string | null): boolean {
    return this.plan.spec.type === "command" && there !== null && there !== version && there === before;
  }

  /** What is there once it is not on its way any more. */
  private async arrived(version: string | null, before: string | null, signal: CancelSignal): Promise<TargetFacts> {
    for (;;) {
      const facts = await this.target.inspect(this.plan.spec, signal);
      if (!this.isOnItsWay(facts.version, version, before)) {
        return facts;
      }
      await this.world.pause(POLL_MS, signal);
    }
  }

  private async checkScore(signal: CancelSignal): Promise<string> {
    const { input, spec } = this.plan;
    if (input === null) {
      return "No scoring request was sent: there is nothing to ask, or no input example.";
    }
    const scoring = await this.target.score(spec, input, signal);
    this.now = { ...this.now, scoring };
    if (scoring === null) {
      return "No scoring request was sent: this target serves nothing that could be asked.";
    }
    if (!scoring.ok) {
      throw new StepFailed(scoring.message);
    }
    return scoring.message;
  }

  private async settle(signal: CancelSignal): Promise<string> {
    const { version, previous, spec } = this.plan;
    const facts = await this.arrived(version, previous, signal);
    this.now = { ...this.now, serves: facts.canTell ? facts.version : null };
    if (!facts.canTell) {
      return "The target cannot tell which version it has.";
    }
    if (facts.version !== version) {
      const there = facts.version === null ? "nothing is there any more" : `version ${facts.version} is there now`;
      throw new MovedMeanwhile(`Somebody else has changed ${spec.name} meanwhile: ${there}.`);
    }
    return `Version ${version} is there.`;
  }

  private async failed(error: unknown): Promise<Deployment> {
    const isCalledOff = this.signal.aborted && isCancelled(error);
    const why = isCalledOff ? "It was called off." : sentenceOf(error);
    const state: DeploymentState = isCalledOff ? "cancelled" : "failed";
    const hasBegun = this.now.steps.some((step) => step.state !== "pending");
    this.skipWaiting();
    if (!hasBegun) {
      return this.end(state, `${why} Nothing was changed.`);
    }
    if (error instanceof MovedMeanwhile) {
      const found = await this.look();
      this.now = { ...this.now, serves: found?.canTell === true ? found.version : null };
      return this.end("failed", `${why} That stands, and nothing was taken back.`);
    }
    return this.goBack(state, why);
  }

  private async goBack(state: DeploymentState, why: string): Promise<Deployment> {
    const { plan } = this;
    const { previous, version } = plan;
    const found = await this.look();
    const stands = found?.canTell === true ? this.standing(found) : null;
    if (stands !== null) {
      return this.end(state, `${why} ${stands}`);
    }
    if (plan.wayBack.length === 0) {
      const there = found?.canTell === true ? `${said(found.version)} is there now.` : "What is there now is not known.";
      this.now = { ...this.now, serves: found?.canTell === true ? found.version : null };
      return this.end(state, `${why} There is nothing to go back to. ${there}`);
    }
    this.log(previous === null ? "Going back to nothing." : `Going back to version ${previous}.`);
    const steps = plan.wayBack.map(({ text }, index) => waiting(`back-${plan.wayBack[index]?.id ?? String(index)}`, text));
    this.now = { ...this.now, steps: [...this.now.steps, ...steps, waiting("back-settle", "Look whether it is as before.")] };
    try {
      for (const step of plan.wayBack) {
        await this.step(`back-${step.id}`, NEVER_CANCELLED, async (limited) => {
          await this.applyBack(step, limited);
          return null;
        });
      }
      await this.step("back-settle", NEVER_CANCELLED, (limited) => this.checkBack(limited));
    } catch (error) {
      this.skipWaiting();
      const last = await this.look();
      this.now = { ...this.now, serves: last?.canTell === true ? last.version : null };
      const failed = last?.version === version ? ", which failed," : "";
      const there = last?.canTell === true ? `${said(last.version)}${failed} is there now.` : "What is there now is not known.";
      return this.end("failed", `${why} Going back failed as well: ${sentenceOf(error)} ${there}`);
    }
    const back = previous === null ? "What it had brought was taken away again." : `Version ${previous} was put back by itself.`;
    return this.end(state === "cancelled" ? "cancelled" : "rolled_back", `${why} ${back}`);
  }

  /** Why what is there stays as it is; null where it is to be taken back. */
  private standing(found: TargetFacts): string | null {
    const { facts: planned, previous, version } = this.plan;
    this.now = { ...this.now, serves: found.version };
    if (found.state === planned.state && !this.mayStillCome()) {
      return `Nothing was changed${previous === null ? "" : `: version ${previous} is there as before`}.`;
    }
    if (found.version === version || found.version === planned.version || found.isDown === true) {
      return null;
    }
    return found.version === null
      ? "Nothing is there any more, which stands."
      : `Somebody else has put version ${found.version} there meanwhile, which stands.`;
  }

  /** A command that has ended well has begun something, whatever still answers. */
  private mayStillCome(): boolean {
    const { steps, previous, version } = this.plan;
    const isDone = (id: string): boolean => this.now.steps.find((step) => step.id === id)?.state === "done";
    return previous !== version && steps.some(({ id, action }) => action.kind === "command" && isDone(id));
  }

  private skipWaiting(): void {
    const steps = this.now.steps.map((step): DeploymentStep => (step.state === "pending" ? { ...step, state: "skipped" } : step));
    this.now = { ...this.now, steps };
  }

  private applyBack(step: TargetStep, signal: CancelSignal): Promise<void> {
    const { plan, target } = this;
    if (step.id === STOP_STEP.id && target.stop !== null) {
      return target.stop(plan.spec, signal);
    }
    return target.apply(
      plan.previous === null ? draftOf(plan) : wayBackDraft(draftOf(plan), plan.previous, plan.previousSource),
      step,
      this.log,
      signal,
    );
  }

  private async checkBack(signal: CancelSignal): Promise<string> {
    const { previous, version } = this.plan;
    const health = previous === null ? null : await this.checkHealth(previous, version, signal);
    const facts = await this.arrived(previous, version, signal);
    this.now = { ...this.now, serves: facts.canTell ? facts.version : null };
    if (facts.canTell && facts.version !== previous) {
      throw new StepFailed(`${said(facts.version)} is there.`);
    }
    return health ?? "Nothing is there, as before.";
  }

  /** What is there; null where the target cannot be asked. */
  private look(): Promise<TargetFacts | null> {
    const { world, target, plan } = this;
    return attempt(
      world.within(plan.spec.timeoutMs, plan.spec.name, NEVER_CANCELLED, (limited) => target.inspect(plan.spec, limited)),
      () => null,
      NEVER_CANCELLED,
    );
  }

  /** The log first: who is stopped after it is found there by whoever looks next. */
  private async end(state: DeploymentState, message: string): Promise<Deployment> {
    const { world, plan } = this;
    const endedAt = world.now();
    const over: Deployment = { ...this.now, state, message, endedAt };
    this.log(message);
    await this.notes;
    let told = over;
    try {
      await world.journal.append(plan.config, deploymentEntry(over, plan, endedAt), NEVER_CANCELLED);
      await world.journal.write(over);
    } catch (error) {
      told = { ...over, message: `${message} That could not be written down. ${toUserText(error)}` };
    }
    this.now = told;
    this.events.onProgress(told);
    return told;
  }

  private async change(change: Partial<DeploymentStep> & Pick<DeploymentStep, "id">): Promise<void> {
    this.now = { ...this.now, steps: this.now.steps.map((step) => (step.id === change.id ? { ...step, ...change } : step)) };
    await this.world.journal.write(this.now);
    this.events.onProgress(this.now);
  }

  private readonly log = (line: string): void => {
    const stamped = `${new Date(this.world.now()).toISOString()} ${line}\n`;
    this.notes = this.notes.then(() => this.world.journal.note(this.now, stamped)).catch(() => undefined);
    this.events.log(line);
  };
}

function waiting(id: string, text: string): DeploymentStep {
  return { id, text, state: "pending", message: null, startedAt: null, endedAt: null };
}

function draftOf({ deploymentId, spec, version, previous, intent, source, digest }: DeployPlan): DeployDraft {
  return { deploymentId, spec, version, previous, isRollback: intent === "rollback", source, digest };
}

function said(version: string | null): string {
  return version === null ? "Nothing" : `Version ${version}`;
}

function sentenceOf(error: unknown): string {
  return isAppError(error)
    ? toUserText(error)
    : isCancelled(error)
      ? "It was called off."
      : error instanceof Error
        ? error.message
        : String(error);
}
