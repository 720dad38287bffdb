import { AppError } from "../base/appError";
import type { DeployPlan } from "./deployPlan";
import { letsThrough } from "./gate/checks/exceptionCheck";

/** Clocks of two windows are one, but a clock may be set while a plan is read. */
const CLOCK_SLACK_MS = 60_000;

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
  const again = { remedy: "Make the plan again." };
  if (hash !== plan.hash) {
    throw new AppError("usage", "The plan is not the one that was made: its content and its hash differ.", again);
  }
  if (now > plan.expiresAt) {
    const minutes = Math.max(1, Math.round((plan.expiresAt - plan.createdAt) / 60_000));
    throw new AppError("usage", `The plan is older than ${minutes} minutes, so that what it says may not hold any more.`, again);
  }
  if (now < plan.createdAt - CLOCK_SLACK_MS) {
    throw new AppError("usage", "The clock was set back since the plan was made, so that nobody can tell how old it is.", again);
  }
  const blocking = blockedBecause(plan);
  if (blocking.length > 0) {
    const remedies = [...new Set(blocking.flatMap(({ remedy }) => (remedy === null ? [] : [remedy])))];
    throw new AppError("usage", `The plan is blocked: ${blocking.map(({ message }) => message).join(" ")}`, {
      remedy: [...remedies, "Make the plan again."].join(" "),
    });
  }
  if (plan.confirmBy !== null && confirmation?.trim() !== plan.confirmBy) {
    throw new AppError("usage", `It is not confirmed: the name of the model, ${plan.confirmBy}, has to be typed as it is.`);
  }
}
