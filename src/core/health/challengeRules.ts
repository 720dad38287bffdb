import { ALL_RULES } from "../lint/allRules";
import type { Challenge as LintChallenge } from "../lint/ruleMeta";
import type { Challenge } from "./productHealth";

/** The challenge of each rule, by its readable name. */
export const CHALLENGE_RULES: ReadonlyMap<string, LintChallenge> = new Map(ALL_RULES.map(({ meta }) => [meta.name, meta.challenge]));

/** Rules that ask whether anybody knows how good the model is are those on performance. */
export function lintChallengeOf(challenge: Challenge): LintChallenge {
  return challenge === "knowledge" ? "performance" : challenge;
}
