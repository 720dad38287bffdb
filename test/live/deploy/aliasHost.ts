import { carryOut, openMortalDeployments } from "../../contract/mortalDeployments";
import { mayDieAt } from "../../contract/mortalJournal";
import { aliasWorld } from "./aliasWorld";

/** A process that carries a plan out over a real registry and kills itself at a chosen moment: ROOT URL MOMENT PLAN (JSON). */
const [, , root = "", url = "", moment = "0", json = ""] = process.argv;
const mayDie = mayDieAt(root, Number(moment));
const world = aliasWorld(root, url, mayDie);
void carryOut(openMortalDeployments(world, mayDie), json);
