import { stopped } from "../../base/stopped";
import { textPositions } from "../../base/textPositions";
import type { Finding } from "../../lint/finding";
import { CHALLENGE_RULES, lintChallengeOf } from "../challengeRules";
import type { ProductEvidence } from "../evidence";
import { actionFor } from "../nextAction";
import type { Challenge, ChallengeState, Light, NextAction } from "../productHealth";

/** One thing that has a say in a light. */
export interface LightPart {
  readonly light: Light;
  /** One sentence. */
  readonly reason: string;
  readonly action: NextAction | null;
}

const ORDER: readonly Light[] = ["trouble", "attention", "unknown", "good"];

/** The worst part decides; of equal ones the first. Something that is not known outweighs what is good, and nothing else. */
export function worstPart(challenge: Challenge, parts: readonly LightPart[]): ChallengeState {
  const [worst] = [...parts].sort((a, b) => ORDER.indexOf(a.light) - ORDER.indexOf(b.light));
  return worst === undefined
    ? { challenge, light: "unknown", reason: "Nothing is known about it yet.", action: null }
    : { challenge, ...worst };
}

/** What lint says: an error is trouble, a warning asks for attention. A rule that would weigh as an error and could not be checked leaves it open. */
export function findingParts(evidence: ProductEvidence, challenge: Challenge): readonly LightPart[] {
  const { lint } = evidence;
  const wanted = lintChallengeOf(challenge);
  const found = lint.findings.filter(({ meta, severity }) => meta.challenge === wanted && severity !== "info");
  const ranked = [...found].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
  const [first] = ranked;
  const unchecked = lint.unchecked.find(({ rule, severity }) => severity === "error" && CHALLENGE_RULES.get(rule) === wanted);
  return [
    ...(first === undefined
      ? []
      : [
          {
            light: first.severity === "error" ? ("trouble" as const) : ("attention" as const),
            reason: withMore(first.message, ranked.length - 1),
            action: findingAction(evidence, first),
          },
        ]),
    ...(unchecked === undefined ? [] : [{ light: "unknown" as const, reason: stopped(unchecked.message), action: null }]),
  ];
}

/** Leads to the place of a finding, where its fix is. */
export function findingAction({ lint, config }: Pick<ProductEvidence, "lint" | "config">, { rule, range, fixes }: Finding): NextAction {
  const line = textPositions(lint.text)(range.start).line + 1;
  return actionFor(config, "open_finding", fixes[0]?.title ?? "Show the place in the file", { detail: rule, line });
}

function withMore(message: string, more: number): string {
  return more === 0 ? stopped(message) : `${stopped(message)} ${more} more ${more === 1 ? "finding" : "findings"}.`;
}
