import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { DeployPlan } from "../../../src/core/deployment/deployPlan";
import { openDeployments } from "../../../src/core/deployment/openDeployments";
import { mortalJournal } from "../../contract/mortalJournal";
import { type Serving, servingWorld } from "./servingWorld";

/** A process that carries a plan out over what really serves, and kills itself at the moment of a name, "" for never: ROOT SERVING (JSON) MOMENT PLAN (JSON). */
const [, , root = "", serving = "{}", moment = "", json = ""] = process.argv;
const mayDie = (what: string): void => {
  if (what === moment) {
    process.kill(process.pid, "SIGKILL");
  }
};
const world = servingWorld(root, JSON.parse(serving) as Serving, mayDie);
const { deployments } = openDeployments({ ...world, journal: mortalJournal(world.journal, mayDie) });
void deployments.run(
  JSON.parse(json) as DeployPlan,
  null,
  () => undefined,
  () => undefined,
  NEVER_CANCELLED,
);
