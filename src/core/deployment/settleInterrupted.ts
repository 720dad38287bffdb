import { attempt } from "../base/attempt";
import type { CancelSignal } from "../base/cancel";
import type { DeployPlan } from "./deployPlan";
import type { Deployment, DeploymentEntry } from "./deployment";
import { deploymentEntry } from "./deploymentEntry";
import type { TargetFacts } from "./deployTarget";
import type { DeployWorld } from "./deployWorld";

/**
 * Looks after the deployments of a product whose process is gone: asks the target what it holds, and writes that down as the end. Continues
 * nothing. One process does so at a time, and each ends with one line in the log, whenever whoever looks after them is stopped.
 * @throws AppError where the log does not verify or nothing can be written.
 */
export async function settleInterrupted(config: string, world: DeployWorld, signal: CancelSignal): Promise<void> {
  const { journal } = world;
  for (const left of await journal.unfinished(config, signal)) {
    const taken = await journal.hold({ config, target: left.target }, left.id, signal);
    if (taken.kind === "taken") {
      continue; // Somebody is at work on it, or looks after it just now.
    }
    try {
      const now = await journal.read(left, signal);
      if (now?.state === "running") {
        await settle(now, await journal.plan(now, signal), world, signal);
      }
    } finally {
      await taken.hold.release();
    }
  }
}

async function settle(left: Deployment, plan: DeployPlan | null, world: DeployWorld, signal: CancelSignal): Promise<void> {
  const { journal } = world;
  const { lines } = await journal.history(left.config, signal);
  const told = lines.find(({ entry }) => entry.deployment === left.id)?.entry;
  if (told !== undefined) {
    await journal.write(endedAsTold(left, told));
    return;
  }
  const facts = plan === null ? null : await attempt(inspect(plan, world, signal), () => null, signal);
  const endedAt = world.now();
  const over: Deployment = {
    ...left,
    state: "interrupted",
    message: sentence(left, plan, facts),
    steps: interruptedSteps(left, endedAt),
    serves: facts?.canTell === true ? facts.version : null,
    endedAt,
  };
  await journal.append(left.config, deploymentEntry(over, plan, endedAt), signal);
  await journal.write(over);
}

async function inspect({ spec }: DeployPlan, world: DeployWorld, signal: CancelSignal): Promise<TargetFacts | null> {
  const target = await world.targets.get(spec.type);
  return target === undefined
    ? null
    : world.within(spec.timeoutMs, `The target ${spec.name}`, signal, (limited) => target.inspect(spec, limited));
}

/** It was over, and only its own file was not written any more. */
function endedAsTold(left: Deployment, { state, message, serves, at }: DeploymentEntry): Deployment {
  const endedAt = Date.parse(at);
  return { ...left, state, message, serves, endedAt, steps: interruptedSteps(left, endedAt) };
}

function interruptedSteps({ steps }: Deployment, endedAt: number): Deployment["steps"] {
  return steps.map((step) =>
    step.state === "running"
      ? { ...step, state: "failed", message: "It was interrupted.", endedAt }
      : step.state === "pending"
        ? { ...step, state: "skipped" }
        : step,
  );
}

function sentence({ version, previous, steps }: Deployment, plan: DeployPlan | null, facts: TargetFacts | null): string {
  const at = steps.find(({ state }) => state === "running" || state === "pending")?.text;
  const where = at === undefined ? "" : ` before the end of: ${at.replace(/\.$/, "")}`;
  const stopped = `It was interrupted${where}.`;
  if (facts?.canTell !== true) {
    return `${stopped} What is there now ${plan === null ? "could not be asked, because its plan is not there any more" : "is not known"}.`;
  }
  const back = previous === null || previous === version ? "" : `, or go back to version ${previous}`;
  if (facts.version === version) {
    return `${stopped} Version ${version} is there. Release it again to have it checked to the end${back}.`;
  }
  return `${stopped} ${facts.version === null ? "Nothing" : `Version ${facts.version}`} is there now. Release version ${version} again${back}.`;
}
