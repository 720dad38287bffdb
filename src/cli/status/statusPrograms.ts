import { showCost } from "../cost/showCost";
import { showStatus } from "./showStatus";

/** What `mlops status` and `mlops cost` do. The build puts it into a file of its own, which only these commands load, so that the others start as fast as without it. */
export const statusPrograms = { status: showStatus, cost: showCost };
