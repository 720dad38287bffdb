import { AppError } from "../base/appError";
import type { RetrainPlan } from "./retrainPlan";

/** Clocks of two windows are one, but a clock may be set while a plan is read. */
const CLOCK_SLACK_MS = 60_000;

/**
 * Refuses a plan that must not be carried out as it is: changed since it was made, too old, or blocked. Facts outside of the plan are not
 * looked at here.
 * @param hash of the plan as it is handed over.
 * @throws AppError `usage` that says which, and what to do.
 */
export function refusePlan(plan: RetrainPlan, hash: string, now: number): void {
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
  const blocking = plan.checks.filter(({ result }) => result === "block");
  if (blocking.length > 0) {
    const remedies = [...new Set(blocking.flatMap(({ remedy }) => (remedy === null ? [] : [remedy])))];
    throw new AppError("usage", `The plan is blocked: ${blocking.map(({ message }) => message).join(" ")}`, {
      remedy: [...remedies, "Make the plan again."].join(" "),
    });
  }
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
