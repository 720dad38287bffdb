import { AppError } from "../base/appError";
import { refuseUnfitPlan } from "../base/refuseUnfitPlan";
import type { RetrainPlan } from "./retrainPlan";

/**
 * Refuses a plan that must not be carried out as it is: changed since it was made, too old, or blocked. Facts outside of the plan are not
 * looked at here.
 * @param hash of the plan as it is handed over.
 * @throws AppError `usage` that says which, and what to do.
 */
export function refusePlan(plan: RetrainPlan, hash: string, now: number): void {
  refuseUnfitPlan(
    plan,
    hash,
    now,
    plan.checks.filter(({ result }) => result === "block"),
  );
  const open = plan.facts.consents.filter(({ id }) => !plan.consents.includes(id));
  if (open.length > 0) {
    throw new AppError("usage", `A question is not answered: ${open.map(({ question }) => question).join(" ")}`, {
      remedy: "Answer it, and make the plan again.",
    });
  }
  if (plan.redundancy.kind === "redundant" && (plan.againBecause ?? "").trim() === "") {
    throw new AppError("usage", `This would train the same model again: ${plan.redundancy.because}`, {
      remedy: "Use the model that is there, or say why it is trained again.",
    });
  }
}
