import { appendFileSync } from "node:fs";
import { join } from "node:path";

import type { DeploymentJournal, TargetHold } from "../../src/core/deployment/deploymentJournal";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { DeployPlan } from "../../src/core/deployment/deployPlan";
import { openDeployments } from "../../src/core/deployment/openDeployments";
import { DEPLOY_CONFIG, deployWorld } from "../builders/deployWorld";
import { fileTarget } from "../fakes/fileTarget";

/** A process that carries a plan out, or looks after what others left, and kills itself at a chosen moment: ROOT MOMENT PLAN (JSON; "" to look only). */
const [, , root = "", moment = "0", json = ""] = process.argv;
const last = Number(moment);
let count = 0;

/** One moment at which a process may be killed. */
function mayDie(what: string): void {
  if (what === "inspect" || what === "score") {
    return; // They change nothing.
  }
  count += 1;
  appendFileSync(join(root, "moments.txt"), `${count} ${what}\n`);
  if (count === last) {
    process.kill(process.pid, "SIGKILL");
  }
}

/** Dies before each call that writes: after one is before the next, because nothing happens in between. */
function mortal(journal: DeploymentJournal): DeploymentJournal {
  const around = <T>(what: string, work: () => Promise<T>): Promise<T> => {
    mayDie(what);
    return work();
  };
  const holdOf = (hold: TargetHold): TargetHold => ({ release: () => around("release", () => hold.release()) });
  return {
    hold: async (place, id, signal) => {
      const taken = await around("hold", () => journal.hold(place, id, signal));
      return taken.kind === "held" ? { ...taken, hold: holdOf(taken.hold) } : taken;
    },
    holder: (place, signal) => journal.holder(place, signal),
    begin: (plan, deployment, signal) => around("begin", () => journal.begin(plan, deployment, signal)),
    write: (deployment) => around("write", () => journal.write(deployment)),
    note: (ref, lines) => journal.note(ref, lines),
    read: (ref, signal) => journal.read(ref, signal),
    plan: (ref, signal) => journal.plan(ref, signal),
    log: (ref, signal) => journal.log(ref, signal),
    unfinished: (config, signal) => journal.unfinished(config, signal),
    history: (config, signal) => journal.history(config, signal),
    append: (config, entry, signal) => around("append", () => journal.append(config, entry, signal)),
  };
}

async function main(): Promise<void> {
  const world = deployWorld(root, fileTarget({ at: mayDie }));
  const { deployments } = openDeployments({ ...world, journal: mortal(world.journal) });
  if (json === "") {
    await deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
  } else {
    await deployments.run(
      JSON.parse(json) as DeployPlan,
      null,
      () => undefined,
      () => undefined,
      NEVER_CANCELLED,
    );
  }
}

void main();
