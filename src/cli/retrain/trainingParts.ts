import { openJobFolders } from "../../adapters/node/jobFolders";
import { AppError } from "../../core/base/appError";
import type { RetrainPlanning } from "../../core/training/training";
import { openEngines } from "./openEngines";
import type { OpenTraining } from "./openedTraining";
import { openTraining } from "./openTraining";

// `mlops retrain` is offered once the planner is composed here; `mlops jobs` needs none.
const planning: RetrainPlanning = {
  plan: () => Promise.reject(new AppError("usage", "This build can plan no training.")),
  outdated: () => Promise.reject(new AppError("usage", "This build can plan no training.")),
};

/** Journal, engines and planner of one workspace, for this process. */
export const openWorkspaceTraining: OpenTraining = (root, files, context) =>
  openTraining(root, files, context, {
    journal: openJobFolders(root),
    engines: openEngines(context.host),
    planning,
    hashOf: ({ hash }) => hash,
    planText: ({ jobId }) => jobId,
  });
