import { AppError } from "../core/base/appError";
import type { DeploymentFolder } from "../editor/deployment/deploymentServices";

/** Deployments of one folder of the workspace. */
export function openDeploymentFolder(root: string): DeploymentFolder {
  throw new AppError("usage", `Deployments of ${root} are not wired yet.`);
}
