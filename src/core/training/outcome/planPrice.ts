import type { CancelSignal } from "../../base/cancel";
import { instancePrice, type InstancePrice } from "../../cost/price";
import { findPolicy } from "../../lint/workspace/findPolicy";
import type { WorkspaceFiles } from "../../lint/workspace/lintPorts";
import { folderOf } from "../../lint/workspace/workspacePath";
import type { RetrainPlan } from "../retrainPlan";

/** What an hour of a plan's machine costs: as the plan says, else as the policy does by now; null where nobody knows. */
export async function planPrice(
  { spec, estimate: { cost }, config }: RetrainPlan,
  files: WorkspaceFiles,
  signal: CancelSignal,
): Promise<InstancePrice | null> {
  return cost === null
    ? instancePrice(await findPolicy(folderOf(config), files, signal), spec.resources.instance)
    : { perHour: cost.perHour, currency: cost.currency };
}
