import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { DeployPlan } from "../../../src/core/deployment/deployPlan";
import { openDeployments } from "../../../src/core/deployment/openDeployments";
import { mayDieAt, mortalJournal } from "../../contract/mortalJournal";
import { aliasWorld } from "./aliasWorld";

/** A process that carries a plan out over a real registry and kills itself at a chosen moment: ROOT URL MOMENT PLAN (JSON). */
const [, , root = "", url = "", moment = "0", json = ""] = process.argv;
const mayDie = mayDieAt(root, Number(moment));
const world = aliasWorld(root, url, mayDie);
const { deployments } = openDeployments({ ...world, journal: mortalJournal(world.journal, mayDie) });
void deployments.run(
  JSON.parse(json) as DeployPlan,
  null,
  () => undefined,
  () => undefined,
  NEVER_CANCELLED,
);
