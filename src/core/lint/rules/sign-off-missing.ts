import type { ConfigPath } from "../../config/configPath";
import { couldNotCheck } from "../couldNotCheck";
import type { Fix } from "../fix";
import type { SignOffFact } from "../lintFacts";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { isReachable, sameAddress } from "../person";
import { isUncommitted, newestSignOff, signOffFault } from "../signOffState";

interface Needed {
  readonly subject: string;
  readonly at: ConfigPath;
  /** Whose decision it is; null for anybody's. */
  readonly role: "requirements" | "compliance" | null;
}

export const signOffMissing: LintRule = {
  meta: {
    code: "RESP08",
    name: "sign-off-missing",
    challenge: "responsibility",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "Those who have to decide have signed for this version of the model.",
    why: "A decision that nobody wrote down is nobody's. A sign-off says who decided what and when, for which version; for another version it says nothing.",
    article: "AI Act Art. 17(1)(m)",
    suppressible: true,
    noFix: "Only the person who decides can sign again.",
    appliesTo: "product",
  },
  check(context) {
    const { facts, product, today } = context;
    if (!facts.signOffs.known) {
      return [couldNotCheck("the sign-offs", facts.signOffs.why)];
    }
    const signOffs = facts.signOffs.value;
    return neededSignOffs(context).flatMap((needed): readonly (RuleFinding | CouldNotCheck)[] => {
      const holder = needed.role === null ? undefined : product.roles?.[needed.role]?.email;
      const bySameRole = ({ whoEmail }: SignOffFact): boolean => !isReachable(holder) || sameAddress(whoEmail, holder);
      const signOff = newestSignOff(signOffs, needed.subject, bySameRole);
      const fixes = [draft(context, needed)];
      if (signOff === undefined) {
        const by = needed.role === null ? "" : ` by the ${needed.role} role${isReachable(holder) ? ` (${holder})` : ""}`;
        return [{ message: `The sign-off of the ${needed.subject}${by} is missing.`, at: needed.at, fixes }];
      }
      // A newer approval that is not committed yet takes nothing from the one that holds.
      const held = newestSignOff(signOffs, needed.subject, (one) => bySameRole(one) && !isUncommitted(one)) ?? signOff;
      const fault = signOffFault(held, product, today) === null ? null : signOffFault(signOff, product, today);
      if (fault !== null) {
        return [{ message: fault, at: needed.at, fixes }];
      }
      return held.commitAuthor.known ? [] : [couldNotCheck(`who committed the sign-off ${held.file}`, held.commitAuthor.why)];
    });
  },
};

/** A launch always; for high risk by two people; and each assessment that the file says is needed. */
function neededSignOffs({ product }: LintContext): readonly Needed[] {
  const launch = (role: Needed["role"]): Needed => ({ subject: "launch", at: ["stage"], role });
  return [
    ...(product.risk === "high" ? [launch("requirements"), launch("compliance")] : [launch(null)]),
    ...(product.gdpr?.dpia?.needed === "yes" ? [{ subject: "dpia", at: ["gdpr", "dpia"], role: null } as const] : []),
    ...(product.fria?.needed === "yes" ? [{ subject: "fria", at: ["fria"], role: null } as const] : []),
  ];
}

/** A file to fill in: who signs, what was decided and why is left for that person, and never written by a program. */
function draft({ product, today }: LintContext, { subject, role }: Needed): Fix {
  const { name, version, digest } = product.model ?? {};
  const value = (text: string | undefined): string => (text === undefined ? "" : ` ${JSON.stringify(text)}`);
  const content = [
    "# A sign-off is a person's own decision: whoever decides fills in all that is empty and commits the file.",
    `subject: ${subject}`,
    "who:",
    "  name:",
    "  email:",
    "  role:",
    "when:",
    "commit:",
    "model:",
    `  name:${value(name)}`,
    `  version:${value(version)}`,
    `  digest:${value(digest)}`,
    "decision: # approve, approve_with_conditions or reject",
    "conditions: []",
    "evidence: []",
    "statement: # in your own words, 30 characters or more",
    "expires:",
    "",
  ].join("\n");
  const path = `.mlops/signoffs/${today}-${subject}${role === null ? "" : `-${role}`}.yaml`;
  return {
    title: `Draft a sign-off of the ${subject}, to be filled in by the person who decides`,
    safe: false,
    changes: [],
    files: [{ kind: "createFile", path, content }],
  };
}
