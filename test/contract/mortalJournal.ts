import { appendFileSync } from "node:fs";
import { join } from "node:path";

import type { DeploymentJournal, TargetHold } from "../../src/core/deployment/deploymentJournal";

/** Names the moments at which a process may be killed, and kills it at one of them. */
export function mayDieAt(root: string, last: number): (what: string) => void {
  let count = 0;
  return (what) => {
    if (what === "inspect" || what === "score") {
      return; // They change nothing.
    }
    count += 1;
    appendFileSync(join(root, "moments.txt"), `${count} ${what}\n`);
    if (count === last) {
      process.kill(process.pid, "SIGKILL");
    }
  };
}

/** Dies before each call that writes: after one is before the next, because nothing happens in between. */
export function mortalJournal(journal: DeploymentJournal, mayDie: (what: string) => void): DeploymentJournal {
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
