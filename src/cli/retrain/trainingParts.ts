import { AppError } from "../../core/base/appError";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import type { CommandContext } from "../command";
import { openTraining, type TrainingParts } from "./openTraining";
import type { OpenTraining } from "./openedTraining";

/** Planner, engines and journal of one workspace, for this process. */
type MakeParts = (root: string, files: WorkspaceFiles, context: CommandContext) => TrainingParts;

// The commands are offered once planner and engines are composed here.
const makeParts: MakeParts = () => {
  throw new AppError("usage", "This build can plan no training.");
};

export const openWorkspaceTraining: OpenTraining = (root, files, context) =>
  openTraining(root, files, context, makeParts(root, files, context));
