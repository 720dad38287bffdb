import type { CommandContext } from "../command";
import type { DeployRequest } from "./deployOptions";
import { deployProduct } from "./deployProduct";
import { openCliDeployments } from "./openCliDeployments";

/** What `mlops deploy` and `rollback` do. The build puts it into a file of its own, which only these commands load. */
export const deployPrograms = {
  deploy: (intent: DeployRequest["intent"], context: CommandContext): Promise<number> => deployProduct(intent, context, openCliDeployments),
};
