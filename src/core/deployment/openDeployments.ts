import type { CancelSignal } from "../base/cancel";
import type { DeployPlan } from "./deployPlan";
import { DeployPlanner } from "./deployPlanner";
import { DeployService } from "./deployService";
import type { Deployment, DeployPlanning, Deployments } from "./deployment";
import type { DeployWorld } from "./deployWorld";
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
  /** Null where there is none of that id. */
  readonly read: (config: string, id: string, signal: CancelSignal) => Promise<KeptDeployment | null>;
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
      const deployment = await journal.read({ id, config }, signal);
      return deployment === null
        ? null
        : { deployment, plan: await journal.plan(deployment, signal), log: await journal.log(deployment, signal) };
    },
  };
}
