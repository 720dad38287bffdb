import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { DEPLOY_CONFIG, deployWorld } from "../builders/deployWorld";
import { fileTarget } from "../fakes/fileTarget";
import { carryOut, openMortalDeployments } from "./mortalDeployments";
import { mayDieAt } from "./mortalJournal";

/** A process that carries a plan out, or looks after what others left, and kills itself at a chosen moment: ROOT MOMENT PLAN (JSON; "" to look only). */
const [, , root = "", moment = "0", json = ""] = process.argv;
const mayDie = mayDieAt(root, Number(moment));

async function main(): Promise<void> {
  const world = deployWorld(root, fileTarget({ at: mayDie }));
  const deployments = openMortalDeployments(world, mayDie);
  if (json === "") {
    await deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
  } else {
    await carryOut(deployments, json);
  }
}

void main();
