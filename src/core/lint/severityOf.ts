import type { LintContext } from "./lintRule";
import type { RuleMeta, Severity } from "./ruleMeta";
import type { LintSettings } from "./lintSettings";

const WEIGHT: Readonly<Record<Severity | "off", number>> = { off: 0, info: 1, warning: 2, error: 3 };

/**
 * How much a finding weighs: by stage, unless the rule itself says otherwise for this finding (a duty that has not begun), unless the policy
 * does, unless the settings do. "off" from the rule itself is final, and what nobody may suppress can be made heavier but not lighter.
 */
export function severityOf(
  meta: RuleMeta,
  ofFinding: Severity | "off" | undefined,
  { stage, policy }: Pick<LintContext, "stage" | "policy">,
  settings: Pick<LintSettings, "rules">,
): Severity | "off" {
  const own = ofFinding ?? meta.severity[stage];
  if (ofFinding === "off") {
    return "off";
  }
  const wanted = byRule(settings.rules, meta) ?? byRule(policy.rules, meta)?.severity ?? own;
  return meta.suppressible || WEIGHT[wanted] >= WEIGHT[own] ? wanted : own;
}

/** Both the code and the name of a rule are accepted wherever one is named; in any case of letters. */
function byRule<T>(map: ReadonlyMap<string, T>, { code, name }: RuleMeta): T | undefined {
  return map.get(name) ?? map.get(code) ?? map.get(code.toLowerCase());
}
