import type { CommandContext } from "../command";
import { retrainProduct } from "./retrainProduct";
import { showJobs } from "./showJobs";
import { openWorkspaceTraining } from "./trainingParts";
import { writeRunbook } from "./writeRunbook";

/** What `mlops retrain`, `jobs` and `runbook` do. The build puts it into a file of its own, which only these commands load. */
export const retrainPrograms = {
  retrain: (context: CommandContext): Promise<number> => retrainProduct(context, openWorkspaceTraining),
  jobs: (context: CommandContext): Promise<number> => showJobs(context, openWorkspaceTraining),
  runbook: writeRunbook,
};
