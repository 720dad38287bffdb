import { AppError } from "../base/appError";
import { attempt } from "../base/attempt";
import type { CancelSignal } from "../base/cancel";
import { oneLine } from "../base/oneLine";
import { deployPlanHash } from "./deployPlanHash";
import type { DeployPlan } from "./deployPlan";
import { DeployRun, newDeployment } from "./deployRun";
import type { Deployment, DeploymentHistory, Deployments, DeployPlanning, TargetStatus } from "./deployment";
import type { DeployWorld } from "./deployWorld";
import type { OnHashed } from "./hashProgress";
import { logFaultText } from "./logFaultText";
import { refuseDeployPlan } from "./refuseDeployPlan";
import { settleInterrupted } from "./settleInterrupted";
import { statusOfTargets } from "./targetStatus";

/** Deployments over all targets and products of a workspace. The journal is the arbiter between windows and processes. */
export class DeployService implements Deployments {
  constructor(
    private readonly world: DeployWorld,
    private readonly planning: Pick<DeployPlanning, "outdated">,
  ) {}

  async run(
    plan: DeployPlan,
    confirmation: string | null,
    onProgress: (now: Deployment) => void,
    log: (line: string) => void,
    signal: CancelSignal,
    onHashed?: OnHashed,
  ): Promise<Deployment> {
    const { world } = this;
    const { journal } = world;
    if (!world.isTrusted()) {
      throw new AppError("usage", "Nothing is released from a folder that is not trusted.", { remedy: "Trust the folder first." });
    }
    const { hash: _, ...content } = plan;
    refuseDeployPlan(plan, deployPlanHash(content, world.sha256), confirmation, world.now());
    const target = await world.targets.get(plan.spec.type);
    if (target === undefined) {
      throw new AppError("usage", `Targets of the kind ${plan.spec.type} are not to be had here.`);
    }
    await settleInterrupted(plan.config, world, signal);
    const place = { config: plan.config, target: plan.spec.name };
    const taken = await journal.hold(place, plan.deploymentId, signal);
    if (taken.kind === "taken") {
      throw takenError(plan, taken.by);
    }
    try {
      // Only now, because whoever had the target until a moment ago may have changed what the plan rests on.
      await this.refuseOutdated(plan, signal, onHashed);
      const who = await world.who(signal);
      // A release that rests on a decision that nobody can look up later is not begun.
      await world.gate.record(plan.gate, { who, at: world.now() }, signal);
      const begun = newDeployment(plan, who, world.now());
      if (!(await journal.begin(plan, begun, signal))) {
        throw new AppError("usage", `This plan was carried out already, as the deployment ${plan.deploymentId}.`, {
          remedy: "Make the plan again.",
        });
      }
      onProgress(begun);
      return await new DeployRun(world, plan, target, begun, { onProgress, log }, signal).run();
    } finally {
      await taken.hold.release();
    }
  }

  status(configs: readonly string[], signal: CancelSignal): Promise<readonly TargetStatus[]> {
    return statusOfTargets(configs, this.world, signal);
  }

  async history(config: string, signal: CancelSignal): Promise<DeploymentHistory> {
    const problems: string[] = [];
    const read = await attempt(
      this.world.journal.history(config, signal),
      (why) => {
        problems.push(why);
        return { lines: [], fault: null };
      },
      signal,
    );
    if (read.fault !== null) {
      problems.push(logFaultText(read.fault, config));
    }
    return { entries: read.lines.map(({ entry }) => entry).reverse(), problems };
  }

  private async refuseOutdated(plan: DeployPlan, signal: CancelSignal, onHashed: OnHashed | undefined): Promise<void> {
    const { fault } = await this.world.journal.history(plan.config, signal);
    const broken = fault === null ? [] : [logFaultText(fault)];
    const changed = [...broken, ...(await this.planning.outdated(plan, signal, onHashed))];
    if (changed.length > 0) {
      throw new AppError("usage", `The plan does not hold any more: ${changed.join(" ")}`, { remedy: "Make the plan again." });
    }
  }
}

function takenError({ deploymentId, spec }: DeployPlan, by: string): AppError {
  return by === deploymentId
    ? new AppError("usage", `This plan is being carried out already, as the deployment ${oneLine(by, 120)}.`)
    : new AppError("usage", `${spec.name} is being changed right now, by the deployment ${oneLine(by, 120)}.`, {
        remedy: "Wait until it is over, and make the plan again.",
      });
}
