import { carryOut, openMortalDeployments } from "../../contract/mortalDeployments";
import { type Serving, servingWorld } from "./servingWorld";

/** A process that carries a plan out over what really serves, and kills itself at the moment of a name, "" for never: ROOT SERVING (JSON) MOMENT PLAN (JSON). */
const [, , root = "", serving = "{}", moment = "", json = ""] = process.argv;
const mayDie = (what: string): void => {
  if (what === moment) {
    process.kill(process.pid, "SIGKILL");
  }
};
const world = servingWorld(root, JSON.parse(serving) as Serving, mayDie);
void carryOut(openMortalDeployments(world, mayDie), json);
