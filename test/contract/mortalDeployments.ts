import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { Deployment } from "../../src/core/deployment/deployment";
import type { DeployPlan } from "../../src/core/deployment/deployPlan";
import type { DeployWorld } from "../../src/core/deployment/deployWorld";
import { type OpenedDeployments, openDeployments } from "../../src/core/deployment/openDeployments";
import { mortalJournal } from "./mortalJournal";

/** Deployments of a process that may be killed at the moments that its journal names. */
export function openMortalDeployments(world: DeployWorld, mayDie: (what: string) => void): OpenedDeployments["deployments"] {
  return openDeployments({ ...world, journal: mortalJournal(world.journal, mayDie) }).deployments;
}

/** Carries a plan out. @param json the plan. */
export function carryOut(deployments: OpenedDeployments["deployments"], json: string): Promise<Deployment> {
  return deployments.run(
    JSON.parse(json) as DeployPlan,
    null,
    () => undefined,
    () => undefined,
    NEVER_CANCELLED,
  );
}
