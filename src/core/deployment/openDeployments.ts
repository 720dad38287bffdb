import { attempt } from "../base/attempt";
import type { CancelSignal } from "../base/cancel";
import type { DeployPlan } from "./deployPlan";
import { DeployPlanner } from "./deployPlanner";
import { DeployService } from "./deployService";
import type { Deployment, DeployPlanning, Deployments } from "./deployment";
import type { DeployWorld } from "./deployWorld";
import { settleInterrupted } from "./settleInterrupted";
import { TargetControls } from "./targetControls";

/** A deployment with what was confirmed and written. */
export interface KeptDeployment {
  readonly deployment: Deployment;
  /** Null where it was deleted. */
  readonly plan: DeployPlan | null;
  /** Its last lines. */
  readonly log: string;
}

export interface OpenedDeployments {
  readonly planning: DeployPlanning;
  readonly deployments: Deployments;
  readonly controls: TargetControls;
  /** Null where there is none of that id. Ends one that was left by whoever carried it out. */
  readonly read: (config: string, id: string, signal: CancelSignal) => Promise<KeptDeployment | null>;
}

/** Whether whoever carried a deployment out is gone; then its end is written, where that can be done. */
async function isLeft({ id, config, target }: Deployment, world: DeployWorld, signal: CancelSignal): Promise<boolean> {
  // To ask a target runs programs that a file names.
  if (!world.isTrusted() || (await world.journal.holder({ config, target }, signal)) === id) {
    return false;
  }
  await attempt(settleInterrupted(config, world, signal), () => undefined, signal);
  return true;
}

/** Plans, deployments and controls of a workspace, for the editor and the command line alike. */
export function openDeployments(world: DeployWorld): OpenedDeployments {
  const planning = new DeployPlanner(world);
  const { journal } = world;
  return {
    planning,
    deployments: new DeployService(world, planning),
    controls: new TargetControls(world),
    read: async (config, id, signal) => {
      let deployment = await journal.read({ id, config }, signal);
      if (deployment?.state === "running" && (await isLeft(deployment, world, signal))) {
        deployment = await journal.read({ id, config }, signal);
      }
      return deployment === null
        ? null
        : { deployment, plan: await journal.plan(deployment, signal), log: await journal.log(deployment, signal) };
    },
  };
}
