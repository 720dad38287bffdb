import { AppError } from "./appError";

/** Clocks of two windows are one, but a clock may be set while a plan is read. */
const CLOCK_SLACK_MS = 60_000;

/**
 * Refuses a plan of any kind that must not be carried out as it is: changed since it was made, too old, or blocked.
 * @param hash of the plan as it is handed over. @param now milliseconds since 1970. @param blocking why it is blocked, a sentence each.
 * @throws AppError `usage` that says which, and what to do.
 */
export function refuseUnfitPlan(
  plan: { readonly hash: string; readonly createdAt: number; readonly expiresAt: number },
  hash: string,
  now: number,
  blocking: readonly { readonly message: string; readonly remedy: string | null }[],
): void {
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
  if (blocking.length > 0) {
    const remedies = [...new Set(blocking.flatMap(({ remedy }) => (remedy === null ? [] : [remedy])))];
    throw new AppError("usage", `The plan is blocked: ${blocking.map(({ message }) => message).join(" ")}`, {
      remedy: [...remedies, "Make the plan again."].join(" "),
    });
  }
}
