import { couldNotCheck } from "../couldNotCheck";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { isReachable, sameAddress } from "../person";
import { personFixes } from "../personFixes";
import { isApproval, isUncommitted, newestSignOff } from "../signOffState";

export const fourEyesMissing: LintRule = {
  meta: {
    code: "RESP06",
    name: "four-eyes-missing",
    challenge: "responsibility",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "Somebody else than its author approves a model.",
    why: "Nobody sees their own mistakes. A second person who did not build the model asks the questions that its author no longer asks.",
    article: null,
    suppressible: true,
    noFix: "Another person has to look at the model and sign.",
    appliesTo: "product",
  },
  check(context) {
    const { product, facts } = context;
    const planned = plannedApprovers(context);
    if (planned !== null) {
      return [planned];
    }
    if (!facts.signOffs.known) {
      return [couldNotCheck("who approved the model", facts.signOffs.why)];
    }
    const approvals = facts.signOffs.value.filter(
      (signOff) => signOff.subject === "launch" && isApproval(signOff) && !isUncommitted(signOff),
    );
    const owner = product.roles?.owner?.email;
    if (isReachable(owner) && approvals.length > 0 && approvals.every(({ whoEmail }) => sameAddress(whoEmail, owner))) {
      return [
        {
          message: `The same person built and approved it: ${owner} is the owner and the only approver.`,
          at: ["roles", "owner", "email"],
          fixes: [],
        },
      ];
    }
    const newest = newestSignOff(approvals, "launch");
    if (newest === undefined) {
      return [];
    }
    if (!facts.configAuthor.known) {
      return [couldNotCheck("who wrote the change that was approved", facts.configAuthor.why)];
    }
    const author = facts.configAuthor.value;
    return approvals.length > 0 && approvals.every(({ whoEmail }) => sameAddress(whoEmail, author))
      ? [
          {
            message: `The same person built and approved it: ${author ?? ""} wrote the last change and signed ${newest.file}.`,
            at: ["roles"],
            fixes: [],
          },
        ]
      : [];
  },
};

/** Those who will have to approve: when all are the owner, nobody else ever will. */
function plannedApprovers(context: LintContext): RuleFinding | null {
  const { owner, requirements, compliance } = context.product.roles ?? {};
  const approvers = [requirements?.email, compliance?.email].filter(isReachable);
  const address = owner?.email;
  if (!isReachable(address) || approvers.length === 0 || !approvers.every((one) => sameAddress(one, address))) {
    return null;
  }
  const role = isReachable(requirements?.email) ? "requirements" : "compliance";
  return {
    message: `The same person builds and approves it: ${address} is the owner and the only approver.`,
    at: ["roles", role, "email"],
    fixes: personFixes(context, {
      role: ["roles", role],
      words: role === "compliance" ? "compliance officer" : "person who watches the requirements",
      except: [address],
      named: context.policy.people.get(role) ?? [],
    }),
  };
}
