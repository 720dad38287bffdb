import { AppError } from "../base/appError";
import { refuseUnfitPlan } from "../base/refuseUnfitPlan";
import type { DeployPlan } from "./deployPlan";
import { letsThrough } from "./gate/checks/exceptionCheck";

/** Why a plan cannot be carried out as it is, a sentence each, what has to be mended first before; none where it can. */
export function blockedBecause({ gate, checks }: DeployPlan): readonly { readonly message: string; readonly remedy: string | null }[] {
  const own = checks.filter(({ result }) => result === "block");
  return !letsThrough(gate)
    ? [...own, ...gate.checks.filter(({ result }) => result === "block" || result === "could_not_judge"), ...withoutReason({ gate })]
    : own;
}

function withoutReason({ gate }: Pick<DeployPlan, "gate">): readonly { readonly message: string; readonly remedy: null }[] {
  return gate.checks.some(({ result }) => result === "block" || result === "could_not_judge")
    ? []
    : [{ message: "The gate does not let it through.", remedy: null }];
}

/**
 * Refuses a plan that must not be carried out as it is: changed since it was made, too old, blocked, or not confirmed. Facts outside of the
 * plan are not looked at here.
 * @param hash of the plan as it is handed over. @param confirmation what the person typed.
 * @throws AppError `usage` that says which, and what to do.
 */
export function refuseDeployPlan(plan: DeployPlan, hash: string, confirmation: string | null, now: number): void {
  refuseUnfitPlan(plan, hash, now, blockedBecause(plan));
  if (plan.confirmBy !== null && confirmation?.trim() !== plan.confirmBy) {
    throw new AppError("usage", `It is not confirmed: the name of the model, ${plan.confirmBy}, has to be typed as it is.`);
  }
}
