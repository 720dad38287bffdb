import { isAppError } from "../base/appError";
import type { DeployDraft, DeployTarget, TargetFacts, TargetStep } from "./deployTarget";
import type { TargetFault } from "./readTargetSpec";

/** Ends what a first release began; carried out by the target's own `stop`. */
export const STOP_STEP: TargetStep = {
  id: "stop-again",
  text: "End what is served, because nothing was there before.",
  risk: null,
  action: { kind: "own", what: "Stop the target" },
};

/** The steps of a release, or why there are none. */
export function makeSteps(
  target: DeployTarget | undefined,
  draft: DeployDraft,
  facts: TargetFacts,
): { readonly steps: readonly TargetStep[]; readonly fault: TargetFault | null } {
  try {
    return { steps: target === undefined || !facts.health.ok ? [] : target.steps(draft, facts), fault: null };
  } catch (error) {
    if (!isAppError(error)) {
      throw error;
    }
    return { steps: [], fault: { message: error.message, remedy: error.remedy ?? "Correct it, and make the plan again." } };
  }
}

/** The draft with which a release goes back to the version before. */
export function wayBackDraft(draft: DeployDraft, previous: string, source: string | null): DeployDraft {
  return { ...draft, version: previous, previous: draft.version, isRollback: true, source, digest: null };
}

/**
 * What goes back when a release fails, from the facts of before, so that it leads to what is there now, also in what the version does not
 * tell. Empty where there is nothing to go back to.
 * @param source where the files of the version before are; null where nobody knows.
 */
export function makeWayBack(
  target: DeployTarget | undefined,
  draft: DeployDraft,
  source: string | null,
  facts: TargetFacts,
): readonly TargetStep[] {
  const { previous, spec } = draft;
  if (target === undefined || !facts.health.ok) {
    return [];
  }
  if (previous === null) {
    const isEmpty = facts.canTell && facts.version === null;
    return !isEmpty ? [] : (target.removal?.(draft, facts) ?? (target.stop === null ? [] : [STOP_STEP]));
  }
  return spec.type !== "command" && source === null ? [] : makeSteps(target, wayBackDraft(draft, previous, source), facts).steps;
}
